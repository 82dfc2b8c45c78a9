package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.TaskFuture;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Assertions;

/** Takes the exceptions out of futures. */
final class Failures {

  /** How long a test waits for what it expects to come at once. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  private Failures() {}

  /**
   * Waits for a future to fail, and returns the exception behind its {@link ExecutionException}.
   */
  static Throwable of(Future<?> future) {
    ExecutionException failed = assertThrows(ExecutionException.class, () -> getSoon(future));
    return Objects.requireNonNull(failed.getCause(), "an ExecutionException has a cause");
  }

  /** Waits for a future to fail with an exception of a type, and returns that. */
  static <E extends Throwable> E of(Class<E> type, Future<?> future) {
    return assertInstanceOf(type, of(future));
  }

  /** Returns the cause of an exception. */
  static Throwable cause(Throwable failure) {
    return Objects.requireNonNull(failure.getCause(), () -> failure + " has no cause");
  }

  /** Waits for a future to be cancelled. */
  static void assertCancelled(TaskFuture<?> future) {
    assertThrows(CancellationException.class, () -> getSoon(future));
  }

  /** Waits for the end of a body. */
  static void awaitBody(TaskFuture<?> future) throws Exception {
    getSoon(future.terminated());
  }

  private static void getSoon(Future<?> future) throws Exception {
    try {
      future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      Assertions.fail("Not done within " + PATIENCE + ": " + future, late);
    }
  }
}
