package dev.baton.internal.future;

import java.time.Duration;

/** Durations as nanoseconds, where 292 years are as good as for ever. */
public final class Nanos {

  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private Nanos() {}

  /** Returns the nanoseconds of a duration, at most {@link Long#MAX_VALUE}; zero if negative. */
  public static long of(Duration duration) {
    if (duration.isNegative()) {
      return 0;
    }
    return duration.compareTo(LONGEST) >= 0 ? Long.MAX_VALUE : duration.toNanos();
  }
}
