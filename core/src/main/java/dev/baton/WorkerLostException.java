package dev.baton;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * What fails the future of a task whose worker ended under it: by exit, halt, crash or kill. The
 * message names the task, the worker, how it ended and what it said last.
 */
public class WorkerLostException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message which worker was lost, how, and what it said last
   */
  public WorkerLostException(String message) {
    super(message);
  }

  /**
   * Makes an exception with a cause.
   *
   * @param message which worker was lost, how, and what it said last
   * @param cause what was seen of the loss, or null
   */
  public WorkerLostException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
