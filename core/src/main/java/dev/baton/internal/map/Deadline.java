package dev.baton.internal.map;

import dev.baton.internal.future.Nanos;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * When a map has to be over.
 *
 * @param limit how long it may take, or null for ever
 * @param at when that is over, as of {@link System#nanoTime()}
 */
record Deadline(@Nullable Duration limit, long at) {

  /** Begins to count now. */
  static Deadline after(@Nullable Duration limit) {
    return new Deadline(limit, limit == null ? 0 : System.nanoTime() + Nanos.of(limit));
  }

  boolean isSet() {
    return limit != null;
  }

  boolean isPast() {
    return isSet() && at - System.nanoTime() <= 0;
  }

  /** Tells whether no further input is to be read; a limit of zero leaves time for a window. */
  boolean endsReading() {
    return limit != null && !limit.isZero() && isPast();
  }

  /** Says that a map was too slow. */
  CompletionException exceeded() {
    String message = "The map was not done within its timeout of " + limit + ".";
    return new CompletionException(message, new TimeoutException(message));
  }
}
