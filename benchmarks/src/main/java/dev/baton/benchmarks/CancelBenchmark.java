package dev.baton.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Cancels tasks that wait behind busy workers. What is cancelled has to leave the queue: Baton sees
 * to that by itself, a {@link ThreadPoolExecutor} has to be told once a batch.
 */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CancelBenchmark {

  private static final int BATCH = 1_000;
  private static final Callable<Integer> TASK = () -> 1;

  /** The executor that is measured. */
  @Param({"THREAD_POOL_EXECUTOR", "BATON_THREADS"})
  public Subject subject = Subject.BATON_THREADS;

  private ExecutorService executor;
  private CountDownLatch release;

  /** Opens the executor and keeps both of its workers busy. */
  @Setup
  public void block() {
    executor = subject.open();
    release = new CountDownLatch(1);
    for (int worker = 0; worker < 2; worker++) {
      executor.execute(this::awaitRelease);
    }
  }

  private void awaitRelease() {
    try {
      release.await();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets the workers go and closes the executor. */
  @TearDown
  public void close() {
    release.countDown();
    executor.close();
  }

  /** Submits a batch and cancels it. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int cancelPending() {
    List<Future<Integer>> futures = new ArrayList<>(BATCH);
    for (int i = 0; i < BATCH; i++) {
      futures.add(executor.submit(TASK));
    }
    int cancelled = 0;
    for (Future<Integer> future : futures) {
      cancelled += future.cancel(false) ? 1 : 0;
    }
    if (executor instanceof ThreadPoolExecutor pool) {
      pool.purge();
    }
    return cancelled;
  }
}
