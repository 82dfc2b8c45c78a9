package dev.baton.process.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Streams of frames, made and taken apart. */
final class Streams {

  /** For writers that are not meant to fail. */
  static final Consumer<IOException> RAISE =
      failure -> {
        throw new UncheckedIOException(failure);
      };

  private Streams() {}

  /** What a decoder made of a stream. */
  record Decoded(List<Seen> frames, List<String> damage, ByteBuffer foreign) {}

  /** Writes frames one by one. */
  static byte[] encode(Framing framing, int largestWrite, List<Seen> frames) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    FrameWriter writer = new FrameWriter(framing, out, largestWrite, RAISE);
    frames.forEach(seen -> writer.offer(Frame.of(seen.opcode(), seen.id(), seen.payload())));
    return out.toByteArray();
  }

  /** Frames that go to a worker, of any length, many of them short. */
  static List<Seen> randomToWorker(Random random, int count, int longest) {
    List<Seen> frames = new ArrayList<>();
    Opcode[] opcodes = Opcode.values();
    while (frames.size() < count) {
      Opcode opcode = opcodes[random.nextInt(opcodes.length)];
      if (opcode.travels(Direction.TO_WORKER) && opcode != Opcode.SEGMENT) {
        byte[] payload = new byte[random.nextInt(random.nextBoolean() ? 40 : longest)];
        random.nextBytes(payload);
        frames.add(new Seen(opcode, random.nextLong(), ByteBuffer.wrap(payload)));
      }
    }
    return frames;
  }

  /** Decodes a stream in pieces of random lengths, on past damage where that is possible. */
  static Decoded decode(Framing framing, byte[] stream, Random random, int longestPiece) {
    ByteArrayOutputStream foreign = new ByteArrayOutputStream();
    FrameDecoder decoder =
        framing.decoder(Direction.TO_WORKER, bytes -> foreign.writeBytes(copy(bytes)));
    Seen.Sink sink = new Seen.Sink();
    FrameSink frames = (opcode, flags, id, payload) -> sink.payload(opcode, id, payload);
    List<String> damage = new ArrayList<>();
    ByteBuffer rest = ByteBuffer.wrap(stream);
    while (rest.hasRemaining() && !isOver(framing, damage)) {
      int count = Math.min(rest.remaining(), 1 + random.nextInt(longestPiece));
      ByteBuffer piece = rest.slice(rest.position(), count);
      goOn(framing, damage, () -> decoder.decode(piece, frames));
      rest.position(rest.position() + count);
    }
    goOn(framing, damage, () -> end(decoder, frames));
    return new Decoded(sink.payloads, damage, ByteBuffer.wrap(foreign.toByteArray()));
  }

  private static byte[] copy(ByteBuffer bytes) {
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return copy;
  }

  private static void end(FrameDecoder decoder, FrameSink frames) throws WireException {
    while (decoder.next(frames)) {
      // the sink has it
    }
    decoder.end();
  }

  private interface Step {
    void run() throws WireException;
  }

  private static void goOn(Framing framing, List<String> damage, Step step) {
    boolean again = !isOver(framing, damage);
    while (again) {
      again = false;
      try {
        step.run();
      } catch (WireException found) {
        damage.add(String.valueOf(found.getMessage()));
        again = !isOver(framing, damage);
      }
    }
  }

  private static boolean isOver(Framing framing, List<String> damage) {
    return framing == Framing.PLAIN && !damage.isEmpty();
  }
}
