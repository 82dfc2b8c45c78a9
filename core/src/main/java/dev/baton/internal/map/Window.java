package dev.baton.internal.map;

import dev.baton.MapOptions;
import dev.baton.internal.future.Awaited;
import dev.baton.internal.future.BatonFuture;
import dev.baton.internal.future.Needs;
import dev.baton.internal.future.Waits;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What has been read and not taken. It belongs to the thread that goes through the results. */
abstract class Window<A extends @Nullable Object, R extends @Nullable Object> implements Awaited {

  /** Makes the window that hands places out as the options ask. */
  static <A extends @Nullable Object, R extends @Nullable Object> Window<A, R> of(
      MapOptions options) {
    if (options.isUnordered()) {
      return new CompletionWindow<>();
    }
    return options.isFailFast() ? new FailFastWindow<>() : new OrderedWindow<>();
  }

  /**
   * What the thread that waits here needs, if it is one future or the wait is long. Volatile:
   * written by it before it waits or looks for a circle, read by whoever looks for one.
   */
  private volatile Needs needs = Needs.UNKNOWN;

  /** Returns how many places are in here. */
  abstract int size();

  /** Takes all places; returns them in the order of the inputs. */
  abstract List<Place<A, R>> removeAll();

  /** Adds what was read next. */
  abstract void add(Place<A, R> place);

  /** Takes what was added last. */
  abstract void removeNewest();

  /** Takes the place that is to be handed out next, if its end is there. */
  abstract @Nullable Place<A, R> poll();

  /** Takes a place that may be handed out before its end. */
  abstract @Nullable Place<A, R> pollUnfinished();

  /** Returns the future without whose end no place can be taken, or null if there are several. */
  abstract @Nullable BatonFuture<?> needed();

  /** Returns the futures of which any may be enough, if {@link #needed} has none. */
  abstract List<BatonFuture<R>> candidates();

  @Override
  public final Needs needs() {
    return needs;
  }

  @Override
  public final boolean mayEndInSeveralWays() {
    return needed() == null;
  }

  @Override
  public final void waitIsLong() {
    needs = Needs.anyOpen(candidates());
  }

  /** Tells whether {@link #poll} has something. */
  @Override
  public abstract boolean isMet();

  final boolean isEmpty() {
    return size() == 0;
  }

  /** Waits for the next place, which it takes, or for the deadline, when it returns null. */
  final @Nullable Place<A, R> take(Deadline deadline) throws InterruptedException {
    Place<A, R> next = poll();
    while (next == null && !deadline.isPast()) { // what woke it may have been handed out before
      await(deadline);
      next = poll();
    }
    return next;
  }

  private void await(Deadline deadline) throws InterruptedException {
    needs = Needs.of(needed());
    try {
      Waits.await(this, deadline.isSet(), deadline.at());
    } finally {
      needs = Needs.UNKNOWN;
    }
  }

  /**
   * Empties the window.
   *
   * @param visitor is told of each, the last one first: what waits must not begin because what runs
   *     was stopped
   */
  final void clear(Consumer<Place<A, R>> visitor) {
    removeAll().reversed().forEach(visitor);
  }
}
