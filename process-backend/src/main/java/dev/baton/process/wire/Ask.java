package dev.baton.process.wire;

import java.nio.ByteBuffer;

/**
 * Asks a worker's parent something; the frame's id is that of the task that it is about, or 0 if it
 * is about the executor.
 *
 * @param request numbers the request; the {@link Answer} has the same number
 * @param question what is asked
 */
public record Ask(long request, Question question) implements Message {

  /** What may be asked. */
  public enum Question {
    /** Withdraws the task if its body has not begun; the answer tells whether it was withdrawn. */
    WITHDRAW(1),

    /** Asks whether the body has begun, when, and in which worker. */
    BEGUN(2),

    /** Asks whether the executor is shut down. */
    IS_SHUTDOWN(3),

    /** Shuts the executor down, and lets it finish what it has. */
    DRAIN(4),

    /** Shuts the executor down, and cancels what has not begun. */
    CANCEL_PENDING(5),

    /** Shuts the executor down, and stops by force what runs. */
    TERMINATE(6),

    /** Shuts the executor down, and interrupts what runs. */
    SHUTDOWN_NOW(7),

    /**
     * Claims a task that the worker was sent, for it has not mapped the claim page yet; the answer
     * tells whether its body is to begin.
     */
    CLAIM(8);

    private final int code;

    Question(int code) {
      this.code = code;
    }
  }

  /**
   * Reads one.
   *
   * @param id the frame's id
   * @param payload the frame's payload
   * @return what it says
   * @throws WireException if it is malformed
   */
  public static Ask read(long id, ByteBuffer payload) throws WireException {
    WireInput in = new WireInput(Opcode.ASK, id, payload);
    long request = in.int64("the request");
    int code = in.uint8("the question");
    for (Question question : Question.values()) {
      if (question.code == code) {
        in.end();
        return new Ask(request, question);
      }
    }
    throw in.malformed(code + " is no question");
  }

  @Override
  public Opcode opcode() {
    return Opcode.ASK;
  }

  @Override
  public ByteBuffer encode() {
    WireOutput out = new WireOutput(9);
    out.int64(request);
    out.uint8(question.code);
    return out.toBuffer();
  }
}
