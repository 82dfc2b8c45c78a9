package dev.baton.process.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Answers what a worker asked of its executor; the frame's id is the number of the request.
 *
 * @param yes whether it is so, or was done
 * @param nanoTime when it came about, as of the worker's {@link System#nanoTime()}; 0 if no time
 *     belongs to the answer
 * @param text a name or a reason, or null
 */
public record Answer(boolean yes, long nanoTime, @Nullable String text) implements Message {

  /**
   * Reads one.
   *
   * @param id the frame's id
   * @param payload the frame's payload
   * @return what it says
   * @throws WireException if it is malformed
   */
  public static Answer read(long id, ByteBuffer payload) throws WireException {
    WireInput in = new WireInput(Opcode.ANSWER, id, payload);
    int code = in.uint8("the answer");
    if (code > 1) {
      throw in.malformed(code + " is neither yes, 1, nor no, 0");
    }
    Answer answer = new Answer(code == 1, in.int64("the time"), in.optionalText("the text"));
    in.end();
    return answer;
  }

  @Override
  public Opcode opcode() {
    return Opcode.ANSWER;
  }

  @Override
  public ByteBuffer encode() {
    WireOutput out = new WireOutput(16);
    out.uint8(yes ? 1 : 0);
    out.int64(nanoTime);
    out.optionalText(text);
    return out.toBuffer();
  }
}
