package dev.baton.verification.jcstress;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what another thread, which is no actor of the test, is about to do. */
final class Patience {

  private static final long LIMIT = TimeUnit.SECONDS.toNanos(10);

  private Patience() {}

  /** Returns the count as soon as it is not zero, or zero after ten seconds. */
  static int first(AtomicInteger count) {
    until(() -> count.get() != 0);
    return count.get();
  }

  /** Tells whether it came true within ten seconds. */
  static boolean until(BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      LockSupport.parkNanos(1_000);
    }
    return true;
  }

  /** Takes some time without a look at the clock. */
  static void spin() {
    for (int i = 0; i < 200; i++) {
      Thread.onSpinWait();
    }
  }
}
