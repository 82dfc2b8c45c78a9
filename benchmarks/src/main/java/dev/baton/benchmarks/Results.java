package dev.baton.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Measures everything in rounds, so that a slow moment of the machine hits all subjects alike, and
 * writes the medians as a table.
 */
public final class Results {

  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private final int rounds;
  private final boolean smoke;
  private final Map<Cell, List<Double>> scores = new LinkedHashMap<>();
  private final Map<Cell, List<Double>> bytes = new LinkedHashMap<>();

  private Results(int rounds, boolean smoke) {
    this.rounds = rounds;
    this.smoke = smoke;
  }

  /** One subject in one benchmark. */
  record Cell(Measure measure, Subject subject) {}

  /**
   * Runs the benchmarks and writes the table to the standard output and, unless it is a smoke test,
   * to the file that is named.
   *
   * @param args {@code smoke}, which takes seconds and proves only that the benchmarks run; or the
   *     file to write, by default {@code RESULTS.md}
   * @throws RunnerException if a benchmark fails
   * @throws IOException if the file cannot be written
   */
  public static void main(String[] args) throws RunnerException, IOException {
    boolean smoke = args.length > 0 && args[0].equals("smoke");
    String table = new Results(smoke ? 1 : 3, smoke).run();
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println(table);
    if (!smoke) {
      Files.writeString(Path.of(args.length > 0 ? args[0] : "RESULTS.md"), table);
    }
  }

  private String run() throws RunnerException {
    for (int round = 0; round < rounds; round++) {
      for (Measure measure : Measure.values()) {
        for (Subject subject : measure.subjects()) {
          measure(new Cell(measure, subject));
        }
      }
    }
    return new ResultTable(medians(scores), medians(bytes), rounds).toMarkdown();
  }

  private void measure(Cell cell) throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(cell.measure().pattern())
        .param("subject", cell.subject().name())
        .addProfiler(GCProfiler.class)
        .shouldFailOnError(true)
        .forks(smoke ? 0 : 1)
        .warmupIterations(smoke ? 1 : 3)
        .warmupTime(time())
        .measurementIterations(smoke ? 1 : 3)
        .measurementTime(time())
        .jvmArgs("-Xms2g", "-Xmx2g");
    for (RunResult result : new Runner(options.build()).run()) {
      add(scores, cell, result.getPrimaryResult().getScore());
      Result<?> allocated = result.getSecondaryResults().get(ALLOCATED);
      if (allocated != null) {
        add(bytes, cell, allocated.getScore());
      }
    }
  }

  private TimeValue time() {
    return smoke ? TimeValue.milliseconds(50) : TimeValue.seconds(1);
  }

  private static void add(Map<Cell, List<Double>> to, Cell cell, double value) {
    to.computeIfAbsent(cell, first -> new ArrayList<>()).add(value);
  }

  private static Map<Cell, Double> medians(Map<Cell, List<Double>> of) {
    Map<Cell, Double> medians = new LinkedHashMap<>();
    of.forEach(
        (cell, values) ->
            medians.put(cell, values.stream().sorted().toList().get(values.size() / 2)));
    return medians;
  }
}
