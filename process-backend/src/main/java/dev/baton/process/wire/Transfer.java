package dev.baton.process.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A large payload on its way in. Its memory grows with what has come, not with what was said. */
final class Transfer {

  private static final int FIRST_CAPACITY = Framing.LARGEST_FRAME;

  private final Opcode opcode;
  private final long id;
  private final long total;
  private long received;

  /** What came; null if the payload was refused, and what comes is skipped. */
  private byte @Nullable [] bytes = {};

  private Transfer(Opcode opcode, long id, long total) {
    this.opcode = opcode;
    this.id = id;
    this.total = total;
  }

  /** Reads what stands at the head of the first segment. */
  static Transfer read(WireInput in, Direction direction) throws WireException {
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
    return new Transfer(opcode, id, total);
  }

  void refuseAbove(long maximum, PayloadSink sink) throws WireException {
    if (total > Math.min(maximum, Frame.LARGEST_PAYLOAD)) {
      bytes = null;
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
    if (bytes != null) {
      bytes = withRoom(bytes, count);
      segment.get(bytes, (int) received, count);
    }
    received += count;
    return received == total;
  }

  private byte[] withRoom(byte[] present, int count) {
    if (present.length - received >= count) {
      return present;
    }
    long twice = Math.max(FIRST_CAPACITY, 2 * (received + count));
    return Arrays.copyOf(present, (int) Math.min(total, twice));
  }

  void deliver(PayloadSink sink) throws WireException {
    if (bytes != null) {
      sink.payload(opcode, id, ByteBuffer.wrap(bytes));
    }
  }
}
