package dev.baton.async;

import dev.baton.Await;
import dev.baton.BackendOptions;
import dev.baton.CommonOptions;
import dev.baton.TaskOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Options of the backend {@code "async"}: event loops, each of which runs one task at a time.
 *
 * <pre>{@code
 * Baton baton = Baton.open(AsyncOptions.defaults().loops(2).strict());
 * }</pre>
 *
 * <p>A task gives way to others where it waits: in the methods of {@link Await} and in every wait
 * on a Baton type. Between two such places nothing else runs on its loop, so what only the tasks of
 * one loop touch needs no lock.
 *
 * @param loops how many loops there are; at least 1
 * @param slowTask how long a task may hold its loop before it is reported
 * @param isStrict whether a task that is reported fails
 * @param blocking makes the calls of {@link Await#blocking}, or null for the task's own virtual
 *     thread (before JDK 24, where a virtual thread that blocks under a monitor holds up others, a
 *     platform thread)
 * @param common the options that every backend has; its {@code lend} counts only with a limit
 */
public record AsyncOptions(
    int loops,
    Duration slowTask,
    boolean isStrict,
    @Nullable Executor blocking,
    CommonOptions common)
    implements BackendOptions.Fluent<AsyncOptions> {

  private static final Duration DEFAULT_SLOW_TASK = Duration.ofMillis(100);
  private static final Duration SHORTEST_SLOW_TASK = Duration.ofMillis(1);
  private static final int LENT_SLOTS = 64;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if loops is below 1, or slowTask shorter than a millisecond
   */
  public AsyncOptions {
    if (loops < 1) {
      throw new IllegalArgumentException("loops must be at least 1: " + loops);
    }
    Objects.requireNonNull(slowTask, "slowTask");
    if (slowTask.compareTo(SHORTEST_SLOW_TASK) < 0) {
      throw new IllegalArgumentException("slowTask must be at least 1 ms: " + slowTask);
    }
    Objects.requireNonNull(common, "common");
  }

  /**
   * Returns the default options: one loop, tasks that hold it for 100 ms are reported, and up to 64
   * lent slots once there is a limit.
   *
   * @return the value to start from
   */
  public static AsyncOptions defaults() {
    return new AsyncOptions(1, DEFAULT_SLOW_TASK, false, null, CommonOptions.lending(LENT_SLOTS));
  }

  @Override
  public String backend() {
    return "async";
  }

  /**
   * Sets how many loops there are. Tasks of equal {@linkplain TaskOptions#key(String) keys} share a
   * loop. A task without a key goes to the loop of the task or callback that submits it, and from
   * elsewhere to a loop that is free, or else to the next in turn.
   *
   * @param loops how many; at least 1
   * @return a copy with so many loops
   * @throws IllegalArgumentException if loops is below 1
   */
  public AsyncOptions loops(int loops) {
    return new AsyncOptions(loops, slowTask, isStrict, blocking, common);
  }

  /**
   * Sets how long a task may hold its loop without letting others run. One that takes longer is
   * reported with its stack, as a log line, an event and in {@link dev.baton.Baton#dump()}, and
   * again each time that the time has doubled.
   *
   * @param slowTask the time; at least a millisecond
   * @return a copy with this time
   * @throws IllegalArgumentException if the time is shorter than a millisecond
   */
  public AsyncOptions slowTask(Duration slowTask) {
    return new AsyncOptions(loops, slowTask, isStrict, blocking, common);
  }

  /**
   * Fails a task when it is reported for holding its loop too long, and interrupts it: its future
   * fails with an {@link IllegalStateException}.
   *
   * @return a copy that is strict
   */
  public AsyncOptions strict() {
    return strict(true);
  }

  /**
   * Says whether a task fails when it is reported for holding its loop too long.
   *
   * @param isStrict whether it fails
   * @return a copy that is strict or not
   */
  public AsyncOptions strict(boolean isStrict) {
    return new AsyncOptions(loops, slowTask, isStrict, blocking, common);
  }

  /**
   * Makes the calls of {@link Await#blocking} on an executor, such as another {@link
   * dev.baton.Baton}, which is not closed with this one. An interrupt of the task is passed on to
   * the thread that makes the call; a call that has not begun is then not made. The executor must
   * make or reject every call that it takes: a task waits for one that is dropped until it is
   * interrupted.
   *
   * @param executor makes the calls
   * @return a copy with this executor
   */
  public AsyncOptions blocking(Executor executor) {
    return new AsyncOptions(
        loops, slowTask, isStrict, Objects.requireNonNull(executor, "executor"), common);
  }

  @Override
  public AsyncOptions with(CommonOptions common) {
    return new AsyncOptions(loops, slowTask, isStrict, blocking, common);
  }
}
