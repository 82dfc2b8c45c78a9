package dev.baton.internal.task;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Points in time, where beyond the calendar is as good as never. Where there are many they are kept
 * as nanoseconds since 1970, which last until 2262.
 */
final class Moments {

  /** Stands for no moment. */
  static final long NEVER = 0;

  private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

  private Moments() {}

  /** Returns the moment so long after another. */
  static Instant after(Instant from, Duration time) {
    try {
      return from.plus(time);
    } catch (DateTimeException | ArithmeticException beyondTheCalendar) {
      return Instant.MAX;
    }
  }

  /** Returns this moment. */
  static long now() {
    Instant now = Instant.now();
    return now.getEpochSecond() * NANOS + now.getNano();
  }

  /** Returns a moment as others see it, or null for {@link #NEVER}. */
  static @Nullable Instant instant(long moment) {
    return moment == NEVER
        ? null
        : Instant.ofEpochSecond(Math.floorDiv(moment, NANOS), Math.floorMod(moment, NANOS));
  }
}
