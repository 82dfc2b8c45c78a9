package dev.baton.internal.future;

import dev.baton.spi.AwaitHook;
import org.jspecify.annotations.Nullable;

/**
 * The task whose slot a thread occupies, from the begin of its body to the end of its callbacks.
 *
 * <p>A pooled thread carries its occupant in a field. So does what stands as the handler of
 * uncaught exceptions in a virtual thread that was made for a task, because a {@link ThreadLocal}
 * would cost it more than half as much memory again. Any other thread has a {@link ThreadLocal}.
 */
public interface Occupant {

  /** What has a field for the occupant of a thread, which only the thread itself touches. */
  interface Carrier {

    /** Returns the occupant, or null between tasks. */
    @Nullable Occupant occupant();

    /** Sets the occupant, or null when the slot is free again. */
    void occupy(@Nullable Occupant occupant);
  }

  /** Names the task, for messages. */
  String name();

  /** Tells whether the task is one of a given executor. */
  boolean isOf(Home executor);

  /** Lends the slot for a wait; returns whether there is a slot to take back afterwards. */
  boolean lendFor(Awaited awaited);

  /** Takes the slot back after a wait. */
  void resume(Awaited awaited);

  /**
   * Notes a wait without a time limit.
   *
   * @return what this task waits for already, if anything
   */
  default @Nullable Awaited beginWait(Awaited awaited) {
    return null;
  }

  /**
   * Looks whether a wait that was noted may end.
   *
   * @param isLate whether others that were asked to stop have had the time to do so
   * @throws dev.baton.TaskRejectedException if not
   */
  default void refuseCircle(Awaited awaited, boolean isLate) {}

  /** Notes the end of such a wait, with what its begin returned. */
  default void endWait(@Nullable Awaited before) {}

  /** How this task waits. */
  AwaitHook awaitHook();

  private static @Nullable Carrier carrierOf(Thread thread) {
    if (thread instanceof Carrier carrier) {
      return carrier;
    }
    return thread.isVirtual() && thread.getUncaughtExceptionHandler() instanceof Carrier carrier
        ? carrier
        : null;
  }

  /** Returns the occupant of the current thread, or null. */
  static @Nullable Occupant current() {
    Carrier carrier = carrierOf(Thread.currentThread());
    return carrier != null ? carrier.occupant() : Occupancy.OF_THREAD.get();
  }

  /** Makes this the occupant of the current thread, or with null nobody; returns the one before. */
  static @Nullable Occupant enter(@Nullable Occupant next) {
    Carrier carrier = carrierOf(Thread.currentThread());
    if (carrier != null) {
      Occupant previous = carrier.occupant();
      carrier.occupy(next);
      return previous;
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
