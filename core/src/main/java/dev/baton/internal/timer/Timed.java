package dev.baton.internal.timer;

/**
 * Something that is due at a time, and its own entry among all that is.
 *
 * <pre>
 *   NOWHERE ──start──▶ in the heap or the wheel ──its time has come──▶ RINGING ──goOn──▶ in the heap or the wheel
 *      ▲                 │                                                │
 *      └──────cancel─────┴────────────────────────────────────────────────┘      ENDED, from anywhere, for good
 * </pre>
 */
public abstract class Timed {

  /** The places outside the heap, in which an entry's place is its index. */
  static final int NOWHERE = -1;

  static final int IN_WHEEL = -2;
  static final int RINGING = -3;
  static final int ENDED = -4;

  /** When it is due, as of {@link System#nanoTime()}; guarded by the timer's lock, as all here. */
  long time;

  /** Where it is, as above. */
  int place = NOWHERE;

  /** Its neighbours in a slot of the wheel; it is its own where there is none. */
  Timed previous = this;

  Timed next = this;

  /** Makes what has not been started. */
  protected Timed() {}

  /**
   * Does what is due, on the timer's thread: something quick that neither blocks nor calls the
   * user's code.
   */
  protected abstract void due();

  final boolean isAlone() {
    return next == this;
  }

  /** Puts another one before this, which is last if this stands for a whole slot. */
  final void linkBefore(Timed entry) {
    entry.previous = previous;
    entry.next = this;
    previous.next = entry;
    previous = entry;
  }

  /** Takes this out from between its neighbours. */
  final void unlink() {
    previous.next = next;
    next.previous = previous;
    previous = this;
    next = this;
  }
}
