package dev.baton.internal.future;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What those who complete futures leave for the one thread that takes them. What is left is linked
 * by itself, so that nothing has to be made for it.
 *
 * @param <E> the type of what they leave
 */
public final class DoneQueue<E extends Watch<?>> {

  /** Where the newest entry is in its array: alone on its cache line, since many write it. */
  private static final int NEWEST = 16;

  /**
   * What was added last, linked to what was added before it; changed by compare-and-set by who
   * adds, and by the taking thread, which takes all.
   */
  private final AtomicReferenceArray<@Nullable Watch<?>> newest =
      new AtomicReferenceArray<>(2 * NEWEST);

  /** What was taken from there and not handed out, the oldest first; the taking thread's own. */
  private @Nullable Watch<?> oldest;

  /**
   * Wakes the taking thread; written by it before it looks at the queue, read by who has added to
   * the queue: so one of the two sees the other.
   */
  private volatile @Nullable Runnable wake;

  /** Makes an empty queue. */
  public DoneQueue() {}

  /** Adds what was not added before, and wakes the taking thread if it waits. */
  public void add(E entry) {
    Watch<?> before;
    do {
      before = newest.get(NEWEST);
      entry.linked = before;
    } while (!newest.compareAndSet(NEWEST, before, entry));
    Runnable w = wake;
    if (w != null) {
      w.run();
    }
  }

  /** Takes the entry that was added first, or returns null. */
  @SuppressWarnings("unchecked") // only such entries are added
  public @Nullable E poll() {
    Watch<?> next = oldest != null ? oldest : takeAll();
    if (next != null) {
      oldest = next.linked;
      next.linked = null;
    }
    return (E) next;
  }

  /** Takes all that was added, and turns its order round. */
  private @Nullable Watch<?> takeAll() {
    Watch<?> reversed = null;
    Watch<?> rest = newest.get(NEWEST) == null ? null : newest.getAndSet(NEWEST, null);
    while (rest != null) {
      Watch<?> before = rest.linked;
      rest.linked = reversed;
      reversed = rest;
      rest = before;
    }
    return reversed;
  }

  /** Tells whether there is nothing to take. */
  public boolean isEmpty() {
    return oldest == null && newest.get(NEWEST) == null;
  }

  /**
   * Has the taking thread woken by the next entry, at once if there is one.
   *
   * @return takes the registration back
   */
  public Runnable onAdded(Runnable call) {
    wake = call;
    if (!isEmpty()) {
      call.run();
    }
    return () -> wake = null;
  }
}
