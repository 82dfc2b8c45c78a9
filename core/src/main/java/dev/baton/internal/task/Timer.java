package dev.baton.internal.task;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that watches timeouts and deadlines of all executors of this JVM. It runs no user
 * code, and ends when it has had nothing to do for a while.
 */
public final class Timer {

  private static final ScheduledThreadPoolExecutor EXECUTOR = newExecutor();

  private Timer() {}

  private static ScheduledThreadPoolExecutor newExecutor() {
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            Thread.ofPlatform()
                .name("baton-timer")
                .daemon(true)
                .inheritInheritableThreadLocals(false)
                .factory());
    executor.setRemoveOnCancelPolicy(true);
    executor.setKeepAliveTime(500, TimeUnit.MILLISECONDS);
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  /** Runs something quick after a time. */
  static Future<?> after(long nanos, Runnable action) {
    return EXECUTOR.schedule(action, nanos, TimeUnit.NANOSECONDS);
  }
}
