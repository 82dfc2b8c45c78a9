package dev.baton.internal.future;

import dev.baton.TaskFuture;
import dev.baton.TaskFutures;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Hands out futures as they get done, and keeps none that it has handed out.
 *
 * @param <T> the type of the results
 */
@SuppressWarnings("IterableAndIterator") // they can be gone through once, as documented
public final class CompletedFutures<T extends @Nullable Object>
    implements TaskFutures.Completed<T>, Iterator<TaskFuture<T>>, Awaited {

  private final int total;
  private final @Nullable Long deadline;

  /** What has not been handed out; touched by the iterating thread only. */
  private final CompletionOrder<TaskFuture<T>> open = new CompletionOrder<>();

  /**
   * What is left, where that is waited for, if it is one future or the wait is long. Volatile:
   * written by the iterating thread before it waits or looks for a circle, read by whoever looks
   * for one.
   */
  private volatile Needs needs = Needs.UNKNOWN;

  private boolean begun;

  private CompletedFutures(Collection<? extends TaskFuture<T>> futures, @Nullable Long nanos) {
    deadline = nanos == null ? null : System.nanoTime() + nanos;
    distinct(futures).forEach(future -> open.add(future, future));
    total = open.size();
  }

  private static <F extends TaskFuture<?>> Collection<F> distinct(Collection<F> futures) {
    for (F future : futures) {
      Objects.requireNonNull(future, "future");
    }
    return futures instanceof Set<F> ? futures : new LinkedHashSet<>(futures);
  }

  /**
   * Begins to watch.
   *
   * @param nanos how long the whole iteration may take, or null for no limit
   */
  public static <T extends @Nullable Object> CompletedFutures<T> of(
      Collection<? extends TaskFuture<T>> futures, @Nullable Long nanos) {
    return new CompletedFutures<>(futures, nanos);
  }

  @Override
  public Iterator<TaskFuture<T>> iterator() {
    if (begun) {
      throw new IllegalStateException("The futures can be gone through once, which has begun.");
    }
    begun = true;
    return this;
  }

  @Override
  public Stream<TaskFuture<T>> stream() {
    int flags = Spliterator.ORDERED | Spliterator.DISTINCT | Spliterator.NONNULL;
    return StreamSupport.stream(Spliterators.spliterator(iterator(), open.size(), flags), false)
        .onClose(this::stopWatching);
  }

  @Override
  public boolean hasNext() {
    return open.size() > 0;
  }

  @Override
  public TaskFuture<T> next() {
    if (open.size() == 0) {
      throw new NoSuchElementException("All " + total + " futures have been handed out.");
    }
    TaskFuture<T> next = open.poll();
    while (next == null && !isLate()) { // one that was taken may be told of twice
      awaitNext();
      next = open.poll();
    }
    if (next == null) {
      String message = open.size() + " (of " + total + ") futures unfinished";
      stopWatching();
      throw new CompletionException(message, new TimeoutException(message));
    }
    return next;
  }

  private boolean isLate() {
    return deadline != null && deadline - System.nanoTime() <= 0;
  }

  private void awaitNext() {
    needs = open.size() == 1 ? Needs.anyOpen(open.values()) : Needs.UNKNOWN;
    try {
      Waits.await(this, deadline != null, deadline == null ? 0 : deadline);
    } catch (InterruptedException interrupted) {
      stopWatching();
      Thread.currentThread().interrupt();
      throw new CompletionException("Interrupted while waiting for a future", interrupted);
    } finally {
      needs = Needs.UNKNOWN;
    }
  }

  /** Ends the iteration early. */
  private void stopWatching() {
    open.removeAll();
  }

  @Override
  public Needs needs() {
    return needs;
  }

  @Override
  public boolean mayEndInSeveralWays() {
    return true;
  }

  @Override
  public void waitIsLong() {
    needs = Needs.anyOpen(open.values());
  }

  @Override
  public boolean isMet() {
    return open.hasDone();
  }

  @Override
  public boolean isWorthALook() {
    return open.isWorthALook();
  }

  @Override
  public Runnable onMet(Runnable call) {
    return open.onDone(call);
  }

  @Override
  public String toString() {
    return Awaited.describe(open.values());
  }

  @Override
  public boolean involves(Home home) {
    return open.anyMatch(future -> Awaited.isOpenFor(home, future));
  }
}
