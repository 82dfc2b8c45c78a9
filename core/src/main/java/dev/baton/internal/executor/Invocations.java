package dev.baton.internal.executor;

import dev.baton.CancelMode;
import dev.baton.TaskFuture;
import dev.baton.Until;
import dev.baton.internal.future.CompletedFutures;
import dev.baton.internal.future.ManyFutures;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What {@code invokeAll} and {@code invokeAny} of {@code ExecutorService} do with their futures.
 */
final class Invocations {

  private Invocations() {}

  /** Waits for all, and cancels what is not done when the time is up or the caller interrupted. */
  static <T extends @Nullable Object> List<Future<T>> all(
      List<TaskFuture<T>> futures, @Nullable Long nanos) throws InterruptedException {
    try {
      ManyFutures.waitFor(futures, Until.ALL_COMPLETED, nanos);
    } finally {
      futures.reversed().forEach(future -> future.cancel(CancelMode.INTERRUPT));
    }
    return new ArrayList<>(futures);
  }

  /** Returns the first result there is, and cancels the others. */
  static <T extends @Nullable Object> T any(List<TaskFuture<T>> futures, @Nullable Long nanos)
      throws InterruptedException, ExecutionException, TimeoutException {
    if (futures.isEmpty()) {
      throw new IllegalArgumentException("invokeAny needs at least one task.");
    }
    try {
      ExecutionException last = new ExecutionException("No task was submitted.", null);
      for (TaskFuture<T> done : CompletedFutures.of(futures, nanos)) {
        try {
          return done.get();
        } catch (ExecutionException failed) {
          last = failed;
        } catch (CancellationException cancelled) {
          last = new ExecutionException(cancelled);
        }
      }
      throw last;
    } catch (CompletionException ended) {
      rethrow(ended);
      throw ended;
    } finally {
      futures.reversed().forEach(future -> future.cancel(CancelMode.INTERRUPT));
    }
  }

  private static void rethrow(CompletionException ended)
      throws InterruptedException, TimeoutException {
    if (ended.getCause() instanceof InterruptedException interrupted) {
      Thread.interrupted(); // the exception says it now
      throw interrupted;
    }
    if (ended.getCause() instanceof TimeoutException timeout) {
      throw timeout;
    }
  }
}
