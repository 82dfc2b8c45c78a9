package dev.baton.internal.task;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs a task on a thread that is not ours, and leaves the thread as it was found: its interrupt
 * flag, context class loader, name and logging context.
 */
public final class BorrowedThread {

  private BorrowedThread() {}

  /** Runs a task here. */
  public static void run(Runnable task) {
    Thread thread = Thread.currentThread();
    boolean interrupted = Thread.interrupted();
    ClassLoader loader = thread.getContextClassLoader();
    String name = thread.getName();
    @Nullable Map<String, String> entries = LoggingContext.capture();
    try {
      task.run();
    } finally {
      LoggingContext.install(entries);
      restore(thread, loader, name);
      if (interrupted) {
        thread.interrupt();
      }
    }
  }

  /**
   * Gives the current thread its context class loader and its name back, if a task or a callback
   * changed them, and clears its interrupt flag.
   */
  @SuppressWarnings("ReferenceEquality") // an equal name in another string was set by a task
  public static void restore(Thread thread, @Nullable ClassLoader loader, String name) {
    Thread.interrupted();
    if (thread.getContextClassLoader() != loader) {
      thread.setContextClassLoader(loader);
    }
    if (thread.getName() != name) {
      thread.setName(name);
    }
  }
}
