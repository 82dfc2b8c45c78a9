package dev.baton.async.loop;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is ready to run on a loop, first in first out. What the holder of the baton adds itself goes
 * into a queue of its own, which costs it nothing that is atomic.
 *
 * <p>The order is that of one queue: what is in the holder's was added before all that is in the
 * shared one, because the holder first moves over what others have added. If one of them is still
 * about to link what it adds, what comes behind that cannot be seen yet, and the holder queues up
 * there as well.
 */
final class ReadyQueue {

  private final SharedQueue shared = new SharedQueue();
  private final OwnQueue own = new OwnQueue();

  /** Adds an item, from any thread, which has to look afterwards whether anybody has the baton. */
  void add(Object item) {
    shared.add(item);
  }

  /** Adds an item. For the holder only, who will look at the queue before it frees the baton. */
  void addOwn(Object item) {
    if (shared.isUntouched() || isAllMoved()) {
      own.add(item);
    } else {
      shared.add(item);
    }
  }

  /** Moves what others have added, each into the one queue before it leaves the other. */
  private boolean isAllMoved() {
    Object item = shared.peek();
    if (item != null) {
      StackRoom.check(); // a task must not be in both queues afterwards
    }
    for (; item != null; item = shared.peek()) {
      own.add(item);
      shared.drop();
    }
    return shared.isUntouched();
  }

  /** Returns the first item without taking it, or null if there is none. For the holder only. */
  @Nullable Object peek() {
    Object first = own.peek();
    return first == null ? shared.peek() : first;
  }

  /** Takes the item that was seen by {@link #peek}. For the holder only. */
  void drop() {
    if (own.isEmpty()) {
      shared.drop();
    } else {
      own.drop();
    }
  }

  /** Tells whether there is nothing. For the holder only. */
  boolean isEmpty() {
    return own.isEmpty() && shared.isEmpty();
  }

  /** Tells whether others have added nothing: for who has just freed the baton. */
  boolean isSharedEmpty() {
    return shared.isEmpty();
  }

  /**
   * Visits what is queued from the begin of the visit to its end, in the order in which it moves,
   * so that nothing is missed; something may be met twice.
   */
  void forEach(Consumer<Object> visitor) {
    shared.forEach(visitor);
    own.forEach(visitor);
  }
}
