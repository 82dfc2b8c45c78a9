package dev.baton.internal.future;

import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Futures, with what belongs to each, in the order in which they get done. One thread adds and
 * takes; nothing is kept of what it has taken.
 *
 * @param <V> the type of what belongs to them
 */
public final class CompletionOrder<V> {

  /** One future: in the list of those that are not taken and, once done, in the queue too. */
  private static final class Entry<V> extends Watch<@Nullable Object> {

    private final DoneQueue<Entry<V>> queue;
    private final V value;

    /** The neighbours in the list, and whether it was taken; the taking thread's own. */
    private @Nullable Entry<V> before;

    private @Nullable Entry<V> after;
    private boolean isTaken;

    @SuppressWarnings("unchecked") // what the future comes to is not looked at
    Entry(CompletionStage<?> future, V value, DoneQueue<Entry<V>> queue) {
      super((CompletionStage<@Nullable Object>) future);
      this.value = value;
      this.queue = queue;
    }

    @Override
    protected void done() {
      queue.add(this);
    }
  }

  private final DoneQueue<Entry<V>> done = new DoneQueue<>();
  private @Nullable Entry<V> first;
  private @Nullable Entry<V> last;
  private int size;

  /** Makes an empty one. */
  public CompletionOrder() {}

  /** Adds a future, and what is to be taken when it is done. */
  public void add(CompletionStage<?> future, V value) {
    Entry<V> entry = new Entry<>(future, value, done);
    Entry<V> before = last;
    entry.before = before;
    last = entry;
    if (before == null) {
      first = entry;
    } else {
      before.after = entry;
    }
    size++;
    entry.begin();
  }

  /** Takes what belongs to the future that was done first, or returns null if none is done. */
  public @Nullable V poll() {
    for (Entry<V> entry; (entry = done.poll()) != null; ) {
      if (!entry.isTaken) {
        return take(entry);
      }
    }
    return null;
  }

  /** Takes what was added last, whether or not its future is done. */
  public V removeLast() {
    Entry<V> entry = Objects.requireNonNull(last, "there is nothing to take");
    entry.end();
    return take(entry);
  }

  private V take(Entry<V> entry) {
    Entry<V> before = entry.before;
    Entry<V> after = entry.after;
    if (before == null) {
      first = after;
    } else {
      before.after = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.before = before;
    }
    entry.before = null;
    entry.after = null;
    entry.isTaken = true;
    size--;
    return entry.value;
  }

  /** Returns how many were added and not taken. */
  public int size() {
    return size;
  }

  /** Visits what was added and not taken, the first one first. */
  public void forEach(Consumer<? super V> visitor) {
    for (Entry<V> entry = first; entry != null; entry = entry.after) {
      visitor.accept(entry.value);
    }
  }

  /** Tells whether {@link #poll} has something. */
  public boolean hasDone() {
    return !done.isEmpty();
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
