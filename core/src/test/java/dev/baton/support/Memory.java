package dev.baton.support;

import static org.awaitility.Awaitility.await;

import java.lang.ref.WeakReference;
import java.time.Duration;

/** Asks the garbage collector. */
public final class Memory {

  private Memory() {}

  /** Waits until an object is collected, which it is not while anything refers to it. */
  public static void awaitCollected(String what, WeakReference<?> object) {
    await(what + " is collected")
        .atMost(Duration.ofSeconds(10))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              System.gc();
              return object.refersTo(null);
            });
  }
}
