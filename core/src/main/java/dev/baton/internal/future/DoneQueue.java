package dev.baton.internal.future;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * What those who complete futures leave for the one thread that takes them.
 *
 * @param <E> the type of what they leave
 */
public final class DoneQueue<E> {

  private final Queue<E> done = new ConcurrentLinkedQueue<>();

  /**
   * Wakes the taking thread; written by it before it looks at the queue, read by who has added to
   * the queue: so one of the two sees the other.
   */
  private volatile @Nullable Runnable wake;

  /** Makes an empty queue. */
  public DoneQueue() {}

  /** Adds an element, and wakes the taking thread if it waits. */
  public void add(E element) {
    done.add(element);
    Runnable w = wake;
    if (w != null) {
      w.run();
    }
  }

  /** Takes the element that was added first, or returns null. */
  public @Nullable E poll() {
    return done.poll();
  }

  /** Tells whether there is nothing to take. */
  public boolean isEmpty() {
    return done.isEmpty();
  }

  /**
   * Has the taking thread woken by the next element, at once if there is one.
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
