package dev.baton.process.wire;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Puts checked frames into a buffer that has an array. */
final class CheckedEncoder implements FrameEncoder {

  private final ByteBuffer target;
  private final CRC32C crc = new CRC32C();
  private int sequence;
  private int payload;

  CheckedEncoder(ByteBuffer target) {
    this.target = target;
  }

  @Override
  public void begin(Opcode opcode, int flags, long id, int payloadLength) {
    int covered = target.position() + Integer.BYTES;
    target
        .putInt(CheckedDecoder.MAGIC)
        .putInt(CheckedDecoder.SHORTEST + payloadLength)
        .putInt(sequence++)
        .put(opcode.code())
        .put((byte) flags)
        .putLong(id);
    crc.reset();
    putCheck(covered);
    payload = target.position();
  }

  @Override
  public void end() {
    putCheck(payload);
  }

  private void putCheck(int from) {
    crc.update(target.array(), target.arrayOffset() + from, target.position() - from);
    target.putInt((int) crc.getValue());
  }
}
