package dev.baton.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Something that is measured on every subject that can do it. */
enum Measure {
  SUBMIT_ONE("submit + get, 1 producer", SubmitBenchmark.class, 1),
  SUBMIT_TWO("submit + get, 2 producers", SubmitBenchmark.class, 2),
  ROUND_TRIP("lone round trip", RoundTripBenchmark.class, 1),
  CANCEL("submit + cancel while pending", CancelBenchmark.class, 1);

  private final String label;
  private final Class<?> benchmark;
  private final int producers;

  Measure(String label, Class<?> benchmark, int producers) {
    this.label = label;
    this.benchmark = benchmark;
    this.producers = producers;
  }

  String label() {
    return label;
  }

  Class<?> benchmark() {
    return benchmark;
  }

  int producers() {
    return producers;
  }

  List<Subject> subjects() {
    return Arrays.stream(Subject.values())
        .filter(subject -> this != CANCEL || subject.hasWorkers())
        .toList();
  }

  /** Tells whether more is better; else the score is a time in nanoseconds. */
  boolean isThroughput() {
    return benchmark == SubmitBenchmark.class;
  }

  /** Returns how many times as fast as the peer a score is. */
  double ratio(double score, double peerScore) {
    return isThroughput() ? score / peerScore : peerScore / score;
  }

  String format(double score) {
    return isThroughput()
        ? String.format(Locale.ROOT, "%.2f M/s", score / 1e6)
        : String.format(Locale.ROOT, "%.0f ns", score);
  }
}
