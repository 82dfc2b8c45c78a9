package dev.baton.benchmarks;

import dev.baton.Baton;
import dev.baton.Task;
import java.util.ArrayList;
import java.util.List;
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
import org.openjdk.jmh.annotations.Threads;

/** Submits trivial tasks and waits for them: what the facade and its futures cost. */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SubmitBenchmark {

  private static final int BATCH = 1_000;
  private static final Callable<Integer> TASK = () -> 1;
  private static final Task<Integer> SERIALIZABLE_TASK = () -> 1;

  /** The executor that is measured. */
  @Param public Subject subject = Subject.BATON_THREADS;

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

  /** One producer keeps a batch in flight. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  @Threads(1)
  public int oneProducer() throws Exception {
    return submitAndGetAll();
  }

  /** Two producers keep a batch each in flight. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  @Threads(2)
  public int twoProducers() throws Exception {
    return submitAndGetAll();
  }

  /** One task at a time. */
  @Benchmark
  @BenchmarkMode(Mode.AverageTime)
  public int roundTrip() throws Exception {
    return submit().get();
  }

  private int submitAndGetAll() throws Exception {
    List<Future<Integer>> futures = new ArrayList<>(BATCH);
    for (int i = 0; i < BATCH; i++) {
      futures.add(submit());
    }
    int sum = 0;
    for (Future<Integer> future : futures) {
      sum += future.get();
    }
    return sum;
  }

  private Future<Integer> submit() {
    return executor instanceof Baton baton
        ? baton.submit(SERIALIZABLE_TASK)
        : executor.submit(TASK);
  }
}
