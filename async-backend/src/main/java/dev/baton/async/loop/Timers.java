package dev.baton.async.loop;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The waits of one loop that end at a time: a binary heap, the earliest first. It belongs to the
 * holder of the baton, so it needs no lock; and each wait knows its place, so one that ends early
 * is taken out at once.
 */
final class Timers {

  /** The place of a wait that is not in the heap. */
  static final int NOWHERE = -1;

  private @Nullable Suspension[] heap = new @Nullable Suspension[16];
  private int size;

  int size() {
    return size;
  }

  /** Returns the earliest, or null if there is none. */
  @Nullable Suspension first() {
    return size == 0 ? null : heap[0];
  }

  /**
   * Adds a wait with its deadline, which is less than half of all time off; returns whether it is
   * the earliest.
   */
  boolean add(Suspension wait) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    rise(size++, wait);
    return wait.place == 0;
  }

  /** Takes a wait out, if it is there. */
  void remove(Suspension wait) {
    int hole = wait.place;
    if (hole == NOWHERE) {
      return;
    }
    wait.place = NOWHERE;
    Suspension last = at(--size);
    heap[size] = null;
    if (last == wait) {
      return;
    }
    sink(hole, last);
    if (last.place == hole) {
      rise(hole, last);
    }
  }

  /** Takes the earliest out if its time has come; returns null if it has not. */
  @Nullable Suspension pollDue(long now) {
    Suspension earliest = first();
    if (earliest == null || earliest.deadline - now > 0) {
      return null;
    }
    remove(earliest);
    return earliest;
  }

  private void rise(int from, Suspension wait) {
    int hole = from;
    while (hole > 0) {
      Suspension parent = at((hole - 1) >>> 1);
      if (wait.deadline - parent.deadline >= 0) {
        break;
      }
      put(hole, parent);
      hole = (hole - 1) >>> 1;
    }
    put(hole, wait);
  }

  private void sink(int from, Suspension wait) {
    int hole = from;
    for (int child; (child = 2 * hole + 1) < size; ) {
      if (child + 1 < size && at(child + 1).deadline - at(child).deadline < 0) {
        child++;
      }
      Suspension earlier = at(child);
      if (earlier.deadline - wait.deadline >= 0) {
        break;
      }
      put(hole, earlier);
      hole = child;
    }
    put(hole, wait);
  }

  private Suspension at(int place) {
    return Objects.requireNonNull(heap[place], "a wait is below the size");
  }

  private void put(int place, Suspension wait) {
    heap[place] = wait;
    wait.place = place;
  }
}
