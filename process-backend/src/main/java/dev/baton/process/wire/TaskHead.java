package dev.baton.process.wire;

import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the encoded body of a task. What is not out of the ordinary takes no bytes: a
 * first attempt, in a slot, takes two.
 *
 * @param slot the task's slot in the claim page, or {@link #NO_SLOT}
 * @param attempt which attempt at the body it is, from 1
 * @param deadline when the task has to be over, or null
 * @param name the task's name, or null if it has none of its own
 * @param loggingContext the entries of the logging context; those without a value are not sent
 * @param timeout for how long the body may run once it has begun, or null
 * @param isPortable whether the encoded body brings its templates along; then the result has to
 */
public record TaskHead(
    int slot,
    int attempt,
    @Nullable Instant deadline,
    @Nullable String name,
    Map<String, String> loggingContext,
    @Nullable Duration timeout,
    boolean isPortable)
    implements Message {

  /** The slot of a task that has none, for there is no claim page. */
  public static final int NO_SLOT = -1;

  private static final int HAS_SLOT = 0x01;
  private static final int HAS_ATTEMPT = 0x02;
  private static final int HAS_DEADLINE = 0x04;
  private static final int HAS_NAME = 0x08;
  private static final int HAS_CONTEXT = 0x10;
  private static final int IS_PORTABLE = 0x20;
  private static final int HAS_TIMEOUT = 0x40;
  private static final int ALL = 0x7F;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the slot or the attempt is out of range
   */
  public TaskHead {
    if (slot < NO_SLOT || attempt < 1) {
      throw new IllegalArgumentException(
          "A slot is at least -1 and an attempt at least 1: " + slot + ", " + attempt);
    }
  }

  /**
   * Reads one; the payload's position is then where the encoded body starts.
   *
   * @param id the frame's id
   * @param payload the frame's payload
   * @return what it says
   * @throws WireException if it is malformed
   */
  public static TaskHead read(long id, ByteBuffer payload) throws WireException {
    WireInput in = new WireInput(Opcode.TASK, id, payload);
    int has = in.uint8("the parts of the head");
    if ((has & ~ALL) != 0) {
      throw in.malformed("0x%02x are no parts of a task's head".formatted(has));
    }
    return new TaskHead(
        (has & HAS_SLOT) != 0 ? in.count("the slot") : NO_SLOT,
        (has & HAS_ATTEMPT) != 0 ? in.attempt() : 1,
        (has & HAS_DEADLINE) != 0 ? deadline(in) : null,
        (has & HAS_NAME) != 0 ? in.text("the name") : null,
        (has & HAS_CONTEXT) != 0 ? in.map("the logging context") : Map.of(),
        (has & HAS_TIMEOUT) != 0 ? in.duration("the timeout") : null,
        (has & IS_PORTABLE) != 0);
  }

  private static Instant deadline(WireInput in) throws WireException {
    long second = in.int64("the deadline's second");
    int nano = in.int32("the deadline's nanosecond");
    try {
      if (nano >= 0 && nano < 1_000_000_000) {
        return Instant.ofEpochSecond(second, nano);
      }
    } catch (DateTimeException outOfRange) {
      // said below
    }
    throw in.malformed("Second " + second + ", nanosecond " + nano + " is no time");
  }

  @Override
  public Opcode opcode() {
    return Opcode.TASK;
  }

  @Override
  public ByteBuffer encode() {
    WireOutput out = new WireOutput(8);
    out.uint8(parts());
    if (slot != NO_SLOT) {
      out.count(slot);
    }
    if (attempt != 1) {
      out.count(attempt);
    }
    if (deadline != null) {
      out.int64(deadline.getEpochSecond());
      out.int32(deadline.getNano());
    }
    if (name != null) {
      out.text(name);
    }
    if (!loggingContext.isEmpty()) {
      out.map(loggingContext);
    }
    if (timeout != null) {
      out.duration(timeout);
    }
    return out.toBuffer();
  }

  private int parts() {
    return (slot != NO_SLOT ? HAS_SLOT : 0)
        | (attempt != 1 ? HAS_ATTEMPT : 0)
        | (deadline != null ? HAS_DEADLINE : 0)
        | (name != null ? HAS_NAME : 0)
        | (loggingContext.isEmpty() ? 0 : HAS_CONTEXT)
        | (timeout != null ? HAS_TIMEOUT : 0)
        | (isPortable ? IS_PORTABLE : 0);
  }

  /**
   * Returns when a body that begins now has to be over.
   *
   * @return the earlier of the deadline and the end of the timeout, or null if there is neither
   */
  public @Nullable Instant latestEnd() {
    if (timeout == null) {
      return deadline;
    }
    Instant now = Instant.now();
    boolean isFar = timeout.compareTo(Duration.between(now, Instant.MAX)) >= 0;
    Instant byTimeout = isFar ? Instant.MAX : now.plus(timeout);
    return deadline == null || byTimeout.isBefore(deadline) ? byTimeout : deadline;
  }

  /**
   * Makes the frame of a task.
   *
   * @param id the task's id
   * @param body the encoded body, from its position to its limit, which do not move; its bytes must
   *     not be changed until it is written
   * @return the frame
   */
  public Frame frame(long id, ByteBuffer body) {
    return Frame.of(Opcode.TASK, id, encode(), body);
  }

  /**
   * Makes the frame of a task whose body has pieces.
   *
   * @param id the task's id
   * @param body the encoded body but for its pieces, from its position to its limit
   * @param pieces the pieces, each from its position to its limit; as with the body, these do not
   *     move, and the bytes must not be changed until they are written
   * @return the frame
   */
  public Frame frame(long id, ByteBuffer body, List<ByteBuffer> pieces) {
    return Frame.of(Opcode.TASK, id, encode(), body, pieces);
  }
}
