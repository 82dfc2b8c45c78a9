package dev.baton.internal.virtual;

import dev.baton.internal.future.Occupant;
import dev.baton.internal.task.SubmittedTask;
import java.lang.Thread.UncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one virtual thread runs, and where its occupant is found: as the thread's handler of
 * uncaught exceptions, which costs it neither a {@link ThreadLocal} nor a place in a map.
 */
final class TaskThread implements Runnable, UncaughtExceptionHandler, Occupant.Carrier {

  private static final Logger LOG = LoggerFactory.getLogger(TaskThread.class);

  final SubmittedTask<?> task;
  private final StartedTasks started;

  /** The task whose slot this is; touched by this thread only, once it runs. */
  private @Nullable Occupant occupant;

  TaskThread(SubmittedTask<?> task, StartedTasks started) {
    this.task = task;
    this.started = started;
    this.occupant = task;
  }

  @Override
  public @Nullable Occupant occupant() {
    return occupant;
  }

  @Override
  public void occupy(@Nullable Occupant next) {
    occupant = next;
  }

  @Override
  public void run() {
    try {
      task.runHere();
    } finally {
      started.remove(this);
    }
  }

  /** Is told what escaped {@link #run}: no exception of the body, those are in the future. */
  @Override
  public void uncaughtException(Thread thread, Throwable ours) {
    LOG.error("Virtual thread {} could not finish {}", thread, task, ours);
    task.fail(ours);
  }
}
