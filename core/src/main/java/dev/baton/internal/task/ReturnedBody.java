package dev.baton.internal.task;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A body that a {@code shutdownNow} gave back: its new owner can run it once, for no future. */
public final class ReturnedBody implements Runnable {

  /** Taken by whoever runs it. */
  private final AtomicReference<@Nullable Callable<?>> body;

  /** Wraps the body of a task that was withdrawn. */
  public ReturnedBody(Callable<?> body) {
    this.body = new AtomicReference<>(body);
  }

  /**
   * Runs the body unless it was run.
   *
   * @throws CompletionException with a checked exception of the body as its cause
   */
  @Override
  public void run() {
    Callable<?> taken = body.getAndSet(null);
    if (taken == null) {
      return;
    }
    try {
      taken.call();
    } catch (RuntimeException unchecked) {
      throw unchecked;
    } catch (Exception checked) {
      throw new CompletionException(checked);
    }
  }

  @Override
  public String toString() {
    Callable<?> present = body.get();
    return "Task returned by shutdownNow[" + (present == null ? "run" : present) + "]";
  }
}
