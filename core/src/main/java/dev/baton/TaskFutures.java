package dev.baton;

import dev.baton.internal.Entry;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Waiting for many futures at once, as {@code wait} and {@code as_completed} of Python's {@code
 * concurrent.futures}. Futures of different executors mix freely, and so do implementations of
 * {@link TaskFuture} that are not Baton's, as long as their {@code whenComplete} works.
 *
 * <p>A null among the futures is a {@link NullPointerException}.
 */
public final class TaskFutures {

  private TaskFutures() {}

  /**
   * Futures as they get done. They can be gone through once, by one thread, in a loop or as a
   * stream.
   *
   * @param <T> the type of the results
   */
  public interface Completed<T extends @Nullable Object> extends Iterable<TaskFuture<T>> {

    /**
     * Returns the one iterator. {@link Iterator#next()} waits for the next future that gets done.
     *
     * @return the iterator
     * @throws IllegalStateException if the iteration or the stream has been asked for before
     */
    @Override
    Iterator<TaskFuture<T>> iterator();

    /**
     * Returns the futures as a stream. Closing it ends the watch over those that are left, and
     * leaves them alone.
     *
     * @return a sequential stream that waits as the iterator does
     * @throws IllegalStateException if the iteration or the stream has been asked for before
     */
    Stream<TaskFuture<T>> stream();
  }

  /**
   * Waits without limit.
   *
   * @param futures what to wait for; duplicates count once
   * @param until what ends the wait
   * @return which of them are done
   * @throws InterruptedException if this thread is interrupted meanwhile; the futures are left
   *     alone
   * @throws TaskRejectedException inside a task, if no more slots may be lent, or if the wait could
   *     never end
   */
  public static Settled waitFor(Collection<? extends TaskFuture<?>> futures, Until until)
      throws InterruptedException {
    return Entry.waitFor(futures, until, null);
  }

  /**
   * Waits no longer than a time; when it is up, that is no exception: the result tells what is
   * done.
   *
   * @param futures what to wait for; duplicates count once
   * @param until what ends the wait
   * @param timeout how long to wait at most; zero or less just looks
   * @return which of them are done
   * @throws InterruptedException if this thread is interrupted meanwhile; the futures are left
   *     alone
   * @throws TaskRejectedException inside a task, if no more slots may be lent
   */
  public static Settled waitFor(
      Collection<? extends TaskFuture<?>> futures, Until until, Duration timeout)
      throws InterruptedException {
    return Entry.waitFor(futures, until, Objects.requireNonNull(timeout, "timeout"));
  }

  /**
   * Returns the futures as they get done: those that are done first, then the others as they
   * finish. The collection is copied, and a future that was handed out is let go, so what nobody
   * else keeps can be collected. To go through more than should be in memory at once, use {@link
   * Baton#map(MapOptions, TaskFunction, Iterable)} with {@link MapOptions#unordered()}.
   *
   * <p>An interrupt ends the iteration with a {@link CompletionException} whose cause is the {@link
   * InterruptedException}, and sets the interrupt flag again. Inside a task a wait is a {@link
   * TaskRejectedException} if no more slots may be lent, or if it could never end.
   *
   * @param futures what to wait for; duplicates count once
   * @param <T> the type of the results
   * @return the futures, for one {@code for} loop or one stream
   */
  public static <T extends @Nullable Object> Completed<T> asCompleted(
      Collection<? extends TaskFuture<T>> futures) {
    return Entry.asCompleted(futures, null);
  }

  /**
   * Returns the futures as they get done, within a time that counts from this call. When it is up
   * the iteration throws a {@link CompletionException} whose cause is a {@link TimeoutException}
   * that says how many are unfinished.
   *
   * @param futures what to wait for; duplicates count once
   * @param timeout how long the whole iteration may take; zero or less hands out only what is done
   * @param <T> the type of the results
   * @return the futures, for one {@code for} loop or one stream
   */
  public static <T extends @Nullable Object> Completed<T> asCompleted(
      Collection<? extends TaskFuture<T>> futures, Duration timeout) {
    return Entry.asCompleted(futures, Objects.requireNonNull(timeout, "timeout"));
  }

  /**
   * Makes one future of many, as {@code gather} of Python's {@code asyncio}. It has the results of
   * all, in the order in which the futures are given. The first that fails fails it, with the same
   * exception, and the first that is cancelled cancels it; the others are left alone. Cancelling it
   * cancels all of them, with the same mode; with {@link CancelMode#IF_PENDING} those that have not
   * begun, and nothing if all have.
   *
   * @param futures what to gather; one that is given twice has its result in there twice
   * @param <T> the type of the results
   * @return a future of a list that cannot be changed; of no futures, one that is done
   */
  public static <T extends @Nullable Object> TaskFuture<List<T>> gather(
      Collection<? extends TaskFuture<? extends T>> futures) {
    return Entry.gather(futures);
  }
}
