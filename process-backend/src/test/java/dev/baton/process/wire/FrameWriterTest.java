package dev.baton.process.wire;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FrameWriterTest {

  private static final int LARGEST_WRITE = 256;

  private final GatedStream stream = new GatedStream(0);
  private final List<IOException> failures = new CopyOnWriteArrayList<>();
  private final FrameWriter writer =
      new FrameWriter(Framing.PLAIN, stream, LARGEST_WRITE, failures::add);
  private final List<Thread> threads = new ArrayList<>();

  @AfterEach
  void noThreadIsLeft() throws InterruptedException {
    stream.open();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private Thread start(Runnable run) {
    Thread thread = Thread.ofPlatform().start(run);
    threads.add(thread);
    return thread;
  }

  /** Has a thread write a frame, and returns once it is stuck in that. */
  private void occupyTheWriter() throws InterruptedException {
    start(() -> writer.offer(frame(Opcode.LEND, 0, 0)));
    stream.awaitEntered();
  }

  private static Frame frame(Opcode opcode, long id, int length) {
    return Frame.of(opcode, id, ByteBuffer.allocate(length));
  }

  private List<String> arrived() throws WireException {
    Seen.Sink sink = new Seen.Sink();
    FrameDecoder decoder = Framing.PLAIN.decoder(Direction.TO_HOST, bytes -> {});
    PayloadAssembly assembly = new PayloadAssembly(Direction.TO_HOST, 1_000_000, sink);
    decoder.decode(ByteBuffer.wrap(stream.bytes()), assembly);
    decoder.end();
    return sink.payloads.stream().map(Seen::toString).toList();
  }

  @Test
  void aThreadThatFindsNobodyWritingWritesItself() throws Exception {
    stream.open();
    assertTrue(writer.offer(frame(Opcode.RESULT, 1, 3)));
    assertEquals(List.of("RESULT 1 with 3 bytes"), arrived());
    assertEquals(0, writer.queuedBytes());
  }

  @Test
  void whatIsOfferedWhileAnotherWritesIsLeftToItAndGoesOutInOneWrite() throws Exception {
    occupyTheWriter();
    for (int id = 1; id <= 3; id++) {
      assertTrue(writer.offer(frame(Opcode.RESULT, id, 10)));
    }
    assertEquals(30, writer.queuedBytes());

    stream.open();
    await().until(() -> writer.queuedBytes() == 0);

    assertEquals(List.of(14, 72), stream.writes().stream().map(write -> write.length).toList());
    assertEquals("RESULT 3 with 10 bytes", arrived().getLast());
  }

  @Test
  void noWriteIsLargerThanAskedAndEachHoldsWholeFrames() throws Exception {
    stream.open();
    writer.offer(frame(Opcode.RESULT, 1, 1000));
    for (byte[] write : stream.writes()) {
      assertTrue(write.length <= LARGEST_WRITE);
      FrameDecoder decoder = Framing.PLAIN.decoder(Direction.TO_HOST, bytes -> {});
      decoder.decode(ByteBuffer.wrap(write), (opcode, flags, id, payload) -> {});
      decoder.end();
    }
    assertEquals(List.of("RESULT 1 with 1000 bytes"), arrived());
  }

  @Test
  void promptFramesGoBetweenTheSegmentsOfALargePayload() throws Exception {
    occupyTheWriter();
    writer.offer(frame(Opcode.RESULT, 1, 10_000));
    writer.offer(frame(Opcode.FETCH, 2, 5));
    stream.open();
    await().until(() -> writer.queuedBytes() == 0);
    assertEquals(
        List.of("LEND 0 with 0 bytes", "FETCH 2 with 5 bytes", "RESULT 1 with 10000 bytes"),
        arrived());
  }

  @Test
  void framesInOrderDoNotOvertakeALargeOne() throws Exception {
    occupyTheWriter();
    writer.offer(frame(Opcode.DEFINE, 1, 10_000));
    writer.offer(frame(Opcode.RESULT, 2, 5));
    stream.open();
    await().until(() -> writer.queuedBytes() == 0);
    assertEquals(
        List.of("LEND 0 with 0 bytes", "DEFINE 1 with 10000 bytes", "RESULT 2 with 5 bytes"),
        arrived());
  }

  @Test
  void twoLargePayloadsOfBothLanesShareTheStream() throws Exception {
    occupyTheWriter();
    writer.offer(frame(Opcode.RESULT, 1, 10_000));
    writer.offer(frame(Opcode.LOG, 2, 5_000));
    stream.open();
    await().until(() -> writer.queuedBytes() == 0);
    assertEquals(
        List.of("LEND 0 with 0 bytes", "LOG 2 with 5000 bytes", "RESULT 1 with 10000 bytes"),
        arrived());
  }

  @Test
  void theFramesOfAUnitAreWrittenOneAfterTheOther() throws Exception {
    occupyTheWriter();
    writer.offer(
        frame(Opcode.DEFINE, 1, 1_000), frame(Opcode.DEFINE, 2, 5), frame(Opcode.RESULT, 3, 700));
    writer.offer(frame(Opcode.RESULT, 4, 1));
    stream.open();
    await().until(() -> writer.queuedBytes() == 0);
    assertEquals(
        List.of(
            "LEND 0 with 0 bytes",
            "DEFINE 1 with 1000 bytes",
            "DEFINE 2 with 5 bytes",
            "RESULT 3 with 700 bytes",
            "RESULT 4 with 1 bytes"),
        arrived());
  }

  @Test
  void aWriteReturnsOnlyOnceItsFramesAreWrittenAndKeepsTheInterrupt() throws Exception {
    occupyTheWriter();
    AtomicReference<String> seen = new AtomicReference<>();
    Thread waiting =
        start(
            () -> {
              Thread.currentThread().interrupt();
              try {
                writer.write(frame(Opcode.RESULT, 1, 3));
                seen.set(arrived().getLast() + " " + Thread.currentThread().isInterrupted());
              } catch (IOException failure) {
                seen.set(failure.toString());
              }
            });
    await().until(() -> waiting.getState() == Thread.State.WAITING);
    assertNull(seen.get());
    stream.open();
    waiting.join();
    assertEquals("RESULT 1 with 3 bytes true", seen.get());
  }

  @Test
  void aFailureIsToldOnceAndWhatIsOfferedLaterIsRefused() throws Exception {
    occupyTheWriter();
    writer.offer(frame(Opcode.RESULT, 1, 100_000));
    stream.breakDown();
    await().until(() -> failures.size() == 1);

    assertFalse(writer.offer(frame(Opcode.RESULT, 2, 3)));
    assertFalse(writer.offer(new Outgoing(frame(Opcode.RESULT, 3, 3)), Runnable::run));
    IOException refused =
        assertThrows(IOException.class, () -> writer.write(frame(Opcode.RESULT, 4, 3)));
    assertSame(failures.getFirst(), refused.getCause());
    assertEquals(1, failures.size());
    assertEquals(0, writer.queuedBytes());
  }

  @Test
  void aFailureEndsTheWaitOfThoseWhoseFramesItLoses() throws Exception {
    occupyTheWriter();
    AtomicReference<IOException> large = new AtomicReference<>();
    AtomicReference<IOException> small = new AtomicReference<>();
    Thread first = start(() -> writeAndKeep(frame(Opcode.RESULT, 1, 100_000), large));
    await().until(() -> first.getState() == Thread.State.WAITING);
    Thread second = start(() -> writeAndKeep(frame(Opcode.LEND, 2, 0), small));
    await().until(() -> second.getState() == Thread.State.WAITING);
    stream.breakDown();
    first.join();
    second.join();
    assertNotNull(large.get());
    assertNotNull(small.get());
  }

  private void writeAndKeep(Frame frame, AtomicReference<IOException> failure) {
    try {
      writer.write(frame);
    } catch (IOException thrown) {
      failure.set(thrown);
    }
  }

  @Test
  void aStreamThatThrowsAnythingElseHasFailedToo() {
    AtomicReference<IOException> failure = new AtomicReference<>();
    FrameWriter careless =
        new FrameWriter(
            Framing.PLAIN,
            new OutputStream() {
              @Override
              public void write(int b) {
                throw new IllegalStateException("no room");
              }
            },
            LARGEST_WRITE,
            failure::set);
    careless.offer(frame(Opcode.LEND, 1, 0));
    assertEquals(
        "Writing frames failed: java.lang.IllegalStateException: no room",
        assertNotNullMessage(failure.get()));
    assertFalse(careless.offer(frame(Opcode.LEND, 2, 0)));
  }

  private static String assertNotNullMessage(IOException failure) {
    return String.valueOf(failure.getMessage());
  }

  @Test
  void aThreadThatMustNotWriteHandsTheWritingOn() throws Exception {
    stream.open();
    List<Runnable> handedOn = new ArrayList<>();
    assertTrue(writer.offer(new Outgoing(frame(Opcode.LEND, 1, 0)), handedOn::add));
    assertTrue(writer.offer(frame(Opcode.LEND, 2, 0)));
    assertEquals(List.of(), arrived());
    handedOn.getFirst().run();
    assertEquals(List.of("LEND 1 with 0 bytes", "LEND 2 with 0 bytes"), arrived());
  }

  @Test
  void aThreadThatMustNotBlockWritesWhatFits() throws Exception {
    stream.open();
    Outgoing unit = new Outgoing(frame(Opcode.RESULT, 1, 100));
    assertTrue(writer.offer(unit, Runnable::run, end -> end <= 100));
    assertEquals(List.of("RESULT 1 with 100 bytes"), arrived());
    assertEquals(stream.bytes().length, writer.writtenBytes());
    assertEquals(writer.writtenBytes(), writer.offeredBytes());
  }

  @Test
  void aThreadThatMustNotBlockLeavesToAnotherWhatDoesNotFit() throws Exception {
    List<Runnable> mine = new ArrayList<>();
    assertTrue(
        writer.offer(new Outgoing(frame(Opcode.RESULT, 1, 10)), mine::add, end -> end <= 100));
    assertTrue(writer.offer(frame(Opcode.RESULT, 2, 91)));
    assertEquals(101, writer.offeredBytes());
    mine.getFirst().run(); // returns, though the stream takes nothing
    stream.open();
    await().until(() -> writer.queuedBytes() == 0);
    assertEquals(List.of("RESULT 1 with 10 bytes", "RESULT 2 with 91 bytes"), arrived());
  }

  @Test
  void ifNobodyElseCanWriteTheOfferingThreadDoes() throws Exception {
    stream.open();
    writer.offer(
        new Outgoing(frame(Opcode.LEND, 1, 0)),
        command -> {
          throw new RejectedExecutionException("shut down");
        });
    assertEquals(List.of("LEND 1 with 0 bytes"), arrived());
  }

  @Test
  void aCloseComesAfterAllThatWasOffered() throws Exception {
    occupyTheWriter();
    writer.offer(frame(Opcode.RESULT, 1, 10_000));
    writer.close();
    writer.close();
    assertFalse(stream.isClosed());
    stream.open();
    await().until(stream::isClosed);
    assertEquals("RESULT 1 with 10000 bytes", arrived().getLast());
    assertFalse(writer.offer(frame(Opcode.LEND, 1, 0)));
    assertEquals(List.of(), failures);
  }

  @Test
  void anIdleWriterClosesAtOnce() {
    writer.close();
    assertTrue(stream.isClosed());
  }

  @Test
  void aLargestWriteOutOfRangeIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new FrameWriter(Framing.PLAIN, stream, 127, failures::add));
    assertThrows(
        IllegalArgumentException.class,
        () -> new FrameWriter(Framing.PLAIN, stream, 65_537, failures::add));
  }

  @Test
  void itHasEndedOnceTheLastWriterIsDone() throws Exception {
    CompletableFuture<?> ended = new CompletableFuture<>();
    writer.whenEnded(() -> ended.complete(null));
    occupyTheWriter();
    writer.close();
    assertFalse(ended.isDone(), "somebody writes");
    stream.open();
    ended.get();
    assertTrue(stream.isClosed());
  }

  @Test
  void itHasEndedOnceItHasFailed() throws Exception {
    CompletableFuture<?> ended = new CompletableFuture<>();
    writer.whenEnded(() -> ended.complete(null));
    occupyTheWriter();
    assertFalse(ended.isDone());
    stream.breakDown();
    ended.get();
  }
}
