package dev.baton.internal.future;

import dev.baton.TaskFuture;
import dev.baton.TaskFutures;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
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
    implements TaskFutures.Completed<T>, Iterator<TaskFuture<T>>, Awaited, Watch.Observer<T> {

  private final int total;
  private final @Nullable Long deadline;

  /** What has not been handed out; touched by the iterating thread only. */
  private final Map<TaskFuture<T>, @Nullable Watch<T>> open;

  private final DoneQueue<TaskFuture<T>> done = new DoneQueue<>();

  private boolean begun;

  private CompletedFutures(Collection<? extends TaskFuture<T>> futures, @Nullable Long nanos) {
    deadline = nanos == null ? null : System.nanoTime() + nanos;
    open = LinkedHashMap.newLinkedHashMap(futures.size());
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
      Collection<? extends TaskFuture<T>> futures, @Nullable Long nanos) {
    CompletedFutures<T> all = new CompletedFutures<>(futures, nanos);
    all.open.replaceAll((future, none) -> Watch.at(future, all));
    return all;
  }

  @Override
  public void done(TaskFuture<T> future) {
    done.add(future);
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
    return !open.isEmpty();
  }

  @Override
  public TaskFuture<T> next() {
    if (open.isEmpty()) {
      throw new NoSuchElementException("All " + total + " futures have been handed out.");
    }
    TaskFuture<T> next = done.poll();
    if (next == null) {
      awaitNext();
      next = done.poll();
    }
    if (next == null) {
      String message = open.size() + " (of " + total + ") futures unfinished";
      stopWatching();
      throw new CompletionException(message, new TimeoutException(message));
    }
    open.remove(next);
    return next;
  }

  private void awaitNext() {
    if (deadline != null && deadline - System.nanoTime() <= 0) {
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
    return done.onAdded(call);
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
