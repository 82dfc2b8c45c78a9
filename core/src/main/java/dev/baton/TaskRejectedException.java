package dev.baton;

import java.io.Serial;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown where a task cannot be accepted: after a shutdown, by a full queue, or when a wait inside
 * a task would need more slots than may be lent. The message shows the executor's state.
 */
public class TaskRejectedException extends RejectedExecutionException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what was rejected, why, and how to mend it
   */
  public TaskRejectedException(String message) {
    super(message);
  }

  /**
   * Makes an exception with a cause.
   *
   * @param message what was rejected, why, and how to mend it
   * @param cause what led to the rejection, or null
   */
  public TaskRejectedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
