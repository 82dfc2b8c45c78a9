package dev.baton.testkit.contract;

import dev.baton.Action;
import dev.baton.testkit.signal.Signal;
import java.io.IOException;
import java.time.Duration;

/** What members of groups do, and how long they may. */
final class Members {

  /** Never up within a test. */
  static final Duration LONG = Duration.ofMinutes(5);

  private Members() {}

  static Action failing(String message) {
    return () -> {
      throw new IOException(message);
    };
  }

  /** Tells that it has begun, waits to be stopped, and tells that it was. */
  static Action stoppable(Signal begun, Signal stopped) {
    return () -> {
      begun.count();
      try {
        begun.await();
      } finally {
        stopped.count();
      }
    };
  }
}
