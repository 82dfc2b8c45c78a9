package dev.baton;

import dev.baton.internal.Entry;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Waiting for many futures at once, as {@code wait} and {@code as_completed} of Python's {@code
 * concurrent.futures}. Futures of different executors mix freely.
 */
public final class TaskFutures {

  private TaskFutures() {}

  /**
   * Waits without limit.
   *
   * @param futures what to wait for; duplicates count once
   * @param until what ends the wait
   * @return which of them are done
   * @throws InterruptedException if this thread is interrupted meanwhile; the futures are left
   *     alone
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
   */
  public static Settled waitFor(
      Collection<? extends TaskFuture<?>> futures, Until until, Duration timeout)
      throws InterruptedException {
    return Entry.waitFor(futures, until, timeout);
  }

  /**
   * Returns the futures as they get done: those that are done first, then the others as they
   * finish. The iteration can be made once, by one thread, and keeps no future that it has handed
   * out. An interrupt ends it with a {@link CompletionException} whose cause is the {@link
   * InterruptedException}, and sets the interrupt flag again.
   *
   * @param futures what to wait for; duplicates count once
   * @param <T> the type of the results
   * @return the futures, for one {@code for} loop
   */
  public static <T extends @Nullable Object> Iterable<TaskFuture<T>> asCompleted(
      Collection<TaskFuture<T>> futures) {
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
   * @return the futures, for one {@code for} loop
   */
  public static <T extends @Nullable Object> Iterable<TaskFuture<T>> asCompleted(
      Collection<TaskFuture<T>> futures, Duration timeout) {
    return Entry.asCompleted(futures, timeout);
  }
}
