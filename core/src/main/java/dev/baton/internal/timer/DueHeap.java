package dev.baton.internal.timer;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is due, the earliest first: a binary heap. Each entry knows its place, so one that is
 * cancelled is taken out at once.
 */
final class DueHeap {

  private @Nullable Timed[] heap = new @Nullable Timed[16];
  private int size;

  int size() {
    return size;
  }

  /** Returns the earliest, or null if there is none. */
  @Nullable Timed first() {
    return size == 0 ? null : heap[0];
  }

  /** Sees to it that so many can be added without more memory, so that none is lost half-way. */
  void makeRoomFor(int more) {
    if (size + more > heap.length) {
      heap = Arrays.copyOf(heap, Math.max(size * 2, size + more));
    }
  }

  void add(Timed entry) {
    makeRoomFor(1);
    rise(size++, entry);
  }

  /** Takes out an entry that is in here. */
  void remove(Timed entry) {
    int hole = entry.place;
    entry.place = Timed.NOWHERE;
    Timed last = at(--size);
    heap[size] = null;
    if (last == entry) {
      return;
    }
    sink(hole, last);
    if (last.place == hole) {
      rise(hole, last);
    }
  }

  private void rise(int from, Timed entry) {
    int hole = from;
    while (hole > 0) {
      Timed parent = at((hole - 1) >>> 1);
      if (entry.time - parent.time >= 0) {
        break;
      }
      put(hole, parent);
      hole = (hole - 1) >>> 1;
    }
    put(hole, entry);
  }

  private void sink(int from, Timed entry) {
    int hole = from;
    for (int child; (child = 2 * hole + 1) < size; ) {
      if (child + 1 < size && at(child + 1).time - at(child).time < 0) {
        child++;
      }
      Timed earlier = at(child);
      if (earlier.time - entry.time >= 0) {
        break;
      }
      put(hole, earlier);
      hole = child;
    }
    put(hole, entry);
  }

  private Timed at(int place) {
    return Objects.requireNonNull(heap[place], "an entry is below the size");
  }

  private void put(int place, Timed entry) {
    heap[place] = entry;
    entry.place = place;
  }
}
