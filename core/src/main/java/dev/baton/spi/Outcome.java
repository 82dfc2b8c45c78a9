package dev.baton.spi;

import dev.baton.TaskTimeoutException;
import dev.baton.WorkerLostException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What came of a body. */
public sealed interface Outcome {

  /**
   * The body returned.
   *
   * @param value what it returned
   */
  record Success(@Nullable Object value) implements Outcome {}

  /**
   * The body threw, or its result could not be encoded.
   *
   * @param cause what it threw, unchanged
   */
  record Failure(Throwable cause) implements Outcome {}

  /**
   * The body is over and its result has arrived, not decoded yet. A thread that waits for the
   * future decodes it, else a virtual thread; never the one that calls {@link TaskRun#complete}.
   *
   * @param decoder makes a success or a failure of it; what it throws fails the future
   */
  record Encoded(Callable<Outcome> decoder) implements Outcome {}

  /**
   * The task was cancelled where it had been sent to, and not by its future here: there its
   * executor was shut down.
   *
   * @param message tells why
   */
  record Cancelled(String message) implements Outcome {}

  /**
   * A time limit of the task was up where it had been sent to, and its body, if it began, is over.
   * It is not what the body threw, so whether another attempt follows is not as for a failure.
   *
   * @param cause tells which limit
   */
  record Expired(TaskTimeoutException cause) implements Outcome {}

  /**
   * The body began, and its worker ended under it.
   *
   * @param cause tells how the worker ended
   */
  record Lost(WorkerLostException cause) implements Outcome {}
}
