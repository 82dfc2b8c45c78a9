package dev.baton.process.wire;

import java.util.zip.CRC32C;

/**
 * Finds the frames of a checked stream, and what lies between them.
 *
 * <p>The header has a checksum of its own, so a damaged length is noticed before it is believed.
 * The sequence number shows frames that are missing or came twice. After damage the search goes on
 * behind the magic number of the frame that has it.
 */
final class CheckedDecoder extends FrameDecoder {

  /** No part of any text in UTF-8; its first byte does not come again within it. */
  static final int MAGIC = 0xFFBA7017;

  /** What the length of a frame without payload says: all but the magic number and itself. */
  static final int SHORTEST = 22;

  private static final byte FIRST = (byte) (MAGIC >>> 24);
  private static final int HEADER = Framing.CHECKED.header();
  private static final int TO_LENGTH = 4;
  private static final int TO_SEQUENCE = 8;
  private static final int TO_CHECK = HEADER - Integer.BYTES;
  private static final int LONGEST = Framing.LARGEST_FRAME - TO_SEQUENCE;

  private final ForeignBytes foreign;
  private final CRC32C crc = new CRC32C();
  private int expected;

  /** Whether damage was reported since the last good frame: that some are missing is no news. */
  private boolean lost;

  CheckedDecoder(Direction direction, ForeignBytes foreign) {
    super(direction);
    this.foreign = foreign;
  }

  @Override
  public boolean next(FrameSink sink) throws WireException {
    passForeign();
    if (available() < HEADER) {
      return false;
    }
    int next = checkHeader();
    Opcode opcode = opcode(start + 12);
    int flags = flags(start + 13, opcode);
    if (next > end) {
      return false;
    }
    checkPayload(next);
    checkSequence(next);
    int frame = start;
    start = next;
    sink.frame(opcode, flags, buffer.getLong(frame + 14), view(frame + HEADER, next - 4));
    return true;
  }

  /** Moves to the next magic number, or to what may become one. */
  private void passForeign() {
    int from = start;
    while (start < end && !mayBeMagic()) {
      start++;
    }
    if (start > from) {
      foreign.foreign(view(from, start));
    }
  }

  private boolean mayBeMagic() {
    if (buffer.get(start) != FIRST) {
      return false;
    }
    int known = Math.min(available(), Integer.BYTES);
    for (int i = 1; i < known; i++) {
      if (buffer.get(start + i) != (byte) (MAGIC >>> (24 - 8 * i))) {
        return false;
      }
    }
    return true;
  }

  /** Returns where the frame ends. */
  private int checkHeader() throws WireException {
    crc.reset();
    check("its header", TO_LENGTH, start + TO_CHECK);
    int length = buffer.getInt(start + TO_LENGTH);
    if (length < SHORTEST || length > LONGEST) {
      throw damage("its length is " + length + ", not " + SHORTEST + " to " + LONGEST);
    }
    return start + TO_SEQUENCE + length;
  }

  /** The checksum goes on from that of the header. */
  private void checkPayload(int next) throws WireException {
    check("its header and payload", HEADER, next - Integer.BYTES);
  }

  private void check(String what, int from, int check) throws WireException {
    crc.update(buffer.array(), start + from, check - start - from);
    int found = (int) crc.getValue();
    int stated = buffer.getInt(check);
    if (found != stated) {
      throw damage(
          "the checksum of %s is 0x%08x, where 0x%08x is stated".formatted(what, found, stated));
    }
  }

  private void checkSequence(int next) throws WireException {
    int sequence = buffer.getInt(start + TO_SEQUENCE);
    int missing = sequence - expected;
    if (missing < 0) {
      WireException damage =
          damage("it is frame %d, where %d is due: it came twice".formatted(sequence, expected));
      start = next;
      throw damage;
    }
    if (missing > 0 && !lost) {
      int frame = start;
      WireException damage =
          damage("it is frame %d, where %d is due: some are missing".formatted(sequence, expected));
      start = frame;
      throw damage;
    }
    expected = sequence + 1;
    lost = false;
  }

  @Override
  public void end() throws WireException {
    if (available() >= Integer.BYTES) {
      throw damage("the stream ended after " + available() + " bytes of it");
    }
    if (available() > 0) {
      foreign.foreign(view(start, end));
      start = end;
    }
  }

  @Override
  void leave(WireException damage) {
    start += Integer.BYTES;
    lost = true;
  }
}
