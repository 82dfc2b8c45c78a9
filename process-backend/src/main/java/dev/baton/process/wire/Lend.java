package dev.baton.process.wire;

import java.nio.ByteBuffer;

/**
 * Says that a body is about to wait for another task of its executor; the frame's id is the body's
 * task.
 *
 * @param request numbers the request; the {@link Answer} has the same number
 * @param awaited the nested task that it waits for, or 0 if it is not one
 * @param description names what it waits for
 */
public record Lend(long request, long awaited, String description) implements Message {

  /**
   * Reads one.
   *
   * @param id the frame's id
   * @param payload the frame's payload
   * @return what it says
   * @throws WireException if it is malformed
   */
  public static Lend read(long id, ByteBuffer payload) throws WireException {
    WireInput in = new WireInput(Opcode.LEND, id, payload);
    Lend lend =
        new Lend(
            in.int64("the request"),
            in.int64("the task that is waited for"),
            in.text("the name of what is waited for"));
    in.end();
    return lend;
  }

  @Override
  public Opcode opcode() {
    return Opcode.LEND;
  }

  @Override
  public ByteBuffer encode() {
    WireOutput out = new WireOutput(32);
    out.int64(request);
    out.int64(awaited);
    out.text(description);
    return out.toBuffer();
  }
}
