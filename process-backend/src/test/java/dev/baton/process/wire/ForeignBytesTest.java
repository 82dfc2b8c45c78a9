package dev.baton.process.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.process.wire.Streams.Decoded;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ForeignBytesTest {

  private static final byte[] MAGIC = {(byte) 0xFF, (byte) 0xBA, 0x70, 0x17};

  @Test
  void whatOthersWriteBetweenFramesIsPassedOnAndHarmsNone() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<Seen> frames = Streams.randomToWorker(random, 10, 5_000);
      ByteArrayOutputStream printed = new ByteArrayOutputStream();

      byte[] stream = withPrints(frames, printed, random);
      Decoded decoded = Streams.decode(Framing.CHECKED, stream, random, 1 << random.nextInt(12));

      assertEquals(frames, decoded.frames(), "seed " + seed);
      assertEquals(List.of(), decoded.damage(), "seed " + seed);
      assertEquals(ByteBuffer.wrap(printed.toByteArray()), decoded.foreign(), "seed " + seed);
    }
  }

  private static byte[] withPrints(
      List<Seen> frames, ByteArrayOutputStream printed, Random random) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    FrameWriter writer =
        new FrameWriter(Framing.CHECKED, stream, Framing.LARGEST_FRAME, Streams.RAISE);
    for (Seen frame : frames) {
      byte[] print = print(random);
      stream.writeBytes(print);
      printed.writeBytes(print);
      writer.offer(Frame.of(frame.opcode(), frame.id(), frame.payload()));
    }
    return stream.toByteArray();
  }

  /** Text, or what comes close to a magic number. */
  private static byte[] print(Random random) {
    ByteArrayOutputStream print = new ByteArrayOutputStream();
    if (random.nextBoolean()) {
      print.writeBytes(
          "Grüße, 100 €\n".repeat(random.nextInt(200)).getBytes(StandardCharsets.UTF_8));
    }
    if (random.nextBoolean()) {
      print.write(MAGIC, 0, 1 + random.nextInt(3));
    }
    return print.toByteArray();
  }

  @Test
  void theBeginningOfAMagicNumberIsForeignOnceTheStreamEnds() {
    Decoded decoded =
        Streams.decode(Framing.CHECKED, new byte[] {'a', MAGIC[0], MAGIC[1]}, new Random(1), 1);
    assertEquals(ByteBuffer.wrap(new byte[] {'a', MAGIC[0], MAGIC[1]}), decoded.foreign());
    assertEquals(List.of(), decoded.damage());
  }

  @Test
  void aPrintWithinAFrameIsReportedAndTheNextFramesArrive() {
    List<Seen> frames = Streams.randomToWorker(new Random(3), 5, 200);
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    byte[] whole = Streams.encode(Framing.CHECKED, Framing.LARGEST_FRAME, frames);
    int within = 30 + frames.getFirst().payload().remaining() + 10;
    stream.write(whole, 0, within);
    stream.writeBytes("oops".getBytes(StandardCharsets.UTF_8));
    stream.write(whole, within, whole.length - within);

    Decoded decoded = Streams.decode(Framing.CHECKED, stream.toByteArray(), new Random(1), 10);

    assertEquals(1, decoded.damage().size(), decoded.damage()::toString);
    assertEquals(
        List.of(frames.get(0), frames.get(2), frames.get(3), frames.get(4)), decoded.frames());
  }
}
