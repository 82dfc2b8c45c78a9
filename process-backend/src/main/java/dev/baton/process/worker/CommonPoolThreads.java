package dev.baton.process.worker;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinPool.ForkJoinWorkerThreadFactory;
import java.util.concurrent.ForkJoinWorkerThread;
import org.jspecify.annotations.Nullable;

/**
 * Makes the threads of the common pool, which find a user's classes as they would in the parent.
 * The JDK makes this factory when the pool is first used, from a system property that names it.
 */
public final class CommonPoolThreads implements ForkJoinWorkerThreadFactory {

  private static final String PROPERTY = "java.util.concurrent.ForkJoinPool.common.threadFactory";

  /**
   * The context class loader of the threads. Volatile: set by the handshake, read by any thread.
   */
  private static volatile @Nullable ClassLoader application;

  /** Makes a factory, for the JDK. */
  public CommonPoolThreads() {}

  /** Lets the common pool use this, unless the application has its own way. */
  static void install(ClassLoader loader) {
    application = loader;
    if (System.getProperty(PROPERTY) == null) {
      System.setProperty(PROPERTY, CommonPoolThreads.class.getName());
    }
  }

  @Override
  public ForkJoinWorkerThread newThread(ForkJoinPool pool) {
    ForkJoinWorkerThread thread = new KeepingThread(pool);
    thread.setContextClassLoader(application);
    return thread;
  }

  /**
   * Keeps its context class loader from task to task, and so its thread locals too: one that clears
   * those has the system's loader from its second task on.
   */
  private static final class KeepingThread extends ForkJoinWorkerThread {
    KeepingThread(ForkJoinPool pool) {
      super(null, pool, true);
    }
  }
}
