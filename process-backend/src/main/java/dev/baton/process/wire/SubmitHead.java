package dev.baton.process.wire;

import dev.baton.TaskOptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands before the portable body of a task that a worker submits to its executor; the frame's
 * id is the worker's own number of the task, which is then a nested one.
 *
 * @param request numbers the request; the {@link Answer}, which tells whether the task was
 *     accepted, has the same number
 * @param attempt which attempt at its body this is, from 1
 * @param isMember whether it is to be cancelled if the worker that submits it dies
 * @param options what the task asks for
 * @param loggingContext the entries of the logging context; those without a value are not sent
 */
public record SubmitHead(
    long request,
    int attempt,
    boolean isMember,
    TaskOptions options,
    Map<String, String> loggingContext)
    implements Message {

  private static final int HAS_NAME = 0x01;
  private static final int HAS_TIMEOUT = 0x02;
  private static final int HAS_DEADLINE = 0x04;
  private static final int HAS_CONTEXT = 0x08;
  private static final int IS_IDEMPOTENT = 0x10;
  private static final int IS_TIMED = 0x20;
  private static final int IS_RETRY = 0x40;
  private static final int IS_MEMBER = 0x80;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the attempt is below 1
   */
  public SubmitHead {
    if (attempt < 1) {
      throw new IllegalArgumentException("attempt must be at least 1: " + attempt);
    }
  }

  /**
   * Reads one; the payload's position is then where the portable body starts.
   *
   * @param id the frame's id
   * @param payload the frame's payload
   * @return what it says
   * @throws WireException if it is malformed
   */
  public static SubmitHead read(long id, ByteBuffer payload) throws WireException {
    WireInput in = new WireInput(Opcode.SUBMIT, id, payload);
    long request = in.int64("the request");
    int has = in.uint8("the parts of the head");
    int attempt = (has & IS_RETRY) != 0 ? in.attempt() : 1;
    TaskOptions options = TaskOptions.none();
    options = (has & HAS_NAME) != 0 ? named(options, in) : options;
    options = (has & HAS_TIMEOUT) != 0 ? options.timeout(in.duration("the timeout")) : options;
    options = (has & HAS_DEADLINE) != 0 ? options.deadline(in.duration("the deadline")) : options;
    options = (has & IS_IDEMPOTENT) != 0 ? options.idempotent() : options;
    options = (has & IS_TIMED) != 0 ? options.timed() : options;
    return new SubmitHead(
        request,
        attempt,
        (has & IS_MEMBER) != 0,
        options,
        (has & HAS_CONTEXT) != 0 ? in.map("the logging context") : Map.of());
  }

  private static TaskOptions named(TaskOptions options, WireInput in) throws WireException {
    String name = in.text("the name");
    if (name.isBlank()) {
      throw in.malformed("The name is blank");
    }
    return options.name(name);
  }

  @Override
  public Opcode opcode() {
    return Opcode.SUBMIT;
  }

  @Override
  public ByteBuffer encode() {
    WireOutput out = new WireOutput(32);
    out.int64(request);
    out.uint8(parts());
    if (attempt > 1) {
      out.count(attempt);
    }
    String name = options.name();
    if (name != null) {
      out.text(name);
    }
    put(options.timeout(), out);
    put(options.deadline(), out);
    if (!loggingContext.isEmpty()) {
      out.map(loggingContext);
    }
    return out.toBuffer();
  }

  private int parts() {
    return (options.name() != null ? HAS_NAME : 0)
        | (options.timeout() != null ? HAS_TIMEOUT : 0)
        | (options.deadline() != null ? HAS_DEADLINE : 0)
        | (loggingContext.isEmpty() ? 0 : HAS_CONTEXT)
        | (mayBeginAgain() ? IS_IDEMPOTENT : 0)
        | (isStartOfInterest() ? IS_TIMED : 0)
        | (attempt > 1 ? IS_RETRY : 0)
        | (isMember ? IS_MEMBER : 0);
  }

  /**
   * Tells whether the parent may begin the body once more when its worker is lost. Where there are
   * retries the submitter sees to all attempts.
   */
  private boolean mayBeginAgain() {
    return options.isIdempotent() && options.retries() == 0;
  }

  /** Tells whether the submitter will ask when the body began: it alone watches for a stall. */
  private boolean isStartOfInterest() {
    return options.isTimed() || options.stallTimeout() != null;
  }

  private static void put(@Nullable Duration time, WireOutput out) {
    if (time != null) {
      out.duration(time);
    }
  }

  /**
   * Makes the frame of a submission.
   *
   * @param id the worker's number of the task
   * @param body the portable body, from its position to its limit, which do not move; its bytes
   *     must not be changed until it is written
   * @return the frame
   */
  public Frame frame(long id, ByteBuffer body) {
    return Frame.of(Opcode.SUBMIT, id, encode(), body);
  }
}
