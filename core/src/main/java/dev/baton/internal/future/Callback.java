package dev.baton.internal.future;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * An entry in a future's list of those who want to know its end. The list is a stack: entries are
 * pushed at its head by compare-and-set, and taken all at once by the one thread that drains it.
 */
abstract class Callback {

  private static final VarHandle NEXT;

  static {
    try {
      NEXT = MethodHandles.lookup().findVarHandle(Callback.class, "next", Callback.class);
    } catch (ReflectiveOperationException missing) {
      throw new ExceptionInInitializerError(missing);
    }
  }

  /**
   * The entry below. Written before the push, which publishes it, and afterwards only by {@link
   * BatonFuture#unlink}, which at worst leaves an entry in the list that has become {@linkplain
   * #isDead() dead}.
   */
  volatile @Nullable Callback next;

  /**
   * About how many entries there are from here down, and how many of them have died since that was
   * last counted. Kept at whichever entry is the head, without care for races: they only decide
   * when it is worth looking.
   */
  private int size;

  private int dead;

  /** Prepares to be the head above another entry. */
  final void putAbove(@Nullable Callback head) {
    NEXT.set(this, head);
    size = head == null ? 1 : head.size + 1;
    dead = head == null ? 0 : head.dead;
  }

  /** Counts a dead entry; returns whether it is worth taking them all out. */
  final boolean countDead() {
    dead++;
    return dead > Math.max(16, size / 2);
  }

  /** Begins to count anew. */
  final void recount(int live) {
    size = live;
    dead = 0;
  }

  /**
   * Does what is to be done at the future's end, and never throws. Returns a future that is done by
   * this and whose own callbacks are to be drained next, or null.
   */
  abstract @Nullable BatonFuture<?> fire();

  /** Tells whether the entry has become pointless and may be dropped. */
  boolean isDead() {
    return false;
  }

  /**
   * An entry that is told of the end by the very thread that decides it, before any callback: a
   * thread to wake. What it does is quick and is not user code.
   */
  abstract static class Alarm extends Callback {

    /** Tells of the end; may come more than once. */
    abstract void ring();

    /**
     * Rings here too: a thread that drains early may take the alarm before the settling one sees
     * it.
     */
    @Override
    final @Nullable BatonFuture<?> fire() {
      ring();
      return null;
    }
  }
}
