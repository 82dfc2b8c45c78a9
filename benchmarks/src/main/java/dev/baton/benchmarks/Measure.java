package dev.baton.benchmarks;

import java.util.List;

/** What is measured, of whom, and in which unit. */
enum Measure {
  ONE_PRODUCER("one producer", "SubmitBenchmark.oneProducer", "M/s", true),
  TWO_PRODUCERS("two producers", "SubmitBenchmark.twoProducers", "M/s", true),
  ROUND_TRIP("one at a time", "SubmitBenchmark.roundTrip", "µs", false),
  CANCEL("submit and cancel, workers busy", "CancelBenchmark.cancelPending", "M/s", true);

  private final String title;
  private final String pattern;
  private final String unit;
  private final boolean moreIsBetter;

  Measure(String title, String pattern, String unit, boolean moreIsBetter) {
    this.title = title;
    this.pattern = pattern;
    this.unit = unit;
    this.moreIsBetter = moreIsBetter;
  }

  String title() {
    return title;
  }

  String pattern() {
    return ".*" + pattern.replace(".", "\\.") + "$";
  }

  String unit() {
    return unit;
  }

  /** Returns how much better one score is than its peer's, above 1 if it is. */
  double ratio(double score, double peers) {
    return moreIsBetter ? score / peers : peers / score;
  }

  List<Subject> subjects() {
    return this == CANCEL
        ? List.of(Subject.THREAD_POOL_EXECUTOR, Subject.BATON_THREADS)
        : List.of(Subject.values());
  }
}
