package dev.baton.benchmarks.workers;

import dev.baton.benchmarks.workers.Figure.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;

/** Measures Baton and Python in turns, and shows one beside the other. */
public final class WorkerResults {

  /** What one round gave. */
  record Round(Map<Figure, Double> ours, Map<Figure, Double> pythons) {}

  private final List<Round> rounds;

  WorkerResults(List<Round> rounds) {
    this.rounds = rounds;
  }

  /**
   * Measures and prints the table.
   *
   * @param arguments how many rounds, 3 if absent; then how much to measure, 1 for figures and less
   *     to see that all of it still runs
   * @throws Exception if a program fails
   */
  public static void main(String... arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 3;
    double scale = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 1;
    System.out.print(measure(rounds, scale).table());
  }

  static WorkerResults measure(int count, double scale) throws Exception {
    List<Round> rounds = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rounds.add(new Round(WorkerPool.measure(scale), PythonPool.measure(scale)));
      System.err.println("Round " + (i + 1) + " of " + count + " with worker JVMs is done.");
    }
    return new WorkerResults(rounds);
  }

  String table() {
    StringBuilder text = new StringBuilder();
    text.append("| measure | Baton, worker JVMs | Python, spawn | × Python | target |\n");
    text.append("| --- | --- | --- | --- | --- |\n");
    for (Figure figure : Figure.values()) {
      text.append(row(figure));
    }
    return text.toString();
  }

  private String row(Figure figure) {
    double ours = median(rounds.stream().mapToDouble(round -> of(round.ours(), figure)));
    double python =
        median(rounds.stream().mapToDouble(round -> of(round.pythons(), figure.peer())));
    double ratio = median(rounds.stream().mapToDouble(round -> ratio(round, figure)));
    return String.join(
            " | ",
            "| " + figure.label(),
            Double.isNaN(ours) ? "" : figure.format(ours),
            Double.isNaN(python) ? "" : figure.peer().format(python),
            Double.isNaN(ratio) ? "" : String.format(Locale.ROOT, "%.2f", ratio),
            verdict(figure, ours, ratio))
        + " |\n";
  }

  /** Returns a figure, or no number if it was not measured. */
  private static double of(Map<Figure, Double> figures, Figure figure) {
    Double value = figures.get(figure);
    return value == null ? Double.NaN : value;
  }

  private static double ratio(Round round, Figure figure) {
    return of(round.ours(), figure) / of(round.pythons(), figure.peer());
  }

  private static String verdict(Figure figure, double ours, double ratio) {
    Target own = figure.ownTarget();
    Target target = own == null ? figure.ratioTarget() : own;
    double value = own == null ? ratio : ours;
    if (target == null || Double.isNaN(value)) {
      return "";
    }
    return target + (target.isKeptBy(value) ? " kept" : " **missed**");
  }

  private static double median(DoubleStream values) {
    double[] sorted = values.filter(value -> !Double.isNaN(value)).sorted().toArray();
    int middle = sorted.length / 2;
    if (sorted.length == 0) {
      return Double.NaN;
    }
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
