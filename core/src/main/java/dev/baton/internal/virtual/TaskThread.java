package dev.baton.internal.virtual;

import dev.baton.internal.future.Occupant;
import dev.baton.internal.task.SubmittedTask;
import java.lang.Thread.UncaughtExceptionHandler;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one virtual thread runs, and where its occupant is found: as the thread's handler of
 * uncaught exceptions, which costs it neither a {@link ThreadLocal} nor a place in a map.
 */
final class TaskThread implements Runnable, UncaughtExceptionHandler, Occupant.Carrier {

  private static final Logger LOG = LoggerFactory.getLogger(TaskThread.class);

  /** The task; null when it is over, or could not be started. Cleared by this thread only. */
  private volatile @Nullable SubmittedTask<?> task;

  /**
   * The set that this was put into, or null. Written before this is put there, and read after the
   * task was cleared.
   */
  private volatile @Nullable StartedTasks keeper;

  /** The task whose slot this is; touched by this thread only, once it runs. */
  private @Nullable Occupant occupant;

  TaskThread(SubmittedTask<?> task) {
    this.task = task;
    this.occupant = task;
  }

  @Nullable SubmittedTask<?> task() {
    return task;
  }

  /** Is told that this is put into a set, from which it has to be taken out at its end. */
  void keptBy(StartedTasks started) {
    keeper = started;
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
    SubmittedTask<?> mine = Objects.requireNonNull(task, "a thread starts with its task");
    try {
      mine.runHere();
    } catch (Throwable ours) { // no exception of the body: those are in the future
      LOG.error("Virtual thread {} could not finish {}", Thread.currentThread(), mine, ours);
      mine.fail(ours);
    } finally {
      end();
    }
  }

  /** Lets go of the task. */
  void end() {
    task = null;
    occupant = null;
    StartedTasks keptBy = keeper;
    if (keptBy != null) {
      keptBy.remove(this);
    }
  }

  @Override
  public void uncaughtException(Thread thread, Throwable ours) {
    LOG.error("Virtual thread {} could not end", thread, ours);
  }
}
