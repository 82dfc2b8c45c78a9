package dev.baton.benchmarks;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Submits tasks behind two that hold the workers, cancels them, and lets the workers go on to the
 * next. All of that counts, because some executors leave a cancelled task in the queue, which makes
 * the cancel cheap and the worker pay.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class CancelBenchmark {

  private static final int BATCH = 1_000;

  private static final int WORKERS = 2;

  private static final Callable<Integer> TRIVIAL = () -> 42;

  /** What is measured; virtual threads leave nothing pending. */
  @Param({"THREAD_POOL", "FORK_JOIN", "BATON_THREADS"})
  public Subject subject = Subject.THREAD_POOL;

  private final Future<?>[] pending = new Future<?>[BATCH];
  private ExecutorService executor;

  /** Opens the executor. */
  @Setup
  public void open() {
    executor = subject.open();
  }

  /** Closes it. */
  @TearDown
  public void close() {
    executor.close();
  }

  /** Fills the queue, cancels what is in it, and waits until the workers are past it. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void cancel(Blackhole blackhole) throws Exception {
    CountDownLatch release = holdWorkers();
    for (int i = 0; i < BATCH; i++) {
      pending[i] = executor.submit(TRIVIAL);
    }
    for (Future<?> future : pending) {
      blackhole.consume(future.cancel(false));
    }
    release.countDown();
    executor.submit(TRIVIAL).get();
  }

  private CountDownLatch holdWorkers() throws InterruptedException {
    CountDownLatch held = new CountDownLatch(WORKERS);
    CountDownLatch release = new CountDownLatch(1);
    for (int i = 0; i < WORKERS; i++) {
      executor.submit(
          () -> {
            held.countDown();
            release.await();
            return null;
          });
    }
    held.await();
    return release;
  }
}
