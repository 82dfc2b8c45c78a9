package dev.baton.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assertions;

/** Waits for what becomes true by itself and tells nobody. */
public final class Eventually {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PERIOD = Duration.ofMillis(1);

  private Eventually() {}

  /**
   * Waits until a condition holds, and fails if it does not within ten seconds.
   *
   * @param what the condition in words, for the failure
   * @param condition is asked again and again
   */
  public static void holds(String what, BooleanSupplier condition) {
    holds(what, PATIENCE, condition);
  }

  /**
   * Waits until a condition holds, and fails if it does not in time.
   *
   * @param what the condition in words, for the failure
   * @param patience how long to wait at most
   * @param condition is asked again and again
   */
  public static void holds(String what, Duration patience, BooleanSupplier condition) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        Assertions.fail("Not within " + patience + ": " + what);
      }
      LockSupport.parkNanos(PERIOD.toNanos());
    }
  }
}
