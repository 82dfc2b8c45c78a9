package dev.baton.internal.threads;

import dev.baton.internal.future.Occupant;
import dev.baton.internal.task.BorrowedThread;
import dev.baton.internal.task.ScopedWorker;
import dev.baton.internal.task.SubmittedTask;
import dev.baton.spi.WorkerScope;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread of a pool, with what it keeps between its tasks. */
final class WorkerThread extends Thread implements Occupant.Carrier, ScopedWorker {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerThread.class);

  private final ThreadPool pool;
  private final WorkerScope scope;
  private final String ownName;
  private final @Nullable ClassLoader ownLoader;

  /** Whether it is among the parked ones; set by itself, cleared by who wakes it. */
  volatile boolean isParked;

  /** The task whose slot this is; touched by this thread only. */
  private @Nullable Occupant occupant;

  /** The task that runs here, for those who look from outside; written by this thread only. */
  private volatile @Nullable SubmittedTask<?> current;

  WorkerThread(ThreadPool pool, String name, WorkerScope scope, @Nullable ClassLoader loader) {
    super(null, null, name, 0, false);
    this.pool = pool;
    this.scope = scope;
    this.ownName = name;
    this.ownLoader = loader;
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
  public WorkerScope scope() {
    return scope;
  }

  @Nullable SubmittedTask<?> current() {
    return current;
  }

  @Override
  public void run() {
    try {
      for (SubmittedTask<?> task; (task = pool.next(this)) != null; ) {
        current = task;
        run(task);
        current = null;
        BorrowedThread.restore(this, ownLoader, ownName);
      }
    } finally {
      scope.close();
      pool.gone(this);
    }
  }

  /** Runs a task. What this throws is no exception of the body: those are in the future. */
  private void run(SubmittedTask<?> task) {
    try {
      if (pool.isStopping()) {
        task.runAskedToStop();
      } else {
        task.run();
      }
    } catch (Throwable ours) {
      LOG.error("Worker {} could not finish {}", ownName, task, ours);
      task.fail(ours);
    }
  }
}
