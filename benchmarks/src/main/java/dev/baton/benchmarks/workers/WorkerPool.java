package dev.baton.benchmarks.workers;

import dev.baton.Baton;
import dev.baton.TaskFuture;
import dev.baton.ThreadOptions;
import dev.baton.process.ProcessOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** The work on Baton's worker JVMs. */
final class WorkerPool {

  private static final int CALLERS = 8;
  private static final int COMPUTATIONS = 24;
  private static final int STARTS = 5;
  private static final int PAYLOADS = 3;

  private final double scale;
  private final Map<Figure, Double> figures = new EnumMap<>(Figure.class);

  private WorkerPool(double scale) {
    this.scale = scale;
  }

  /** Measures once. */
  static Map<Figure, Double> measure(double scale) throws Exception {
    WorkerPool pool = new WorkerPool(scale);
    pool.start();
    pool.spinning();
    pool.payloads();
    pool.quiet();
    pool.compute();
    return pool.figures;
  }

  private static ProcessOptions options() {
    return ProcessOptions.defaults().workers(1);
  }

  private int scaled(int count) {
    return (int) (count * scale);
  }

  private void start() throws Exception {
    double[] times = new double[STARTS];
    for (int i = 0; i < STARTS; i++) {
      long began = System.nanoTime();
      try (Baton baton = Baton.open(options())) {
        baton.submit(() -> 1).get();
        times[i] = (System.nanoTime() - began) / 1e6;
      }
    }
    Arrays.sort(times);
    figures.put(Figure.START, times[STARTS / 2]);
  }

  private void spinning() throws Exception {
    try (Baton baton = Baton.open(options().heap(1024))) {
      roundTrips(baton, scaled(2_000));
      double[] times = roundTrips(baton, scaled(20_000));
      figures.put(Figure.ROUND_TRIP_MEDIAN, percentile(times, 0.5));
      figures.put(Figure.ROUND_TRIP_TAIL, percentile(times, 0.99));
      callers(baton, scaled(2_000));
      figures.put(Figure.CALLERS, callers(baton, scaled(20_000)));
      stream(baton, scaled(100_000));
      figures.put(Figure.STREAM, stream(baton, scaled(500_000)));
    }
  }

  private void payloads() throws Exception {
    int size = scaled(100_000_000);
    try (Baton baton = Baton.open(options().heap(1024))) {
      figures.put(Figure.PAYLOAD, payload(baton, size));
    }
    try (Baton baton = Baton.open(options().heap(1024).withoutSharedMemory())) {
      figures.put(Figure.PIPED_PAYLOAD, payload(baton, size));
    }
  }

  private void quiet() throws Exception {
    try (Baton baton = Baton.open(options().spin(Duration.ZERO))) {
      roundTrips(baton, scaled(2_000));
      double[] times = roundTrips(baton, scaled(10_000));
      figures.put(Figure.QUIET_MEDIAN, percentile(times, 0.5));
      figures.put(Figure.QUIET_TAIL, percentile(times, 0.99));
    }
    try (Baton baton = Baton.open(options())) {
      idle(ProcessHandle.of(baton.submit(() -> ProcessHandle.current().pid()).get()).orElseThrow());
    }
  }

  private void idle(ProcessHandle worker) throws IOException, InterruptedException {
    TimeUnit.SECONDS.sleep(1); // what the start has left to do
    long before = cpuNanos(worker);
    TimeUnit.SECONDS.sleep(2);
    figures.put(Figure.IDLE_TIME, (cpuNanos(worker) - before) / 2e6);
    Path memory = Path.of("/proc", String.valueOf(worker.pid()), "smaps_rollup");
    if (Files.isReadable(memory)) {
      figures.put(Figure.MEMORY, proportionalMegabytes(Files.readAllLines(memory)));
    }
  }

  private static long cpuNanos(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  private static double proportionalMegabytes(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("Pss:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(Double.NaN);
  }

  /** Returns how many microseconds each took, sorted. */
  private static double[] roundTrips(Baton baton, int count)
      throws ExecutionException, InterruptedException {
    double[] times = new double[count];
    for (int i = 0; i < count; i++) {
      int n = i;
      long began = System.nanoTime();
      baton.submit(() -> n).get();
      times[i] = (System.nanoTime() - began) / 1e3;
    }
    Arrays.sort(times);
    return times;
  }

  private static double percentile(double[] sorted, double share) {
    return sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))];
  }

  private static double callers(Baton baton, int count) throws Exception {
    try (Baton threads = Baton.open(ThreadOptions.defaults().workers(CALLERS))) {
      List<TaskFuture<double[]>> callers = new ArrayList<>();
      long began = System.nanoTime();
      for (int i = 0; i < CALLERS; i++) {
        callers.add(threads.submit(() -> roundTrips(baton, count)));
      }
      for (TaskFuture<double[]> caller : callers) {
        caller.get();
      }
      return CALLERS * count / ((System.nanoTime() - began) / 1e9);
    }
  }

  private static double stream(Baton baton, int count) throws Exception {
    List<TaskFuture<Integer>> futures = new ArrayList<>(count);
    long began = System.nanoTime();
    for (int i = 0; i < count; i++) {
      int n = i;
      futures.add(baton.submit(() -> n));
    }
    for (TaskFuture<Integer> future : futures) {
      future.get();
    }
    return count / ((System.nanoTime() - began) / 1e9);
  }

  private static double payload(Baton baton, int size) throws Exception {
    byte[] data = new byte[size];
    baton.submit(bytes -> bytes, data).get();
    double[] rates = new double[PAYLOADS];
    for (int i = 0; i < PAYLOADS; i++) {
      long began = System.nanoTime();
      baton.submit(bytes -> bytes, data).get();
      rates[i] = 2 * size / 1e6 / ((System.nanoTime() - began) / 1e9);
    }
    Arrays.sort(rates);
    return rates[PAYLOADS / 2];
  }

  private void compute() throws Exception {
    int n = scale < 1 ? 24 : 34;
    double workers;
    try (Baton baton = Baton.open(ProcessOptions.defaults().workers(2))) {
      workers = speedUp(baton, n);
    }
    try (Baton baton = Baton.open(ThreadOptions.defaults().workers(2))) {
      figures.put(Figure.COMPUTE, workers / speedUp(baton, n));
    }
  }

  private static double speedUp(Baton baton, int n) throws Exception {
    compute(baton, n, 4);
    long began = System.nanoTime();
    compute(baton, n, COMPUTATIONS);
    long together = System.nanoTime() - began;
    began = System.nanoTime();
    for (int i = 0; i < COMPUTATIONS; i++) {
      fibonacci(n);
    }
    return (double) (System.nanoTime() - began) / together;
  }

  private static void compute(Baton baton, int n, int times) throws Exception {
    List<TaskFuture<Long>> futures = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      futures.add(baton.submit(() -> fibonacci(n)));
    }
    for (TaskFuture<Long> future : futures) {
      future.get();
    }
  }

  private static long fibonacci(int n) {
    return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
  }
}
