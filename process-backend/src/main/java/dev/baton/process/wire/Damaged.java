package dev.baton.process.wire;

import java.nio.ByteBuffer;

/**
 * The last word of a worker to which damaged bytes came.
 *
 * @param reason what was wrong, where, and in which bytes
 */
public record Damaged(String reason) implements Message {

  /**
   * Reads one.
   *
   * @param id the frame's id
   * @param payload the frame's payload
   * @return what it says
   * @throws WireException if it is malformed
   */
  public static Damaged read(long id, ByteBuffer payload) throws WireException {
    WireInput in = new WireInput(Opcode.DAMAGED, id, payload);
    Damaged damaged = new Damaged(in.text("the reason"));
    in.end();
    return damaged;
  }

  @Override
  public Opcode opcode() {
    return Opcode.DAMAGED;
  }

  @Override
  public ByteBuffer encode() {
    WireOutput out = new WireOutput(256);
    out.text(reason);
    return out.toBuffer();
  }
}
