package dev.baton.benchmarks;

import dev.baton.benchmarks.Results.Cell;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The results as a page that can be read and committed. */
record ResultTable(Map<Cell, Double> scores, Map<Cell, Double> bytes, int rounds) {

  private static final double MOST_BYTES = 96;

  String toMarkdown() {
    StringBuilder page = new StringBuilder();
    page.append("# Results\n\n")
        .append("Made by `./mvnw -q -pl benchmarks -am compile exec:exec`: JMH, ")
        .append(rounds)
        .append(" rounds in which all take turns, medians. ")
        .append(machine())
        .append("\n\nTrivial tasks, two workers. A ratio above 1 is better than the peer: ")
        .append(
            "`ThreadPoolExecutor` for what has threads, the JDK's virtual threads for what has those. ")
        .append("Absolute figures move from machine to machine; read the ratios.\n\n")
        .append("| what | executor | score | ratio to peer | bytes a task | floor |\n")
        .append("| --- | --- | --- | --- | --- | --- |\n");
    scores.keySet().forEach(cell -> page.append(row(cell)));
    return page.toString();
  }

  private static String machine() {
    return String.format(
        Locale.ROOT,
        "%d processors, Java %s, %s.",
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        System.getProperty("os.name"));
  }

  private String row(Cell cell) {
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.2f %s | %.2f | %s | %s |%n",
        cell.measure().title(),
        cell.subject().title(),
        score(cell),
        cell.measure().unit(),
        ratio(cell),
        bytesOf(cell),
        floor(cell));
  }

  private double score(Cell cell) {
    Double score = scores.get(cell);
    if (score == null) {
      throw new IllegalStateException("Not measured: " + cell);
    }
    return score;
  }

  private double ratio(Cell cell) {
    Cell peer = new Cell(cell.measure(), cell.subject().peer());
    return cell.measure().ratio(score(cell), score(peer));
  }

  private String bytesOf(Cell cell) {
    Double allocated = bytes.get(cell);
    return allocated == null ? "" : String.format(Locale.ROOT, "%.0f", allocated);
  }

  /** Says what a figure has to reach, and whether it does. */
  private String floor(Cell cell) {
    boolean isStream =
        cell.measure() == Measure.ONE_PRODUCER || cell.measure() == Measure.TWO_PRODUCERS;
    if (!isStream) {
      return "";
    }
    return switch (cell.subject()) {
      case BATON_THREADS -> verdict(cell, 1.0, bytes.get(cell));
      case BATON_VIRTUAL -> verdict(cell, 0.9, null);
      default -> "";
    };
  }

  private String verdict(Cell cell, double leastRatio, @Nullable Double allocated) {
    boolean reached = ratio(cell) >= leastRatio && (allocated == null || allocated <= MOST_BYTES);
    String most = allocated == null ? "" : ", ≤ 96 B";
    return "≥ " + leastRatio + most + (reached ? ": reached" : ": missed");
  }
}
