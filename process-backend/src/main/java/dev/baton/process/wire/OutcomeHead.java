package dev.baton.process.wire;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the encoded outcome of a nested task, on its way to the worker that has
 * submitted it.
 *
 * @param kind what came of the task
 * @param worker names the worker in which its body ran, or null if it never began
 * @param startedAt when its body began, as of the receiving worker's {@link System#nanoTime()};
 *     counts only if there is a worker
 * @param reason why it was cancelled; null unless it was
 */
public record OutcomeHead(
    Kind kind, @Nullable String worker, long startedAt, @Nullable String reason)
    implements Message {

  /** What came of a nested task. */
  public enum Kind {
    /** The body returned; the portable value follows. */
    VALUE(1),

    /** The task failed; the portable exception follows. */
    FAILURE(2),

    /** The task was cancelled in the parent; nothing follows. */
    CANCELLED(3),

    /** A time limit of the task was up in the parent; the portable exception follows. */
    EXPIRED(4);

    private final int code;

    Kind(int code) {
      this.code = code;
    }
  }

  /**
   * Reads one; the payload's position is then where the encoded outcome starts.
   *
   * @param id the frame's id
   * @param payload the frame's payload
   * @return what it says
   * @throws WireException if it is malformed
   */
  public static OutcomeHead read(long id, ByteBuffer payload) throws WireException {
    WireInput in = new WireInput(Opcode.OUTCOME, id, payload);
    int code = in.uint8("the kind of the outcome");
    for (Kind kind : Kind.values()) {
      if (kind.code == code) {
        return new OutcomeHead(
            kind,
            in.optionalText("the worker"),
            in.int64("the time of the start"),
            in.optionalText("the reason"));
      }
    }
    throw in.malformed(code + " is no kind of outcome");
  }

  @Override
  public Opcode opcode() {
    return Opcode.OUTCOME;
  }

  @Override
  public ByteBuffer encode() {
    WireOutput out = new WireOutput(32);
    out.uint8(kind.code);
    out.optionalText(worker);
    out.int64(startedAt);
    out.optionalText(reason);
    return out.toBuffer();
  }

  /**
   * Makes the frame of an outcome.
   *
   * @param id the nested task's id
   * @param encoded the portable value or exception, from its position to its limit, which do not
   *     move; its bytes must not be changed until it is written
   * @return the frame
   */
  public Frame frame(long id, ByteBuffer encoded) {
    return Frame.of(Opcode.OUTCOME, id, encode(), encoded);
  }
}
