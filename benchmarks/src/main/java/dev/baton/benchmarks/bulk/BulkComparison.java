package dev.baton.benchmarks.bulk;

import dev.baton.Baton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Compares {@code map}, {@code asCompleted} and groups over a million items with submitting each
 * item, for each backend in a JVM with so little heap that a million futures would not fit, and
 * prints a table.
 *
 * <p>With arguments {@code BACKEND COUNT ROUNDS} it is such a JVM.
 */
public final class BulkComparison {

  static final List<String> BACKENDS = List.of("threads", "virtual", "async", "process");

  private static final String HEAP = "-Xmx48m";
  private static final int ITEMS = 1_000_000;

  /** So many go to worker JVMs, where each takes several times as long. */
  private static final int REMOTE_ITEMS = 200_000;

  private static final int ROUNDS = 7;

  private BulkComparison() {}

  /**
   * Prints the table, or the rows of one backend.
   *
   * @param args none, or those of one backend
   * @throws Exception if a process cannot be run, or a result is wrong
   */
  public static void main(String[] args) throws Exception {
    if (args.length == 3) {
      measure(args[0], Integer.parseInt(args[1]), Integer.parseInt(args[2]));
      return;
    }
    System.out.println(
        "| backend | what | items a second | × bare submit | floor | × bare batches |");
    System.out.println("| --- | --- | --- | --- | --- | --- |");
    for (String backend : BACKENDS) {
      run(backend);
    }
  }

  private static void run(String backend) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "-XX:+UseParallelGC",
                "-cp",
                System.getProperty("java.class.path"),
                BulkComparison.class.getName(),
                backend,
                String.valueOf(backend.equals("process") ? REMOTE_ITEMS : ITEMS),
                String.valueOf(ROUNDS))
            .inheritIO()
            .start();
    int exitCode = process.waitFor();
    if (exitCode != 0) {
      throw new IOException("The JVM for backend " + backend + " ended with " + exitCode);
    }
  }

  /** Lets all workloads take turns, and prints the medians; the first two rounds warm up. */
  static void measure(String backend, int count, int rounds) throws Exception {
    Map<BulkWorkload, double[]> rates = new EnumMap<>(BulkWorkload.class);
    try (Baton baton = Baton.open(backend)) {
      for (int round = 0; round < rounds; round++) {
        for (BulkWorkload workload : BulkWorkload.values()) {
          rates.computeIfAbsent(workload, any -> new double[rounds])[round] =
              rate(workload, baton, count);
        }
      }
    }
    int warmups = Math.min(2, rounds - 1);
    Map<BulkWorkload, Double> medians = new EnumMap<>(BulkWorkload.class);
    rates.forEach(
        (workload, each) ->
            medians.put(workload, median(Arrays.copyOfRange(each, warmups, rounds))));
    for (BulkWorkload workload : medians.keySet()) {
      System.out.println(row(backend, workload, medians));
    }
  }

  private static double rate(BulkWorkload workload, Baton baton, int count) throws Exception {
    long start = System.nanoTime();
    long sum = workload.run(baton, count);
    double seconds = (System.nanoTime() - start) / 1e9;
    long right = count * (count - 1L) / 2;
    if (sum != right) {
      throw new IllegalStateException(workload + " came to " + sum + ", not to " + right);
    }
    return count / seconds;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private static String row(
      String backend, BulkWorkload workload, Map<BulkWorkload, Double> medians) {
    double rate = Objects.requireNonNull(medians.get(workload));
    double ratio = rate / Objects.requireNonNull(medians.get(BulkWorkload.BARE));
    double inBatches = rate / Objects.requireNonNull(medians.get(workload.bare()));
    String verdict = ratio >= 0.8 ? "0.8 kept" : "0.8 **missed**";
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.2f M | %.2f | %s | %s |",
        backend,
        workload.label(),
        rate / 1e6,
        ratio,
        workload.isMeasured() ? verdict : "",
        workload.bare() == BulkWorkload.BARE ? "" : String.format(Locale.ROOT, "%.2f", inBatches));
  }
}
