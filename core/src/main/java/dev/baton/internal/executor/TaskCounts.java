package dev.baton.internal.executor;

import dev.baton.TaskFuture;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts tasks without a lock, exactly enough to tell when none is unfinished.
 *
 * <p>A task is counted in before the executor's state is read, and counted out last of all. {@link
 * #isIdle()} reads the outs before the ins, and both only grow: if the two are equal, then at the
 * moment between the reads no task was unfinished.
 */
final class TaskCounts {

  /** The place of the count of tasks in its array. */
  private static final int IN = 16;

  /**
   * Tasks counted in. Submitters write it and workers write the adders: the empty places around it
   * keep the two off each other's cache lines.
   */
  private final AtomicLongArray in = new AtomicLongArray(2 * IN);

  private final LongAdder succeeded = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder cancelled = new LongAdder();

  /** Tasks that were counted in and came too late. */
  private final LongAdder rejected = new LongAdder();

  /** Tasks that were not even counted in. */
  private final LongAdder refused = new LongAdder();

  /** Counts a task in, and returns its id. */
  long enter() {
    return in.incrementAndGet(IN);
  }

  /** Counts a task out that came too late. */
  void reject() {
    rejected.increment();
  }

  /** Counts a task that was rejected before it was counted in. */
  void refuse() {
    refused.increment();
  }

  /** Returns how many were counted in, which is the id of the newest. */
  long entered() {
    return in.get(IN);
  }

  long accepted() {
    return in.get(IN) - rejected.sum();
  }

  /** Counts a task out, by how its future ended. */
  void exit(TaskFuture<?> task) {
    switch (task.state()) {
      case SUCCESS -> succeeded.increment();
      case CANCELLED -> cancelled.increment();
      default -> failed.increment();
    }
  }

  boolean isIdle() {
    return unfinished() == 0;
  }

  long unfinished() {
    long out = succeeded.sum() + failed.sum() + cancelled.sum() + rejected.sum();
    return in.get(IN) - out;
  }

  long succeeded() {
    return succeeded.sum();
  }

  long failed() {
    return failed.sum();
  }

  long cancelled() {
    return cancelled.sum();
  }

  long rejected() {
    return rejected.sum() + refused.sum();
  }
}
