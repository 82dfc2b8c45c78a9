package dev.baton.internal.threads;

import dev.baton.ShutdownMode;
import dev.baton.ThreadOptions;
import dev.baton.internal.executor.Engine;
import dev.baton.internal.task.SubmittedTask;
import dev.baton.spi.WorkerScope;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks on a fixed number of threads, and on one more for each slot that is lent.
 *
 * <p>Threads are started one for each submission until there are enough. {@link #size} counts those
 * that live, {@link #target} says how many there should be. Each thread compares the two before it
 * takes a task, and goes if there are too many; so after a wait the pool is over by one until the
 * first of its tasks is over.
 */
@SuppressWarnings("NonAtomicVolatileUpdate") // size and target are written under the lock
public final class ThreadPool implements Engine {

  private static final Logger LOG = LoggerFactory.getLogger(ThreadPool.class);

  /** For how long an idle worker looks for a task before it parks. */
  private static final long SEARCH_NANOS = 50_000;

  /** Fewer withdrawn tasks are left in the queue: they hold nothing and are small. */
  private static final int SWEPT_FROM = 64;

  /** First in first out. Withdrawn tasks stay until they are taken or swept out. */
  private final SegmentedQueue<SubmittedTask<?>> queue = new SegmentedQueue<>();

  private final IdleWorkers idle = new IdleWorkers(this::hasReasonToLook);

  /** Guards changes of size, target and closed, so that they are compared and changed as one. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Threads that live; written under the lock. */
  private volatile int size;

  /** Threads that there should be; written under the lock. */
  private volatile int target;

  /** Whether the pool is to end with what is queued; written under the lock. */
  private volatile boolean closed;

  /**
   * Set before running tasks are looked for to be stopped; a worker says what it runs before it
   * reads this. So a task that is just being taken is asked to stop by one of the two.
   */
  private volatile boolean stopping;

  private final Set<WorkerThread> threads = ConcurrentHashMap.newKeySet();
  private final AtomicInteger names = new AtomicInteger();
  private final String namePrefix;
  private final ThreadOptions options;
  private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();

  /** Withdrawn tasks that may still be in the queue, and at how many of them it is swept. */
  private final AtomicInteger withdrawn = new AtomicInteger();

  private volatile int sweepAt = SWEPT_FROM;

  /** Opens a pool for an executor. */
  public ThreadPool(ThreadOptions options, String executor) {
    this.options = options;
    this.target = options.workers();
    this.namePrefix = "baton-" + executor + "-";
  }

  @Override
  public void start(SubmittedTask<?> task) {
    queue.add(task);
    if (size < target) {
      grow(task);
    }
    idle.taskAdded();
  }

  /** Starts a thread if there are too few. The task is failed if there is none at all to run it. */
  private void grow(@Nullable SubmittedTask<?> task) {
    lock.lock();
    try {
      if (size >= target || closed) {
        return;
      }
      WorkerThread thread =
          new WorkerThread(
              this,
              namePrefix + names.incrementAndGet(),
              new WorkerScope(options.common().resources()),
              loader);
      thread.setDaemon(true);
      thread.setContextClassLoader(loader);
      threads.add(thread);
      try {
        thread.start();
        size++;
      } catch (Throwable noThread) {
        threads.remove(thread);
        if (size == 0 && task != null) {
          throw noThread;
        }
        LOG.warn("A worker of {} could not be started; {} go on", namePrefix, size, noThread);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns the next task for a worker, or null if the thread is to end. */
  @SuppressWarnings("ThreadPriorityCheck") // yields while it looks for a task
  @Nullable SubmittedTask<?> next(WorkerThread worker) {
    boolean searching = false;
    long giveUp = 0;
    while (size <= target || !leave()) {
      SubmittedTask<?> task = queue.poll();
      if (task != null) {
        endSearch(searching);
        return task;
      }
      if (!searching && idle.beginSearch()) {
        searching = true;
        giveUp = System.nanoTime() + SEARCH_NANOS;
      } else if (searching && System.nanoTime() - giveUp < 0) {
        Thread.yield(); // the search is bounded, and waking up would cost far more
      } else {
        endSearch(searching);
        searching = idle.park(worker);
        giveUp = System.nanoTime() + SEARCH_NANOS;
      }
    }
    endSearch(searching);
    return null;
  }

  private boolean hasReasonToLook() {
    return size > target || !queue.isEmpty();
  }

  private void endSearch(boolean searching) {
    if (searching) {
      idle.endSearch();
    }
  }

  private boolean leave() {
    lock.lock();
    try {
      if (size <= target) {
        return false;
      }
      size--;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Is told, by a thread that was sent away, that it ends. */
  void gone(WorkerThread thread) {
    threads.remove(thread);
  }

  @Override
  public void withdrawn(SubmittedTask<?> task) {
    int dead = withdrawn.incrementAndGet();
    if (dead >= sweepAt && withdrawn.compareAndSet(dead, 0)) {
      int left = queue.removeIf(SubmittedTask::isBodyOver);
      sweepAt = Math.max(SWEPT_FROM, left / 2);
    }
  }

  @Override
  public void lend(SubmittedTask<?> task) {
    retarget(1);
    if (!queue.isEmpty()) {
      grow(null);
    }
  }

  @Override
  public void resume(SubmittedTask<?> task) {
    retarget(-1);
    idle.wakeOne();
  }

  private void retarget(int change) {
    lock.lock();
    try {
      target += change;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void forEachWaiting(Consumer<SubmittedTask<?>> visitor) {
    queue.forEach(
        task -> {
          if (!task.isBodyOver()) {
            visitor.accept(task);
          }
        });
  }

  @Override
  public void forEachStarted(Consumer<SubmittedTask<?>> visitor) {
    for (WorkerThread thread : threads) {
      SubmittedTask<?> current = thread.current();
      if (current != null) {
        visitor.accept(current);
      }
    }
  }

  @Override
  public void shutdown(ShutdownMode mode) {
    if (mode == ShutdownMode.TERMINATE) {
      stopping = true;
      sendAllAway();
    }
  }

  /** Tells whether a task that was just taken has to be asked to stop as it begins. */
  boolean isStopping() {
    return stopping;
  }

  /** Lets each thread go after its present task; what is queued is left to whoever shuts down. */
  private void sendAllAway() {
    lock.lock();
    try {
      closed = true;
      target = Math.min(target, 0);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    sendAllAway();
    List<WorkerThread> last = List.copyOf(threads);
    last.forEach(thread -> idle.wakeOne());
    boolean interrupted = false;
    for (WorkerThread thread : last) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException goOn) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public String status() {
    return "threads: " + size + " of " + target + " workers";
  }
}
