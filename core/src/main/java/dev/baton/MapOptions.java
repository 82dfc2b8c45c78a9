package dev.baton;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one {@link Baton#map(MapOptions, TaskFunction, Iterable)} asks for: an immutable value, each
 * of whose methods returns a changed copy.
 *
 * @param window how many inputs at most have been read and whose results have not been taken
 * @param timeout how long the whole map may take from the call, or null for no limit
 */
public record MapOptions(int window, @Nullable Duration timeout) {

  private static final MapOptions NONE = new MapOptions(256, null);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the window is below 1 or the timeout not positive
   */
  public MapOptions {
    if (window < 1) {
      throw new IllegalArgumentException("window must be at least 1: " + window);
    }
    Durations.checkPositive("timeout", timeout);
  }

  /**
   * Returns the default options: a window of 256 and no timeout.
   *
   * @return the value to start from
   */
  public static MapOptions none() {
    return NONE;
  }

  /**
   * Bounds what is read ahead, so that endless and slow inputs work and memory stays bounded.
   *
   * @param window how many inputs at most have been read and whose results have not been taken; at
   *     least 1
   * @return a copy with this window
   * @throws IllegalArgumentException if the window is below 1
   */
  public MapOptions window(int window) {
    return new MapOptions(window, timeout);
  }

  /**
   * Limits how long the whole map may take, counted from the call. When the time is up the next
   * result that is not there throws, and what is left is cancelled.
   *
   * @param timeout the limit; positive
   * @return a copy with this limit
   * @throws IllegalArgumentException if the limit is not positive
   */
  public MapOptions timeout(Duration timeout) {
    return new MapOptions(window, Objects.requireNonNull(timeout, "timeout"));
  }
}
