package dev.baton.process.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A large payload on its way in: a main part, then its pieces. Its memory grows with what has come,
 * not with what was said.
 */
final class Transfer {

  private static final int FIRST_CAPACITY = Framing.LARGEST_FRAME;

  /** So many bytes are believed for each that has come: a hundred megabytes when one has. */
  private static final int BELIEVED = 128;

  private final Opcode opcode;
  private final long id;
  private final long total;

  /** The lengths of the pieces. */
  private final int[] pieces;

  private long received;

  /** Whether the payload was refused, and what comes is skipped. */
  private boolean isRefused;

  /** The parts that are complete. */
  private final List<ByteBuffer> complete = new ArrayList<>(1);

  /** The part that is being filled, and how much of it is. */
  private byte[] part = {};

  private int filled;

  private Transfer(Opcode opcode, long id, long total, int[] pieces) {
    this.opcode = opcode;
    this.id = id;
    this.total = total;
    this.pieces = pieces;
  }

  /** Reads what stands at the head of the first segment. */
  static Transfer read(WireInput in, Direction direction, boolean inPieces) throws WireException {
    byte code = (byte) in.uint8("the opcode");
    Opcode opcode = Opcode.of(code, direction);
    if (opcode == null || opcode == Opcode.SEGMENT) {
      throw in.malformed("0x%02x is no opcode of a payload".formatted(code));
    }
    long id = in.int64("the id");
    long total = in.int64("the length of the whole");
    if (total < 1) {
      throw in.malformed("The length of the whole is " + total);
    }
    return new Transfer(opcode, id, total, inPieces ? pieces(in, total) : new int[0]);
  }

  private static int[] pieces(WireInput in, long total) throws WireException {
    int count = in.uint8("the number of pieces");
    if (count < 1 || count > Segment.MOST_PIECES) {
      throw in.malformed(count + " is no number of pieces, 1 to " + Segment.MOST_PIECES);
    }
    int[] pieces = new int[count];
    long left = total;
    for (int i = 0; i < count; i++) {
      pieces[i] = in.int32("the length of a piece");
      left -= pieces[i];
      if (pieces[i] < 1 || left < 1) {
        throw in.malformed("A piece of %d bytes in a payload of %d".formatted(pieces[i], total));
      }
    }
    return pieces;
  }

  void refuseAbove(long maximum, PayloadSink sink) throws WireException {
    if (total > Math.min(maximum, Frame.LARGEST_PAYLOAD)) {
      isRefused = true;
      sink.refused(
          opcode,
          id,
          new WireException(
              "The payload of %s %d has %,d bytes, where %,d are allowed. Raise the limit or send less."
                  .formatted(opcode, id, total, Math.min(maximum, Frame.LARGEST_PAYLOAD))));
    }
  }

  /** Adds the bytes of a segment, and tells whether it is the last. */
  boolean add(long number, ByteBuffer segment) throws WireException {
    int count = segment.remaining();
    if (count == 0 || count > total - received) {
      throw new WireInput(Opcode.SEGMENT, number, segment)
          .malformed(
              "A segment has %d bytes, where %d of %d are due"
                  .formatted(count, total - received, total));
    }
    received += count;
    while (segment.hasRemaining() && !isRefused) {
      fill(segment);
    }
    return received == total;
  }

  /** Takes what belongs to the present part. */
  private void fill(ByteBuffer segment) {
    int length = partLength();
    int count = Math.min(segment.remaining(), length - filled);
    part = withRoom(part, filled, count, length);
    segment.get(part, filled, count);
    filled += count;
    if (filled == length) {
      complete.add(ByteBuffer.wrap(part));
      part = new byte[0];
      filled = 0;
    }
  }

  private int partLength() {
    int piece = complete.size() - 1;
    if (piece >= 0) {
      return pieces[piece];
    }
    long main = total;
    for (int each : pieces) {
      main -= each;
    }
    return (int) main;
  }

  private static byte[] withRoom(byte[] present, int filled, int count, int length) {
    if (present.length - filled >= count) {
      return present;
    }
    long believed = Math.max(FIRST_CAPACITY, (long) BELIEVED * (filled + count));
    return Arrays.copyOf(present, (int) Math.min(length, believed));
  }

  void deliver(PayloadSink sink) throws WireException {
    if (isRefused) {
      return;
    }
    ByteBuffer main = complete.getFirst();
    if (pieces.length == 0) {
      sink.payload(opcode, id, main);
    } else {
      sink.payload(opcode, id, main, complete.subList(1, complete.size()));
    }
  }
}
