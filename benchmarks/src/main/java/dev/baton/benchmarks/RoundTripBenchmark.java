package dev.baton.benchmarks;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Submits one trivial task to an idle executor and waits for its result. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class RoundTripBenchmark {

  private static final Callable<Integer> TRIVIAL = () -> 42;

  /** What is measured. */
  @Param public Subject subject = Subject.THREAD_POOL;

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

  /** Submits a task and gets it. */
  @Benchmark
  public Integer submitAndGet() throws Exception {
    return executor.submit(TRIVIAL).get();
  }
}
