package dev.baton.benchmarks.workers;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What is measured of worker JVMs, and what it is held against. */
enum Figure {
  ROUND_TRIP_MEDIAN("one task at a time, p50", "%.1f µs"),
  ROUND_TRIP_TAIL("one task at a time, p99", "%.1f µs"),
  QUIET_MEDIAN("one task at a time without spinning, p50", "%.1f µs"),
  QUIET_TAIL("one task at a time without spinning, p99", "%.1f µs"),
  CALLERS("eight callers at once", "%.0f tasks/s"),
  STREAM("stream of trivial lambdas, one worker", "%.0f tasks/s"),
  START("spawn to first result", "%.0f ms"),
  PIPED_PAYLOAD("100 MB argument and result, through the pipe", "%.0f MB/s"),
  PAYLOAD("100 MB argument and result, through shared memory", "%.0f MB/s"),
  MEMORY("idle worker, proportional memory", "%.0f MB"),
  IDLE_TIME("idle worker, CPU in a second", "%.1f ms"),
  COMPUTE("compute, speed-up of two workers beside that of two threads", "%.2f");

  /**
   * A bound of the ratio to Python's figure.
   *
   * @param bound the bound
   * @param isUpper whether it is the most that is allowed, else the least
   */
  record Target(double bound, boolean isUpper) {
    static Target atMost(double bound) {
      return new Target(bound, true);
    }

    static Target atLeast(double bound) {
      return new Target(bound, false);
    }

    boolean isKeptBy(double value) {
      return isUpper ? value <= bound : value >= bound;
    }

    @Override
    public String toString() {
      return (isUpper ? "≤ " : "≥ ") + String.format(Locale.ROOT, "%.2f", bound);
    }
  }

  private final String label;
  private final String pattern;

  Figure(String label, String pattern) {
    this.label = label;
    this.pattern = pattern;
  }

  String label() {
    return label;
  }

  /** Returns the figure of Python's that this one is compared with. */
  Figure peer() {
    return switch (this) {
      case QUIET_MEDIAN -> ROUND_TRIP_MEDIAN;
      case QUIET_TAIL -> ROUND_TRIP_TAIL;
      case PIPED_PAYLOAD -> PAYLOAD;
      default -> this;
    };
  }

  /** Returns the bound of the ratio to Python's figure, or null if Python has none. */
  @Nullable Target ratioTarget() {
    return switch (this) {
      case ROUND_TRIP_MEDIAN -> Target.atMost(0.10);
      case ROUND_TRIP_TAIL -> Target.atMost(0.25);
      case QUIET_MEDIAN -> Target.atMost(0.4);
      case QUIET_TAIL -> Target.atMost(0.5);
      case CALLERS -> Target.atLeast(10);
      case STREAM -> Target.atLeast(30);
      case START -> Target.atMost(1.0);
      case PIPED_PAYLOAD -> Target.atLeast(3);
      case PAYLOAD -> Target.atLeast(10);
      case MEMORY, IDLE_TIME, COMPUTE -> null;
    };
  }

  /** Returns the bound of the figure itself, or null. */
  @Nullable Target ownTarget() {
    return switch (this) {
      case MEMORY -> Target.atMost(30);
      case IDLE_TIME -> Target.atMost(1);
      case COMPUTE -> Target.atLeast(0.95);
      default -> null;
    };
  }

  String format(double value) {
    return String.format(Locale.ROOT, pattern, value);
  }
}
