package dev.baton.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.openjdk.jmh.runner.RunnerException;

class ComparisonTest {

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void everyBenchmarkRunsOnEverySubject() throws RunnerException {
    System.setProperty("jmh.ignoreLock", "true"); // nothing here is worth waiting for others
    List<Sample> samples = Comparison.measure(Plan.SMOKE);
    for (Measure measure : Measure.values()) {
      for (Subject subject : measure.subjects()) {
        assertEquals(
            1,
            samples.stream()
                .filter(sample -> sample.measure() == measure && sample.subject() == subject)
                .filter(sample -> sample.score() > 0 && sample.bytes() > 0)
                .count(),
            () -> measure + " of " + subject + " among " + samples);
      }
    }
  }

  @Test
  void theTableShowsMediansRatiosAndWhichFloorsWereMissed() {
    List<Sample> samples = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      for (Measure measure : Measure.values()) {
        for (Subject subject : measure.subjects()) {
          boolean ours = subject.isOurs();
          double score = (ours ? 2 + round : 4) * 1e6;
          samples.add(new Sample(measure, subject, round, score, ours ? 97 : 48));
        }
      }
    }
    String table = ResultsTable.of(samples);
    assertTrue(
        table.contains(
            "| submit + get, 1 producer | Baton on threads"
                + " | 3.00 M/s (2.00 M/s to 4.00 M/s)"
                + " | 0.75 | 1.0 **missed** | 97 | ≤ 96 **missed** |"),
        table);
    assertTrue(
        table.contains(
            "| lone round trip | Baton on virtual threads"
                + " | 3000000 ns (2000000 ns to 4000000 ns) | 1.33 | 0.9 kept | 97 |  |"),
        table);
  }
}
