package dev.baton.internal.future;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * What those who complete futures leave for the one thread that takes them. What is left is linked
 * by itself, so that nothing has to be made for it.
 *
 * @param <E> the type of what they leave
 */
public final class DoneQueue<E extends Watch<?>> {

  private static final VarHandle NEWEST;

  static {
    try {
      NEWEST = MethodHandles.lookup().findVarHandle(DoneQueue.class, "newest", Watch.class);
    } catch (ReflectiveOperationException missing) {
      throw new ExceptionInInitializerError(missing);
    }
  }

  /**
   * What was added last, linked to what was added before it; changed by compare-and-set by who
   * adds, and by the taking thread, which takes all.
   */
  private volatile @Nullable Watch<?> newest;

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
      before = newest;
      entry.linked = before;
    } while (!NEWEST.compareAndSet(this, before, entry));
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
    Watch<?> rest = newest == null ? null : (Watch<?>) NEWEST.getAndSet(this, null);
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
    return oldest == null && newest == null;
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
