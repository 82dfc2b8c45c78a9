package dev.baton;

import java.util.Iterator;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The results of a {@link Baton#map(TaskFunction, Iterable)}, in the order of the inputs.
 *
 * <p>They can be gone through once, by one thread at a time. {@link Iterator#next()} waits for the
 * next result; for an item that failed it throws a {@link CompletionException} with the task's
 * exception as its cause, and may be called again for the item after it, so one bad item does not
 * lose the others:
 *
 * <pre>{@code
 * try (Results<Integer> sizes = baton.map(file -> read(file).length(), files)) {
 *   for (int size : sizes) { ... }
 * }
 * }</pre>
 *
 * <p>Closing them cancels what has not been taken; so does an interrupt of the waiting thread,
 * which throws a {@link CompletionException} with the {@link InterruptedException} as its cause and
 * sets the interrupt flag again.
 *
 * @param <R> the type of the results
 */
public interface Results<R extends @Nullable Object> extends Iterable<R>, AutoCloseable {

  /**
   * Returns the one iterator over the results.
   *
   * @return the iterator, the same at each call
   */
  @Override
  Iterator<R> iterator();

  /**
   * Returns the results as a stream; closing the stream closes these results.
   *
   * @return a sequential, ordered stream over what has not been taken yet
   */
  Stream<R> stream();

  /** Cancels what has not been taken, and reads no further input. Closing again has no effect. */
  @Override
  void close();
}
