package dev.baton.internal.future;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What those who complete futures leave for the one thread that takes it, in that order. It is a
 * list of arrays: an adder draws the next place of the last one, and fills it. An adder that is
 * between the two delays those behind it, which it then makes known with its own.
 *
 * @param <E> the type of what they leave
 */
public final class DoneQueue<E> {

  /** Few places, for there may be few futures. */
  private static final int FIRST_PLACES = 16;

  /** So many places that a new array is rare. */
  private static final int PLACES = 256;

  /** So many numbers of an array fill a cache line. */
  private static final int APART = 16;

  /** One array, and what comes after it. */
  private static final class Segment<E> {

    /** Filled by who has drawn the place, emptied by the taking thread. */
    private final AtomicReferenceArray<@Nullable E> places;

    /**
     * How many places are drawn, and how often one was drawn in vain; in the middle of an array,
     * apart from all that the taking thread reads.
     */
    private final AtomicIntegerArray drawn = new AtomicIntegerArray(2 * APART);

    /** Set once, by compare-and-set, by an adder that finds no place. */
    private final AtomicReference<@Nullable Segment<E>> next = new AtomicReference<>();

    Segment(int places) {
      this.places = new AtomicReferenceArray<>(places);
    }

    /** Adds, or returns false if the segment is full. */
    boolean add(E entry) {
      int place = drawn.getAndIncrement(APART);
      if (place >= places.length()) {
        return false;
      }
      places.set(place, entry);
      return true;
    }

    /** Returns the segment after this full one. */
    Segment<E> grow() {
      Segment<E> there = next.get();
      if (there != null) {
        return there;
      }
      Segment<E> more = new Segment<>(PLACES);
      Segment<E> other = next.compareAndExchange(null, more);
      return other == null ? more : other;
    }
  }

  /** The segment that is taken from; the taking thread's own. */
  private Segment<E> first = new Segment<>(FIRST_PLACES);

  /**
   * How many of its places are taken; the taking thread's own, too, in the middle of an array,
   * because it is written for each entry and adders read the fields beside this one.
   */
  private final int[] taken = new int[2 * APART];

  /** The segment that is added to, or one before it; moved on by who finds it full. */
  private volatile Segment<E> last = first;

  /**
   * Wakes the taking thread; written by it before it looks at the queue, read by who has added to
   * the queue: so one of the two sees the other.
   */
  private volatile @Nullable Runnable wake;

  /** Makes an empty queue. */
  public DoneQueue() {}

  /** Adds an entry, and wakes the taking thread if it waits. */
  public void add(E entry) {
    Segment<E> segment = last;
    while (!segment.add(entry)) {
      segment = segment.grow();
      last = segment;
    }
    Runnable w = wake;
    if (w != null) {
      w.run();
    }
  }

  /** Takes the entry that was added first, or returns null. */
  public @Nullable E poll() {
    if (taken[APART] == first.places.length()) {
      Segment<E> next = first.next.get();
      if (next == null) {
        return null;
      }
      first = next;
      taken[APART] = 0;
    }
    E entry = first.places.get(taken[APART]);
    if (entry != null) {
      first.places.setPlain(taken[APART]++, null);
    }
    return entry;
  }

  /** Tells whether there is nothing to take. Any thread may ask; others may hear what was so. */
  public boolean isEmpty() {
    return peek() == null;
  }

  /** Returns what {@link #poll} would take. Any thread may ask; others may hear what was so. */
  public @Nullable E peek() {
    Segment<E> segment = first;
    int place = taken[APART];
    if (place >= segment.places.length()) {
      segment = segment.next.get();
      place = 0;
    }
    return segment == null ? null : segment.places.get(place);
  }

  /**
   * Tells whether a condition holds for anything that is there to be taken. Any thread may ask;
   * others may hear what was so.
   */
  public boolean anyMatch(Predicate<? super E> condition) {
    int place = taken[APART];
    for (Segment<E> segment = first; segment != null; segment = segment.next.get()) {
      for (; place < segment.places.length(); place++) {
        E entry = segment.places.get(place);
        if (entry == null) {
          return false;
        }
        if (condition.test(entry)) {
          return true;
        }
      }
      place = 0;
    }
    return false;
  }

  /**
   * Has the taking thread woken by the next entry, at once if there is one.
   *
   * @return takes the registration back
   */
  public Runnable onAdded(Runnable call) {
    wake = call;
    if (!isEmpty()) {
      call.run();
    }
    return () -> wake = null;
  }
}
