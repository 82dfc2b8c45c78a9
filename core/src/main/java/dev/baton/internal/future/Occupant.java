package dev.baton.internal.future;

import dev.baton.spi.AwaitHook;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The task whose slot a thread occupies, from the begin of its body to the end of its callbacks.
 *
 * <p>A pooled thread carries its occupant in a field. A virtual thread that was made for a task
 * stands in a list, because a {@link ThreadLocal} would cost it more than half as much memory
 * again. Any other thread has a {@link ThreadLocal}.
 */
public interface Occupant {

  /** A thread that has a field for its occupant, which only the thread itself touches. */
  interface Carrier {

    /** Returns the occupant, or null between tasks. */
    @Nullable Occupant occupant();

    /** Sets the occupant, or null when the slot is free again. */
    void occupy(@Nullable Occupant occupant);
  }

  /** Lends the slot for a wait; returns whether there is a slot to take back afterwards. */
  boolean lendFor(Awaited awaited);

  /** Takes the slot back after a wait. */
  void resume(Awaited awaited);

  /** How this task waits. */
  AwaitHook awaitHook();

  /** Returns the occupant of the current thread, or null. */
  static @Nullable Occupant current() {
    Thread thread = Thread.currentThread();
    if (thread instanceof Carrier carrier) {
      return carrier.occupant();
    }
    Occupant listed = thread.isVirtual() ? Occupancy.OF_VIRTUAL_THREADS.get(thread) : null;
    return listed != null ? listed : Occupancy.OF_THREAD.get();
  }

  /** Lists the occupant of a virtual thread that was made for it, before the thread starts. */
  static void occupy(Thread thread, Occupant occupant) {
    Occupancy.OF_VIRTUAL_THREADS.put(thread, occupant);
  }

  /** Takes a virtual thread off the list, at its end. */
  static void vacate(Thread thread) {
    Occupancy.OF_VIRTUAL_THREADS.remove(thread);
  }

  /** Visits the occupants of all virtual threads that were made for one. */
  static void forEachOnVirtualThread(Consumer<Occupant> visitor) {
    Occupancy.OF_VIRTUAL_THREADS.values().forEach(visitor);
  }

  /** Makes this the occupant of the current thread, or with null nobody; returns the one before. */
  static @Nullable Occupant enter(@Nullable Occupant next) {
    Thread thread = Thread.currentThread();
    if (thread instanceof Carrier carrier) {
      Occupant previous = carrier.occupant();
      carrier.occupy(next);
      return previous;
    }
    if (next != null && thread.isVirtual()) {
      Occupant listed = Occupancy.OF_VIRTUAL_THREADS.replace(thread, next);
      if (listed != null) {
        return listed;
      }
    }
    Occupant previous = Occupancy.OF_THREAD.get();
    if (next == null) {
      Occupancy.OF_THREAD.remove();
    } else {
      Occupancy.OF_THREAD.set(next);
    }
    return previous;
  }
}
