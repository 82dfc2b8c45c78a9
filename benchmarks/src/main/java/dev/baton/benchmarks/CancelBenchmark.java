package dev.baton.benchmarks;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Cancels tasks that wait in the queue behind two that hold the workers. The time is that of the
 * cancels alone; the bytes are those of the submits too.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class CancelBenchmark {

  private static final int BATCH = 1_000;

  private static final Callable<Integer> TRIVIAL = () -> 42;

  /** What is measured; virtual threads leave nothing pending. */
  @Param({"THREAD_POOL", "FORK_JOIN", "BATON_THREADS"})
  public Subject subject = Subject.THREAD_POOL;

  private final Future<?>[] pending = new Future<?>[BATCH];
  private final Future<?>[] holders = new Future<?>[2];
  private ExecutorService executor;
  private CountDownLatch release;

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

  /** Holds the workers and fills the queue. */
  @Setup(Level.Invocation)
  public void fill() throws InterruptedException {
    CountDownLatch held = new CountDownLatch(holders.length);
    CountDownLatch latch = new CountDownLatch(1);
    for (int i = 0; i < holders.length; i++) {
      holders[i] =
          executor.submit(
              () -> {
                held.countDown();
                latch.await();
                return null;
              });
    }
    held.await();
    release = latch;
    for (int i = 0; i < BATCH; i++) {
      pending[i] = executor.submit(TRIVIAL);
    }
  }

  /** Lets the workers clear the queue. */
  @TearDown(Level.Invocation)
  public void drain() throws Exception {
    release.countDown();
    for (Future<?> holder : holders) {
      holder.get();
    }
    executor.submit(TRIVIAL).get();
  }

  /** Cancels what is pending. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public int cancel() {
    int cancelled = 0;
    for (Future<?> future : pending) {
      if (future.cancel(false)) {
        cancelled++;
      }
    }
    return cancelled;
  }
}
