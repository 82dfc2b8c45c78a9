package dev.baton.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;

/**
 * Measures all subjects in turns, so that whatever slows the machine for a while slows all of them,
 * and writes {@code RESULTS.md} into the current directory.
 */
public final class Comparison {

  private static final String BYTES = "gc.alloc.rate.norm";

  private Comparison() {}

  /**
   * Runs the comparison.
   *
   * @param arguments {@code --smoke} to measure for a few seconds and to print the table only
   */
  public static void main(String... arguments) throws IOException, RunnerException {
    if (arguments.length == 0) {
      String table = ResultsTable.of(measure(Plan.FULL));
      Path file = Path.of("RESULTS.md");
      Files.writeString(file, table + laterSections(file));
      System.out.print(table);
    } else if (arguments.length == 1 && arguments[0].equals("--smoke")) {
      System.out.print(ResultsTable.of(measure(Plan.SMOKE)));
    } else {
      System.err.println("Unknown arguments " + List.of(arguments) + "; --smoke is the only one.");
      System.exit(2);
    }
  }

  /** Returns what other programs have measured, which stands in sections of its own. */
  private static String laterSections(Path file) throws IOException {
    String present = Files.exists(file) ? Files.readString(file) : "";
    int start = present.indexOf("\n## ");
    return start < 0 ? "" : present.substring(start);
  }

  static List<Sample> measure(Plan plan) throws RunnerException {
    List<Sample> samples = new ArrayList<>();
    for (int round = 0; round < plan.rounds(); round++) {
      for (Measure measure : Measure.values()) {
        List<Subject> turns = new ArrayList<>(measure.subjects());
        Collections.rotate(turns, round);
        for (Subject subject : turns) {
          samples.add(measure(plan, measure, subject, round));
        }
      }
      System.err.println("Round " + (round + 1) + " of " + plan.rounds() + " is done.");
    }
    return samples;
  }

  private static Sample measure(Plan plan, Measure measure, Subject subject, int round)
      throws RunnerException {
    RunResult run = new Runner(plan.options(measure, subject)).runSingle();
    Result<?> bytes = run.getSecondaryResults().get(BYTES);
    return new Sample(
        measure,
        subject,
        round,
        run.getPrimaryResult().getScore(),
        bytes == null ? Double.NaN : bytes.getScore());
  }
}
