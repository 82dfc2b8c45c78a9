package dev.baton;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a task at one moment.
 *
 * <p>The three times are recorded when the task has a timeout or deadline, when its executor has a
 * listener, or when {@link TaskOptions#timed()} asks for them: reading the clock costs more than
 * running a trivial task.
 *
 * @param id a number that no other task of the same executor has
 * @param name the name given in {@link TaskOptions#name}, else one made from the id
 * @param executor the name of the executor
 * @param backend the name of its backend
 * @param worker the worker that runs or ran the body, or null before it began, for futures without
 *     a body, and after a thread of its own ended with it, unless it failed or was timed
 * @param phase where the task is
 * @param attempt which attempt at the body is the present or the last one; 1 for the first
 * @param submitted when it was submitted, or null if not recorded
 * @param started when its body began, or null if not begun or not recorded
 * @param ended when its future was done, or null if not done or not recorded
 */
public record TaskInfo(
    long id,
    String name,
    String executor,
    String backend,
    @Nullable String worker,
    Phase phase,
    int attempt,
    @Nullable Instant submitted,
    @Nullable Instant started,
    @Nullable Instant ended) {

  /**
   * Where a task is. It passes from pending to one of the last three, once; on the way it is
   * pending again before each further attempt at its body.
   */
  public enum Phase {
    /** Its body has not begun, or waits for its next attempt. */
    PENDING,
    /** Its body has begun and its future is not done. */
    RUNNING,
    /** Done with a result. */
    SUCCESS,
    /** Done with an exception. */
    FAILED,
    /** Cancelled; its body may still run, see {@link TaskFuture#terminated()}. */
    CANCELLED
  }

  /**
   * Tells how long the body ran until the future was done.
   *
   * @return the time between start and end, or null if either is not recorded
   */
  public @Nullable Duration runTime() {
    return started == null || ended == null ? null : Duration.between(started, ended);
  }
}
