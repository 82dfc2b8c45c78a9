package dev.baton.testkit;

import java.io.PrintStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts, row by row, what a backend keeps, and why tests were skipped. */
final class ContractReport {

  private final String title;
  private final Map<Row, Counts> rows = new EnumMap<>(Row.class);
  private final Map<Row, String> exemptions = new EnumMap<>(Row.class);

  /** How often a test was skipped for a reason other than an exemption. */
  private final Map<String, Integer> reasons = new TreeMap<>();

  private static final class Counts {
    int kept;
    int broken;
    int skipped;
  }

  ContractReport(String title) {
    this.title = title;
  }

  private Counts counts(Row row) {
    return rows.computeIfAbsent(row, absent -> new Counts());
  }

  synchronized void exempt(Map<Row, String> more) {
    exemptions.putAll(more);
  }

  synchronized void kept(Row row) {
    counts(row).kept++;
  }

  synchronized void broken(Row row) {
    counts(row).broken++;
  }

  synchronized void skipped(Row row, @Nullable Throwable cause) {
    counts(row).skipped++;
    if (!exemptions.containsKey(row)) {
      String reason = cause == null ? "no reason given" : String.valueOf(cause.getMessage());
      reasons.merge(reason, 1, Integer::sum);
    }
  }

  synchronized void print(PrintStream out) {
    StringBuilder text = new StringBuilder("Contract, " + title + ":").append('\n');
    rows.forEach((row, counts) -> text.append(line(row, counts)));
    reasons.forEach((reason, times) -> text.append("  %3d skipped: %s%n".formatted(times, reason)));
    out.print(text);
  }

  private String line(Row row, Counts counts) {
    String exemption = exemptions.get(row);
    return exemption != null
        ? "  %-26s exempt: %s%n".formatted(row, exemption)
        : "  %-26s %3d kept, %d broken, %d skipped%n"
            .formatted(row, counts.kept, counts.broken, counts.skipped);
  }
}
