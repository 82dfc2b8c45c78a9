package dev.baton.process.host;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What has to happen after a time, for all workers of one executor. */
final class Clock implements AutoCloseable {

  private final ScheduledThreadPoolExecutor timer;

  /** The timer's one thread; written as it is made, by whoever first has a time to keep. */
  private volatile @Nullable Thread thread;

  Clock(String threadName) {
    timer =
        new ScheduledThreadPoolExecutor(
            1, what -> newThread(threadName, what), new ThreadPoolExecutor.DiscardPolicy());
    timer.setRemoveOnCancelPolicy(true);
    timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  private Thread newThread(String name, Runnable what) {
    Thread made = Thread.ofPlatform().name(name).daemon(true).unstarted(what);
    thread = made;
    return made;
  }

  /** Does something after a time; it must be short. After the close it is never done. */
  Future<?> after(long nanos, Runnable what) {
    return timer.schedule(what, nanos, TimeUnit.NANOSECONDS);
  }

  /** Ends the thread, and waits for it, deaf to interrupts. */
  @Override
  public void close() {
    timer.shutdownNow();
    boolean interrupted = false;
    while (thread instanceof Thread last && last.isAlive()) {
      try {
        last.join();
      } catch (InterruptedException goOn) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
