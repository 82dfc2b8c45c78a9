package dev.baton.process.wire;

import java.nio.ByteBuffer;

/**
 * Says that a body has begun; the frame's id is the task's.
 *
 * @param nanoTime the worker's {@link System#nanoTime()} then
 */
public record Started(long nanoTime) implements Message {

  /**
   * Reads one.
   *
   * @param id the frame's id
   * @param payload the frame's payload
   * @return what it says
   * @throws WireException if it is malformed
   */
  public static Started read(long id, ByteBuffer payload) throws WireException {
    WireInput in = new WireInput(Opcode.STARTED, id, payload);
    Started started = new Started(in.int64("the time"));
    in.end();
    return started;
  }

  @Override
  public Opcode opcode() {
    return Opcode.STARTED;
  }

  @Override
  public ByteBuffer encode() {
    WireOutput out = new WireOutput(Long.BYTES);
    out.int64(nanoTime);
    return out.toBuffer();
  }
}
