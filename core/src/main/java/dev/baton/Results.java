package dev.baton;

import java.util.Iterator;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The results of a {@link Baton#map(TaskFunction, Iterable)}, in the order of the inputs or, if
 * {@linkplain MapOptions#unordered() asked for}, as they are done.
 *
 * <p>They can be gone through once, by one thread at a time. {@link Iterator#next()} waits for the
 * next result; for an item that failed it throws a {@link CompletionException} with the task's
 * exception as its cause, for one that was cancelled a {@link
 * java.util.concurrent.CancellationException}, and may be called again for the item after it, so
 * one bad item does not lose the others:
 *
 * <pre>{@code
 * try (Results<Integer> sizes = baton.map(file -> read(file).length(), files)) {
 *   for (int size : sizes) { ... }
 * }
 * }</pre>
 *
 * <p>All views, {@link #iterator()}, {@link #stream()}, {@link #outcomes()} and {@link #futures()},
 * go on where the others are: each item is handed out once.
 *
 * <p><b>Reading.</b> Inputs are read by the thread that makes the map and then by the one that
 * takes results, as far as the window allows: while nothing is there to be handed out, and
 * otherwise two inputs, or chunks, for a result. So a slow input delays a result that is there by
 * two reads at most. What the input throws is thrown at its place, after the results before it, and
 * so is the {@link TaskRejectedException} of an executor that does not accept an item. Inside a
 * task a wait for a result throws one if no more slots may be lent, or if it could never end.
 *
 * <p>With a {@linkplain MapOptions#journal journal} {@link Iterator#hasNext()} and {@link #close()}
 * throw an {@link java.io.UncheckedIOException} if it cannot be written.
 *
 * <p>Closing cancels what has not been taken; so does an interrupt of the waiting thread, which
 * throws a {@link CompletionException} with the {@link InterruptedException} as its cause and sets
 * the interrupt flag again, and so does the end of the map's time, which throws one with a {@link
 * java.util.concurrent.TimeoutException} as its cause.
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
   * @return a sequential stream over what has not been taken yet
   */
  Stream<R> stream();

  /**
   * Returns what came of each item, for a loop that goes on past failures:
   *
   * <pre>{@code
   * for (Item<Integer> item : sizes.outcomes()) {
   *   switch (item) {
   *     case Item.Success<Integer> done -> total += done.value();
   *     case Item.Failure<Integer> failed -> log.warn("{}", failed.input(), failed.cause());
   *   }
   * }
   * }</pre>
   *
   * Only what is not about one item is thrown: what the input throws, an interrupt, the end of the
   * map's time. Of a map that is to {@linkplain MapOptions#failFast() fail fast} the first item
   * that failed is the last; one that was cancelled is an {@link Item.Failure} too, and ends
   * nothing.
   *
   * @return the items that have not been taken yet, with one iterator
   */
  Iterable<Item<R>> outcomes();

  /**
   * Returns a future for each input, made as the iteration comes to it. In the order of the inputs
   * they are handed out without waiting for their ends, except that no more than the window are
   * unfinished at a time; in completion order they are done. A future that was handed out is the
   * caller's: closing these results leaves it alone, and its failure does not end a map that is to
   * fail fast.
   *
   * @return the futures that have not been taken yet, with one iterator
   * @throws IllegalStateException if the map has a {@linkplain MapOptions#journal journal}, which
   *     keeps results as they are taken
   */
  Iterable<TaskFuture<R>> futures();

  /** Cancels what has not been taken, and reads no further input. Closing again has no effect. */
  @Override
  void close();
}
