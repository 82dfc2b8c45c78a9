package dev.baton.process.wire;

import org.jspecify.annotations.Nullable;

/** Finds the frames of a plain stream. Once there is damage it finds no more. */
final class PlainDecoder extends FrameDecoder {

  /** What the length of a frame without payload says: opcode, flags and id. */
  static final int SHORTEST = 10;

  private static final int HEADER = Framing.PLAIN.header();
  private static final int LONGEST = Framing.LARGEST_FRAME - Integer.BYTES;

  private @Nullable WireException broken;

  PlainDecoder(Direction direction) {
    super(direction);
  }

  @Override
  public boolean next(FrameSink sink) throws WireException {
    checkBroken();
    if (available() < Integer.BYTES) {
      return false;
    }
    int length = length();
    if (available() < HEADER) {
      return false;
    }
    Opcode opcode = opcode(start + 4);
    int flags = flags(start + 5, opcode);
    int next = start + Integer.BYTES + length;
    if (next > end) {
      return false;
    }
    int payload = start + HEADER;
    long id = buffer.getLong(start + 6);
    start = next;
    sink.frame(opcode, flags, id, view(payload, next));
    return true;
  }

  private int length() throws WireException {
    int length = buffer.getInt(start);
    if (length < SHORTEST || length > LONGEST) {
      throw damage("its length is " + length + ", not " + SHORTEST + " to " + LONGEST);
    }
    return length;
  }

  @Override
  public void end() throws WireException {
    checkBroken();
    if (available() > 0) {
      throw damage("the stream ended after " + available() + " bytes of it");
    }
  }

  @Override
  void leave(WireException damage) {
    broken = damage;
  }

  private void checkBroken() throws WireException {
    if (broken != null) {
      throw broken;
    }
  }
}
