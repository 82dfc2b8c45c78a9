package dev.baton.benchmarks;

import dev.baton.Baton;
import dev.baton.ThreadOptions;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** An executor that is measured, with two workers where it has workers. */
public enum Subject {
  /** The JDK's pool with the queue that {@code newFixedThreadPool} gives it. */
  THREAD_POOL("ThreadPoolExecutor"),

  /** The JDK's work-stealing pool, first in first out. */
  FORK_JOIN("ForkJoinPool, async"),

  /** Ours, on threads. */
  BATON_THREADS("Baton on threads"),

  /** The JDK's virtual thread for each task. */
  VIRTUAL_PER_TASK("newVirtualThreadPerTaskExecutor"),

  /** Ours, on virtual threads. */
  BATON_VIRTUAL("Baton on virtual threads"),

  /** Ours, on an event loop. */
  BATON_LOOP("Baton on an event loop");

  private final String label;

  Subject(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  ExecutorService open() {
    return switch (this) {
      case THREAD_POOL ->
          new ThreadPoolExecutor(2, 2, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
      case FORK_JOIN ->
          new ForkJoinPool(2, ForkJoinPool.defaultForkJoinWorkerThreadFactory, null, true);
      case BATON_THREADS -> Baton.open(ThreadOptions.defaults().workers(2));
      case VIRTUAL_PER_TASK -> Executors.newVirtualThreadPerTaskExecutor();
      case BATON_VIRTUAL -> Baton.open("virtual");
      case BATON_LOOP -> Baton.open("async");
    };
  }

  /** Returns what this one is compared with. */
  Subject peer() {
    return isVirtual() ? VIRTUAL_PER_TASK : THREAD_POOL;
  }

  boolean isOurs() {
    return this == BATON_THREADS || this == BATON_VIRTUAL || this == BATON_LOOP;
  }

  /** Tells whether there are two workers, so that two bodies hold up all that come after. */
  boolean hasWorkers() {
    return !isVirtual() && this != BATON_LOOP;
  }

  /** Tells whether each task gets a virtual thread, so that none is pending for long. */
  boolean isVirtual() {
    return this == VIRTUAL_PER_TASK || this == BATON_VIRTUAL;
  }
}
