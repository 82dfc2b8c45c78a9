package dev.baton;

import org.jspecify.annotations.Nullable;

/**
 * What came of one item of a {@code map}, see {@link Results#outcomes()}.
 *
 * @param <R> the type of the results
 */
public sealed interface Item<R extends @Nullable Object> {

  /**
   * Tells which input this is about.
   *
   * @return its place among the inputs, counted from 0
   */
  long index();

  /**
   * Returns the input.
   *
   * @return the input; of a map over two inputs, a {@link java.util.List} of both
   */
  @Nullable Object input();

  /**
   * An item with a result.
   *
   * @param index its place among the inputs, counted from 0
   * @param input the input
   * @param value the result
   * @param <R> the type of the result
   */
  record Success<R extends @Nullable Object>(long index, @Nullable Object input, R value)
      implements Item<R> {}

  /**
   * An item that failed.
   *
   * @param index its place among the inputs, counted from 0
   * @param input the input
   * @param cause what the function threw, unchanged; a {@link
   *     java.util.concurrent.CancellationException} if the item was cancelled
   * @param <R> the type of the results
   */
  record Failure<R extends @Nullable Object>(long index, @Nullable Object input, Throwable cause)
      implements Item<R> {}
}
