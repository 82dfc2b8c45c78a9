package dev.baton.process.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class ManyWritersTest {

  private static final int THREADS = 4;

  private final ByteArrayOutputStream stream = new ByteArrayOutputStream();

  @ParameterizedTest
  @EnumSource
  void framesStayWholeAndEachThreadsOrderIsKept(Framing framing) throws Exception {
    int each = 3_000;
    FrameWriter writer = new FrameWriter(framing, stream, 4096, Streams.RAISE);
    inParallel(
        thread -> {
          Random random = new Random(thread);
          for (int i = 0; i < each; i++) {
            int length = random.nextInt(100) == 0 ? 20_000 : random.nextInt(100);
            assertTrue(writer.offer(numbered(thread, i, length)));
          }
        });

    assertEquals(0, writer.queuedBytes());
    assertEachThreadsOrder(framing, each);
  }

  @Test
  void nothingIsLeftBehindWhenTheWriterLeavesAsAnotherOffers() throws Exception {
    FrameWriter writer = new FrameWriter(Framing.PLAIN, stream, 4096, Streams.RAISE);
    int each = 20_000;
    inParallel(
        thread -> {
          for (int i = 0; i < each; i++) {
            writer.write(numbered(thread, i, 0)); // waits for ever if the offer is lost
          }
        });
    assertEachThreadsOrder(Framing.PLAIN, each);
  }

  private interface Body {
    void run(int thread) throws Exception;
  }

  private static void inParallel(Body body) throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      start.await();
                      body.run(number);
                    } catch (Exception | AssertionError failure) {
                      failures.add(failure);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(List.of(), failures);
  }

  /** A frame whose payload starts with its number and is filled with the lowest byte of it. */
  private static Frame numbered(int thread, int number, int more) {
    byte[] payload = new byte[Integer.BYTES + more];
    Arrays.fill(payload, (byte) number);
    ByteBuffer.wrap(payload).putInt(number);
    return Frame.of(Opcode.TASK, thread, ByteBuffer.wrap(payload));
  }

  private void assertEachThreadsOrder(Framing framing, int each) throws WireException {
    Map<Long, Integer> next = new HashMap<>();
    List<Seen> arrived = decode(framing);
    for (Seen seen : arrived) {
      int number = seen.payload().getInt();
      assertEquals(next.merge(seen.id(), 1, Integer::sum) - 1, number);
      while (seen.payload().hasRemaining()) {
        assertEquals((byte) number, seen.payload().get());
      }
    }
    assertEquals(THREADS * each, arrived.size());
  }

  private List<Seen> decode(Framing framing) throws WireException {
    Seen.Sink sink = new Seen.Sink();
    PayloadAssembly assembly = new PayloadAssembly(Direction.TO_WORKER, 1_000_000, sink);
    FrameDecoder decoder = framing.decoder(Direction.TO_WORKER, bytes -> {});
    decoder.decode(ByteBuffer.wrap(stream.toByteArray()), assembly);
    decoder.end();
    return sink.payloads;
  }
}
