package dev.baton.process.wire;

import dev.baton.TaskProgress;
import java.nio.ByteBuffer;

/**
 * Says how far a body has come; the frame's id is the task's.
 *
 * @param value how far
 */
public record Progress(TaskProgress value) implements Message {

  /**
   * Reads one.
   *
   * @param id the frame's id
   * @param payload the frame's payload
   * @return what it says
   * @throws WireException if it is malformed
   */
  public static Progress read(long id, ByteBuffer payload) throws WireException {
    WireInput in = new WireInput(Opcode.PROGRESS, id, payload);
    long done = in.int64("what is done");
    if (done < 0) {
      throw in.malformed("What is done is negative: " + done);
    }
    Progress progress =
        new Progress(new TaskProgress(done, in.int64("the total"), in.optionalText("the message")));
    in.end();
    return progress;
  }

  @Override
  public Opcode opcode() {
    return Opcode.PROGRESS;
  }

  @Override
  public ByteBuffer encode() {
    WireOutput out = new WireOutput(32);
    out.int64(value.done());
    out.int64(value.total());
    out.optionalText(value.message());
    return out.toBuffer();
  }
}
