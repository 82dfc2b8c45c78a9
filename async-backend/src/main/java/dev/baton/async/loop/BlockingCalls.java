package dev.baton.async.loop;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Where the calls of {@code Await.blocking} are made. */
final class BlockingCalls {

  /** Makes the calls, or null if each is made on the thread of its task. */
  private final @Nullable Executor executor;

  private final Carriers carriers;

  /** Our own, if there is one. */
  private final @Nullable ThreadPoolExecutor ours;

  private BlockingCalls(
      @Nullable Executor executor, @Nullable ThreadPoolExecutor ours, Carriers carriers) {
    this.carriers = carriers;
    this.executor = executor;
    this.ours = ours;
  }

  /** Makes calls on the chosen executor, or where they disturb the loops least. */
  static BlockingCalls on(@Nullable Executor chosen, String executorName, Carriers carriers) {
    if (chosen != null || !Carriers.CAN_BE_KEPT) {
      return new BlockingCalls(chosen, null, carriers);
    }
    ThreadPoolExecutor pool = platformThreads(executorName);
    return new BlockingCalls(pool, pool, carriers);
  }

  /** Returns a pool that has a thread for each call, and keeps it for a second. */
  static ThreadPoolExecutor platformThreads(String executorName) {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        1,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        Thread.ofPlatform()
            .name("baton-" + executorName + "-blocking-", 1)
            .daemon(true)
            .inheritInheritableThreadLocals(false)
            .factory());
  }

  /** Makes a call and waits for its end, also when interrupted: the interrupt is passed on. */
  <T extends @Nullable Object> T make(Callable<T> call) throws Exception {
    if (executor == null) {
      return call.call();
    }
    Callable<T> made = ours == null ? call : asOnThisThread(call);
    LentCall<T> lent = new LentCall<>(made, carriers);
    executor.execute(lent);
    return lent.await();
  }

  /**
   * Wraps a call for a thread of ours, so that it finds what it would find on the thread of its
   * task, and leaves nothing for the next call.
   */
  private static <T extends @Nullable Object> Callable<T> asOnThisThread(Callable<T> call) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    return () -> {
      Thread lent = Thread.currentThread();
      String name = lent.getName();
      ClassLoader before = lent.getContextClassLoader();
      lent.setContextClassLoader(loader);
      try {
        return call.call();
      } finally {
        Thread.interrupted();
        lent.setContextClassLoader(before);
        lent.setName(name);
      }
    };
  }

  /** Ends our own threads, none of which has a call to make any more, and waits for that. */
  void close() {
    if (ours != null) {
      ours.close();
    }
  }
}
