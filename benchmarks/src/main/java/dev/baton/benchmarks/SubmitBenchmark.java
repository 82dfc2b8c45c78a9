package dev.baton.benchmarks;

import java.util.concurrent.Callable;
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

/** Submits trivial tasks in batches and then gets their results, with a producer on each thread. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class SubmitBenchmark {

  static final int BATCH = 1_000;

  private static final Callable<Integer> TRIVIAL = () -> 42;

  /** The executor, which all producers share. */
  @State(Scope.Benchmark)
  public static class Shared {
    /** What is measured. */
    @Param public Subject subject = Subject.THREAD_POOL;

    ExecutorService executor;

    /** Opens it. */
    @Setup
    public void open() {
      executor = subject.open();
    }

    /** Closes it. */
    @TearDown
    public void close() {
      executor.close();
    }
  }

  /** What each producer has of its own. */
  @State(Scope.Thread)
  public static class Producer {
    final Future<?>[] futures = new Future<?>[BATCH];
  }

  /** Submits a batch and gets all of it. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void submitAndGet(Shared shared, Producer producer, Blackhole blackhole) throws Exception {
    Future<?>[] futures = producer.futures;
    for (int i = 0; i < BATCH; i++) {
      futures[i] = shared.executor.submit(TRIVIAL);
    }
    for (Future<?> future : futures) {
      blackhole.consume(future.get());
    }
  }
}
