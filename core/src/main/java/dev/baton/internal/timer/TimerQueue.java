package dev.baton.internal.timer;

import org.jspecify.annotations.Nullable;

/**
 * All that is due at a time, in the order of time: a heap of few, which is quick while it is small,
 * and a {@link Wheel} for the rest. To be used under a lock.
 */
final class TimerQueue {

  /** So many need no wheel. */
  private static final int FEW = 256;

  private final DueHeap heap = new DueHeap();
  private final Wheel wheel = new Wheel(System.nanoTime());

  boolean isEmpty() {
    return heap.size() == 0 && wheel.isEmpty();
  }

  /** Adds an entry with its time, which is less than half of all time off. */
  void add(Timed entry, long now) {
    if (heap.size() < FEW || !wheel.add(entry, now)) {
      heap.add(entry);
    }
  }

  /** Takes an entry out, if it is there. */
  void remove(Timed entry) {
    if (entry.place >= 0) {
      heap.remove(entry);
    } else if (entry.place == Timed.IN_WHEEL) {
      wheel.remove(entry);
    }
  }

  private boolean isWheelNext() {
    Timed first = heap.first();
    return !wheel.isEmpty() && (first == null || wheel.earliest() - first.time <= 0);
  }

  /** Returns when to look again: nothing is due before. Not to be asked of an empty queue. */
  long nextLook() {
    Timed first = heap.first();
    return first == null || isWheelNext() ? wheel.earliest() : first.time;
  }

  /**
   * Takes the earliest out if its time has come. Returns null if it has not, and also if there is
   * more to look through first: then {@link #nextLook()} is not later than now.
   */
  @Nullable Timed pollDue(long now) {
    if (isEmpty() || nextLook() - now > 0) {
      return null;
    }
    Timed first = heap.first();
    if (first == null || isWheelNext()) {
      wheel.advance(heap);
      return null;
    }
    heap.remove(first);
    return first;
  }
}
