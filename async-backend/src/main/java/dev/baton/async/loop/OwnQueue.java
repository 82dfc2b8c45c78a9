package dev.baton.async.loop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the holder of the baton has put into the queue itself, first in first out: only the holder
 * adds and takes, so nothing here is atomic; any thread may visit.
 *
 * <p>A list of arrays, each filled once from its begin to its end: an item costs a place in one,
 * and a visitor never sees a place used anew.
 */
final class OwnQueue {

  private static final int LENGTH = 256;

  private static final VarHandle ITEM = MethodHandles.arrayElementVarHandle(Object[].class);
  private static final VarHandle NEXT;
  private static final VarHandle FIRST;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      NEXT = lookup.findVarHandle(Part.class, "next", Part.class);
      FIRST = lookup.findVarHandle(OwnQueue.class, "first", Part.class);
    } catch (ReflectiveOperationException missing) {
      throw new ExceptionInInitializerError(missing);
    }
  }

  /** Some items, and the part that comes after. */
  private static final class Part {
    /** Each written with release order, and cleared so after the taker says what it has. */
    final @Nullable Object[] items = new @Nullable Object[LENGTH];

    /** Written once, with release order. */
    @Nullable Part next;
  }

  /** The part to take from; written by the holder with release order, read by visitors. */
  private Part first = new Part();

  /** The part to add to, and the places there and in the first one; for the holder only. */
  private Part last = first;

  private int taken;
  private int added;

  boolean isEmpty() {
    return taken == added && first == last;
  }

  void add(Object item) {
    if (added == LENGTH) {
      Part fresh = new Part();
      NEXT.setRelease(last, fresh);
      last = fresh;
      added = 0;
    }
    ITEM.setRelease(last.items, added, item);
    added++; // after what a full stack may keep from being done
  }

  /** Returns the first item without taking it, or null if there is none. */
  @Nullable Object peek() {
    if (taken == LENGTH && first != last) {
      FIRST.setRelease(this, Objects.requireNonNull(first.next, "a part before the last"));
      taken = 0;
    }
    return taken == LENGTH ? null : first.items[taken];
  }

  /** Takes the item that was seen by {@link #peek}. */
  void drop() {
    ITEM.setRelease(first.items, taken, null);
    taken++;
  }

  /** Visits, from any thread, what is queued from the begin of the visit to its end. */
  void forEach(Consumer<Object> visitor) {
    for (Part part = (Part) FIRST.getAcquire(this);
        part != null;
        part = (Part) NEXT.getAcquire(part)) {
      for (int i = 0; i < LENGTH; i++) {
        Object item = ITEM.getAcquire(part.items, i);
        if (item != null) {
          visitor.accept(item);
        }
      }
    }
  }
}
