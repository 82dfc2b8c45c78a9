package dev.baton.internal.future;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Futures, with what belongs to each, in the order in which they get done. One thread adds and
 * takes; nothing is kept of what it has taken.
 *
 * @param <V> the type of what belongs to them
 */
public final class CompletionOrder<V> {

  /** One future. The completing thread only reads it: so the taking one has it at hand. */
  private static final class Entry<V> extends Callback.Alarm {

    private final DoneQueue<Entry<V>> queue;
    private final int place;
    private final long number;

    /**
     * The future, and what belongs to it, until it is taken; cleared by the taking thread. Who is
     * told of the end may still see the future then, and adds the entry in vain.
     */
    private @Nullable BatonFuture<?> future;

    private @Nullable V value;

    Entry(BatonFuture<?> future, V value, int place, long number, DoneQueue<Entry<V>> queue) {
      this.future = future;
      this.value = value;
      this.place = place;
      this.number = number;
      this.queue = queue;
    }

    /** May add it twice, of which the second is not in its place any more when it is taken. */
    @Override
    void ring() {
      BatonFuture<?> known = future;
      if (known != null && known.isDone()) { // and has not just a result that is yet to be decoded
        queue.add(this);
      }
    }

    @Override
    boolean isDead() {
      return future == null;
    }

    V value() {
      return Objects.requireNonNull(value, "only what is not taken is looked at");
    }

    /** Lets go of what is taken, and returns what belongs to it. */
    V take() {
      V taken = value();
      value = null;
      future = null;
      return taken;
    }
  }

  private final DoneQueue<Entry<V>> done = new DoneQueue<>();

  /** Those that are not taken, each at its place; the first free places are at the stack's top. */
  private @Nullable Object[] open = new Object[16];

  private int[] free = new int[0];
  private int freeCount;
  private int used;

  /**
   * All places before this one are free: so what is left of many is found without a long search.
   */
  private int firstUsed;

  private int size;
  private long count;

  /** Makes an empty one. */
  public CompletionOrder() {}

  /** Adds a future, and what is to be taken when it is done. */
  public void add(CompletionStage<?> future, V value) {
    int place = freeCount > 0 ? free[--freeCount] : used++;
    firstUsed = Math.min(firstUsed, place);
    if (place == open.length) {
      open = Arrays.copyOf(open, 2 * place);
    }
    BatonFuture<?> adopted = Dependent.adopt(future);
    Entry<V> entry = new Entry<>(adopted, value, place, count++, done);
    open[place] = entry;
    size++;
    adopted.alarm(entry);
  }

  /** Takes what belongs to the future that was done first, or returns null if none is done. */
  public @Nullable V poll() {
    Entry<V> entry = done.poll();
    while (entry != null && open[entry.place] != entry) {
      entry = done.poll(); // it was taken otherwise
    }
    if (entry == null) {
      return null;
    }
    free(entry);
    return entry.take();
  }

  /** Takes all, done or not; returns it in the order in which it was added. */
  public List<V> removeAll() {
    List<V> left = values();
    entries().forEach(CompletionOrder::giveUp);
    Arrays.fill(open, null);
    freeCount = 0;
    used = 0;
    firstUsed = 0;
    size = 0;
    return left;
  }

  private static void giveUp(Entry<?> entry) {
    BatonFuture<?> future = Objects.requireNonNull(entry.future, "only what is not taken is here");
    entry.take();
    future.unlink();
  }

  /** Takes what was added last, done or not, and is not taken. */
  public void removeNewest() {
    Entry<V> newest = entries().getLast();
    free(newest);
    giveUp(newest);
  }

  private void free(Entry<V> entry) {
    open[entry.place] = null;
    size--;
    if (freeCount == free.length) {
      free = Arrays.copyOf(free, Math.max(16, 2 * freeCount));
    }
    free[freeCount++] = entry.place;
  }

  /** Returns how many were added and not taken. */
  public int size() {
    return size;
  }

  /** Tells whether a condition holds for anything that was added and not taken. */
  @SuppressWarnings("unchecked") // only entries are in the table
  public boolean anyMatch(Predicate<? super V> condition) {
    for (int place = firstUsed; place < used; place++) {
      Object entry = open[place];
      if (entry == null) {
        firstUsed += place == firstUsed ? 1 : 0;
      } else if (condition.test(((Entry<V>) entry).value())) {
        return true;
      }
    }
    return false;
  }

  /** Returns what was added and not taken if it is one thing, or null. */
  public @Nullable V only() {
    return size == 1 ? entries().getFirst().value() : null;
  }

  /** Returns what was added and not taken, in that order. */
  public List<V> values() {
    List<V> values = new ArrayList<>(size);
    entries().forEach(entry -> values.add(entry.value()));
    return values;
  }

  @SuppressWarnings("unchecked") // only entries are in the table
  private List<Entry<V>> entries() {
    List<Entry<V>> entries = new ArrayList<>(size);
    for (Object entry : open) {
      if (entry != null) {
        entries.add((Entry<V>) entry);
      }
    }
    entries.sort(Comparator.comparingLong(entry -> entry.number));
    return entries;
  }

  /**
   * Tells whether {@link #poll} has something: what was told of once more after it was taken is
   * not.
   */
  public boolean hasDone() {
    return done.anyMatch(entry -> !entry.isDead());
  }

  /** Tells whether to look for a moment for the next end before blocking. */
  public boolean isWorthALook() {
    for (int place = firstUsed; size > 0; place++) {
      if (open[place] instanceof Entry<?> entry && entry.future instanceof BatonFuture<?> first) {
        return first.isWorthALook();
      }
    }
    return true;
  }

  /**
   * Has the taking thread woken by the next future that gets done, at once if one is.
   *
   * @return takes the registration back
   */
  public Runnable onDone(Runnable call) {
    return done.onAdded(call);
  }
}
