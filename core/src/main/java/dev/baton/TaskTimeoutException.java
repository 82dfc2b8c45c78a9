package dev.baton;

import dev.baton.internal.Entry;
import java.io.Serial;
import java.util.concurrent.TimeoutException;

/**
 * What fails the future of a task that took longer than its options allow. It is Baton's own word:
 * a {@link TimeoutException} that a body throws is never turned into one.
 *
 * <p>It has no stack trace where Baton's timer found that the time was up: that would show the
 * timer and neither the body nor who waits for it. The {@code ExecutionException} around it shows
 * who does.
 */
public class TaskTimeoutException extends TimeoutException {

  @Serial private static final long serialVersionUID = 1L;

  /** Which limit was exceeded. */
  private final Kind kind;

  /** Which limit of a task was exceeded. */
  public enum Kind {
    /** {@link TaskOptions#timeout}: the body ran too long, counted from its real start. */
    RUN,
    /** {@link TaskOptions#deadline}: the task was not over in time, counted from its submission. */
    DEADLINE,
    /** {@link TaskOptions#queueTimeout}: the task waited too long for its start. */
    QUEUE,
    /** {@link TaskOptions#stallTimeout}: the body reported no progress for too long. */
    STALL
  }

  /**
   * Makes an exception.
   *
   * @param message which task exceeded which limit
   * @param kind which limit was exceeded
   */
  public TaskTimeoutException(String message, Kind kind) {
    super(message);
    this.kind = kind;
  }

  /**
   * Leaves the stack out on Baton's timer thread, and fills it in on any other.
   *
   * @return this
   */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return Entry.isOnTimer() ? this : super.fillInStackTrace();
  }

  /**
   * Tells which limit was exceeded.
   *
   * @return the limit
   */
  public Kind kind() {
    return kind;
  }
}
