package dev.baton.benchmarks;

import dev.baton.Baton;
import dev.baton.ThreadOptions;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An executor that is measured, with two workers where it has workers. */
@SuppressWarnings("ImmutableEnumChecker") // the openers capture nothing
public enum Subject {
  /** The JDK's pool with a linked queue: the peer of Baton's threads. */
  THREAD_POOL_EXECUTOR("ThreadPoolExecutor", null, () -> Executors.newFixedThreadPool(2)),

  /** Baton's threads. */
  BATON_THREADS(
      "Baton threads", THREAD_POOL_EXECUTOR, () -> Baton.open(ThreadOptions.defaults().workers(2))),

  /** The JDK's work-stealing pool, first in first out. */
  FORK_JOIN_POOL(
      "ForkJoinPool",
      THREAD_POOL_EXECUTOR,
      () -> new ForkJoinPool(2, ForkJoinPool.defaultForkJoinWorkerThreadFactory, null, true)),

  /** The JDK's virtual thread for each task: the peer of Baton's virtual threads. */
  VIRTUAL_THREADS("virtual threads", null, Executors::newVirtualThreadPerTaskExecutor),

  /** Baton's virtual threads. */
  BATON_VIRTUAL("Baton virtual", VIRTUAL_THREADS, () -> Baton.open("virtual"));

  private final String title;
  private final @Nullable Subject peer;
  private final Supplier<ExecutorService> opener;

  Subject(String title, @Nullable Subject peer, Supplier<ExecutorService> opener) {
    this.title = title;
    this.peer = peer;
    this.opener = opener;
  }

  /** Returns the name for the table. */
  public String title() {
    return title;
  }

  /** Returns whom it is compared with: its peer, or itself. */
  public Subject peer() {
    return peer == null ? this : peer;
  }

  /** Opens one. */
  public ExecutorService open() {
    return opener.get();
  }
}
