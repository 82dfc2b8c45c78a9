package dev.baton.process.wire;

import java.nio.ByteBuffer;

/** Puts plain frames into a buffer. */
record PlainEncoder(ByteBuffer target) implements FrameEncoder {

  @Override
  public void begin(Opcode opcode, int flags, long id, int payloadLength) {
    target
        .putInt(PlainDecoder.SHORTEST + payloadLength)
        .put(opcode.code())
        .put((byte) flags)
        .putLong(id);
  }

  @Override
  public void end() {
    // a plain frame ends with its payload
  }
}
