package dev.baton;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The one check that every duration among the options goes through. */
final class Durations {

  private Durations() {}

  /** Rejects a duration that is zero or negative; null stands for an option that is not set. */
  static void checkPositive(String option, @Nullable Duration duration) {
    if (duration != null && (duration.isZero() || duration.isNegative())) {
      throw new IllegalArgumentException(option + " must be positive: " + duration);
    }
  }
}
