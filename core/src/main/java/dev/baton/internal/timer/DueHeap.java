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
    place(entry, size, size + 1);
  }

  /** Takes out an entry that is in here. */
  void remove(Timed entry) {
    Timed last = Objects.requireNonNull(heap[size - 1], "the last is below the size");
    if (last == entry) {
      size--;
    } else {
      place(last, entry.place, size - 1);
    }
    heap[size] = null;
    entry.place = Timed.NOWHERE;
  }

  /**
   * Puts an entry into a free place, or from there up or down to where it belongs, in a heap of a
   * new size. Calls nothing, so that a stack which is full cannot stop it half-way.
   */
  @SuppressWarnings("NullAway") // all places below the size are full
  private void place(Timed entry, int free, int newSize) {
    @Nullable Timed[] places = heap;
    int hole = free;
    for (int parent = (hole - 1) >>> 1;
        hole > 0 && entry.time - places[parent].time < 0;
        parent = (hole - 1) >>> 1) {
      places[hole] = places[parent];
      places[hole].place = hole;
      hole = parent;
    }
    for (int child; hole >= free && (child = 2 * hole + 1) < newSize; hole = child) {
      if (child + 1 < newSize && places[child + 1].time - places[child].time < 0) {
        child++;
      }
      if (places[child].time - entry.time >= 0) {
        break;
      }
      places[hole] = places[child];
      places[hole].place = hole;
    }
    places[hole] = entry;
    entry.place = hole;
    size = newSize;
  }
}
