package dev.baton.internal.task;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** Points in time, where beyond the calendar is as good as never. */
final class Moments {

  private Moments() {}

  /** Returns the moment so long after another. */
  static Instant after(Instant from, Duration time) {
    try {
      return from.plus(time);
    } catch (DateTimeException | ArithmeticException beyondTheCalendar) {
      return Instant.MAX;
    }
  }
}
