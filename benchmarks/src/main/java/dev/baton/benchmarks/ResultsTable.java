package dev.baton.benchmarks;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Writes samples as a table that says what was measured where, and which floors were kept. */
final class ResultsTable {

  private static final double MOST_BYTES = 96;

  private final List<Sample> samples;
  private final StringBuilder text = new StringBuilder();

  private ResultsTable(List<Sample> samples) {
    this.samples = samples;
  }

  static String of(List<Sample> samples) {
    return new ResultsTable(samples).write();
  }

  private String write() {
    writeHead();
    for (Measure measure : Measure.values()) {
      for (Subject subject : measure.subjects()) {
        writeRow(measure, subject);
      }
    }
    return text.toString();
  }

  private void writeHead() {
    int rounds = samples.stream().mapToInt(Sample::round).max().orElse(-1) + 1;
    text.append(
        """
        # Results

        Made by `./mvnw -q -pl benchmarks -am compile exec:exec` on %s: %d processors, %s,
        %s %s, Java %s. Two workers each, trivial tasks.

        All executors took their turns in each of %d rounds, each turn in a JVM of its own. Figures are medians of the
        rounds, with the lowest and the highest; a ratio is the median of the rounds' ratios, and above 1 is faster than the
        peer: `ThreadPoolExecutor` for what runs on threads, `newVirtualThreadPerTaskExecutor` for virtual threads. Absolute
        figures move from run to run: compare within one table.

        | measure | executor | median (lowest to highest) | × peer | floor | bytes a task | floor |
        | --- | --- | --- | --- | --- | --- | --- |
        """
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.arch"),
                System.getProperty("java.vm.vendor"),
                System.getProperty("java.vm.name"),
                Runtime.version(),
                rounds));
  }

  private void writeRow(Measure measure, Subject subject) {
    double[] scores = of(measure, subject, Sample::score);
    double bytes = median(of(measure, subject, Sample::bytes));
    double ratio = median(ratios(measure, subject));
    text.append("| ").append(measure.label());
    text.append(" | ").append(subject.label());
    text.append(" | ").append(measure.format(median(scores)));
    text.append(" (").append(measure.format(scores[0])).append(" to ");
    text.append(measure.format(scores[scores.length - 1])).append(')');
    text.append(" | ").append(subject == subject.peer() ? "1" : format("%.2f", ratio));
    text.append(" | ").append(speedFloor(subject, ratio));
    text.append(" | ").append(format("%.0f", bytes));
    text.append(" | ").append(bytesFloor(measure, subject, bytes)).append(" |\n");
  }

  private static String speedFloor(Subject subject, double ratio) {
    if (!subject.isOurs()) {
      return "";
    }
    double floor = subject.isVirtual() ? 0.9 : 1.0;
    return format("%.1f ", floor) + (ratio >= floor ? "kept" : "**missed**");
  }

  private static String bytesFloor(Measure measure, Subject subject, double bytes) {
    if (subject != Subject.BATON_THREADS || !measure.isThroughput()) {
      return "";
    }
    return format("≤ %.0f ", MOST_BYTES) + (bytes <= MOST_BYTES ? "kept" : "**missed**");
  }

  /** Returns one value of each round, sorted. */
  private double[] of(Measure measure, Subject subject, ToDoubleFunction<Sample> value) {
    return samples.stream()
        .filter(sample -> sample.measure() == measure && sample.subject() == subject)
        .mapToDouble(value)
        .sorted()
        .toArray();
  }

  private double[] ratios(Measure measure, Subject subject) {
    return samples.stream()
        .filter(sample -> sample.measure() == measure && sample.subject() == subject)
        .mapToDouble(sample -> measure.ratio(sample.score(), peerScore(sample)))
        .sorted()
        .toArray();
  }

  private double peerScore(Sample sample) {
    return samples.stream()
        .filter(other -> other.measure() == sample.measure() && other.round() == sample.round())
        .filter(other -> other.subject() == sample.subject().peer())
        .mapToDouble(Sample::score)
        .findFirst()
        .orElseThrow();
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static String format(String pattern, double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
