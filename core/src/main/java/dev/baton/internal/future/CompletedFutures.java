package dev.baton.internal.future;

import dev.baton.TaskFuture;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Hands out futures as they get done, and keeps none that it has handed out.
 *
 * @param <T> the type of the results
 */
@SuppressWarnings("IterableAndIterator") // they can be gone through once, as documented
public final class CompletedFutures<T extends @Nullable Object>
    implements Iterable<TaskFuture<T>>, Iterator<TaskFuture<T>>, Awaited, Watch.Observer<T> {

  private final int total;
  private final @Nullable Long deadline;

  /** What has not been handed out; touched by the iterating thread only. */
  private final Map<TaskFuture<T>, @Nullable Watch<T>> open = new LinkedHashMap<>();

  private final Queue<TaskFuture<T>> done = new ConcurrentLinkedQueue<>();

  /** Wakes the thread that waits for the next future; written by it, read by who completes one. */
  private volatile @Nullable Runnable wake;

  private boolean begun;

  private CompletedFutures(Collection<TaskFuture<T>> futures, @Nullable Long nanos) {
    deadline = nanos == null ? null : System.nanoTime() + nanos;
    for (TaskFuture<T> future : futures) {
      open.put(Objects.requireNonNull(future, "future"), null);
    }
    total = open.size();
  }

  /**
   * Begins to watch.
   *
   * @param nanos how long the whole iteration may take, or null for no limit
   */
  public static <T extends @Nullable Object> CompletedFutures<T> of(
      Collection<TaskFuture<T>> futures, @Nullable Long nanos) {
    CompletedFutures<T> all = new CompletedFutures<>(futures, nanos);
    all.open.replaceAll((future, none) -> Watch.at(future, all));
    return all;
  }

  @Override
  public void done(TaskFuture<T> future) {
    done.add(future);
    Runnable w = wake;
    if (w != null) {
      w.run();
    }
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
  public boolean hasNext() {
    return !open.isEmpty();
  }

  @Override
  public TaskFuture<T> next() {
    if (open.isEmpty()) {
      throw new NoSuchElementException("All " + total + " futures have been handed out.");
    }
    awaitNext();
    TaskFuture<T> next = done.poll();
    if (next == null) {
      String message = open.size() + " (of " + total + ") futures unfinished";
      stopWatching();
      throw new CompletionException(message, new TimeoutException(message));
    }
    open.remove(next);
    return next;
  }

  private void awaitNext() {
    if (isMet() || (deadline != null && deadline - System.nanoTime() <= 0)) {
      return;
    }
    try {
      Waits.await(this, deadline != null, deadline == null ? 0 : deadline);
    } catch (InterruptedException interrupted) {
      stopWatching();
      Thread.currentThread().interrupt();
      throw new CompletionException("Interrupted while waiting for a future", interrupted);
    }
  }

  /** Ends the iteration early. */
  private void stopWatching() {
    open.values().forEach(watch -> Objects.requireNonNull(watch).end());
    open.clear();
  }

  @Override
  public boolean isMet() {
    return !done.isEmpty();
  }

  @Override
  public Runnable onMet(Runnable call) {
    wake = call;
    if (isMet()) {
      call.run();
    }
    return () -> wake = null;
  }

  @Override
  public String toString() {
    return Awaited.describe(open.keySet());
  }

  @Override
  public boolean involves(Home home) {
    return Awaited.anyInvolves(open.keySet(), home);
  }
}
