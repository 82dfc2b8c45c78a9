package dev.baton.internal.executor;

import dev.baton.BackendException;
import dev.baton.TaskRejectedException;
import dev.baton.internal.task.BorrowedThread;
import dev.baton.internal.task.SubmittedTask;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on an executor of the application's own, which it never closes.
 *
 * <p>That executor may be shut down behind our back and drop what it queued; a virtual thread waits
 * for its end and then fails what is left, so that no future stays open.
 */
final class ForeignExecutor implements Engine {

  private final ExecutorService executor;
  private final BatonExecutor facade;
  private final Map<SubmittedTask<?>, Job> jobs = new ConcurrentHashMap<>();
  private final Thread watcher;

  /** Set by the first task, which starts the watcher. */
  private final AtomicBoolean watching = new AtomicBoolean();

  ForeignExecutor(ExecutorService executor, BatonExecutor facade) {
    this.executor = executor;
    this.facade = facade;
    this.watcher = Thread.ofVirtual().unstarted(this::watch);
  }

  /** What the foreign executor queues: it lets go of a withdrawn task even where it has to stay. */
  private static final class Job implements Runnable {
    /** Cleared when the task is withdrawn. */
    private volatile @Nullable SubmittedTask<?> task;

    Job(SubmittedTask<?> task) {
      this.task = task;
    }

    void letGo() {
      task = null;
    }

    @Override
    public void run() {
      SubmittedTask<?> present = task;
      if (present != null) {
        BorrowedThread.run(present);
      }
    }
  }

  private void watch() {
    try {
      boolean terminated = false;
      while (!terminated) {
        terminated = executor.awaitTermination(1, TimeUnit.DAYS);
      }
      facade.broken(
          new BackendException(
              "The executor behind " + facade.name() + " was terminated: " + executor));
    } catch (InterruptedException closed) {
      // This facade was closed first, and has nothing to watch any more.
    }
  }

  private void watchFromNowOn() {
    boolean mayEnd = executor != ForkJoinPool.commonPool();
    if (mayEnd && watching.compareAndSet(false, true)) {
      watcher.start();
    }
  }

  @Override
  public void start(SubmittedTask<?> task) {
    watchFromNowOn();
    Job job = new Job(task);
    jobs.put(task, job);
    try {
      executor.execute(job);
    } catch (RejectedExecutionException refused) {
      throw new TaskRejectedException(
          "Task " + task.name() + " was rejected by the executor behind " + facade.name() + ".",
          refused);
    }
    if (task.isBodyOver()) {
      jobs.remove(task);
    }
  }

  @Override
  public void withdrawn(SubmittedTask<?> task) {
    Job job = jobs.get(task);
    if (job != null) {
      job.letGo();
      if (executor instanceof ThreadPoolExecutor pool) {
        pool.remove(job);
      }
    }
  }

  @Override
  public void bodyOver(SubmittedTask<?> task) {
    jobs.remove(task);
  }

  @Override
  public boolean lends() {
    return false;
  }

  @Override
  public void lend(SubmittedTask<?> task) {
    throw new IllegalStateException("A foreign executor lends nothing.");
  }

  @Override
  public void resume(SubmittedTask<?> task) {
    throw new IllegalStateException("A foreign executor lends nothing.");
  }

  @Override
  public void forEachWaiting(Consumer<SubmittedTask<?>> visitor) {
    jobs.keySet().stream()
        .filter(task -> !task.isBodyActive())
        .sorted(Comparator.comparingLong(SubmittedTask::id))
        .forEach(visitor);
  }

  @Override
  public void forEachStarted(Consumer<SubmittedTask<?>> visitor) {
    jobs.keySet().stream().filter(SubmittedTask::isBodyActive).forEach(visitor);
  }

  @Override
  public void close() {
    watcher.interrupt();
  }

  @Override
  public String status() {
    return "over " + executor;
  }
}
