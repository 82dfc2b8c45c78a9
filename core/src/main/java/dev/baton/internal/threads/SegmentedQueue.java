package dev.baton.internal.threads;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An unbounded queue, first in first out, for any number of threads at both ends.
 *
 * <p>It is a list of arrays. Who adds draws the next place of the last array, who takes draws that
 * of the first, each by one atomic addition that cannot fail; so threads that meet do not repeat
 * each other's work, as they do where all compare and set one head. The scheme is the array queue
 * of Correia and Ramalhete.
 *
 * <pre>
 *   a place:  null ──add──▶ element ──poll, removeIf──▶ SPENT
 *               └──poll comes before add──▶ SPENT, and the adder draws another place
 * </pre>
 *
 * @param <E> the type of the elements
 */
public final class SegmentedQueue<E> {

  /** Places in each array: so many that a new one is rare, so few that an idle queue is small. */
  private static final int PLACES = 256;

  /** How often a place that was drawn and is not filled yet is looked at before it is given up. */
  private static final int LOOKS = 64;

  private static final Object SPENT = new Object();

  private static final VarHandle PLACE = MethodHandles.arrayElementVarHandle(Object[].class);
  private static final VarHandle NEXT;
  private static final VarHandle FIRST;
  private static final VarHandle LAST;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      NEXT = lookup.findVarHandle(Segment.class, "next", Segment.class);
      FIRST = lookup.findVarHandle(SegmentedQueue.class, "first", Segment.class);
      LAST = lookup.findVarHandle(SegmentedQueue.class, "last", Segment.class);
    } catch (ReflectiveOperationException missing) {
      throw new ExceptionInInitializerError(missing);
    }
  }

  /** One array and how far it is used. */
  private static final class Segment {

    /** Where the two counts are in their array: apart, and away from what else is in memory. */
    private static final int ADDED = 16;

    private static final int TAKEN = 32;

    /** The elements; each place is changed by atomic operations only, as drawn above. */
    private final @Nullable Object[] places = new Object[PLACES];

    /** How many places adders and takers have drawn, and then some who drew in vain. */
    private final AtomicIntegerArray drawn = new AtomicIntegerArray(48);

    /**
     * How many places adders had drawn when a taker looked last: so takers that lag behind leave
     * the adders' count alone. Without order, since any value that it had is right.
     */
    private int surelyAdded;

    /**
     * The segment after this one; set by compare-and-set by an adder that finds this one full, and
     * later past segments in which all is spent, or back to one of those.
     */
    private volatile @Nullable Segment next;

    Segment() {}

    /** Makes a segment with its first element in it, which nobody else sees yet. */
    Segment(Object element) {
      places[0] = element;
      drawn.setPlain(ADDED, 1);
    }

    boolean add(Object element) {
      for (; ; ) {
        int place = drawn.getAndIncrement(ADDED);
        if (place >= PLACES) {
          return false;
        }
        if (PLACE.compareAndSet(places, place, null, element)) {
          return true;
        }
      }
    }

    /** Returns the oldest element, or null if there is none in this segment now. */
    @Nullable Object poll() {
      while (!isEmpty()) {
        int place = drawn.getAndIncrement(TAKEN);
        if (place >= PLACES) {
          return null;
        }
        awaitElement(place);
        Object element = PLACE.getAndSet(places, place, SPENT);
        if (element != null && element != SPENT) {
          return element;
        }
      }
      return null;
    }

    /** Gives an adder that has drawn a place a moment to fill it. */
    private void awaitElement(int place) {
      for (int look = 0; look < LOOKS && PLACE.getAcquire(places, place) == null; look++) {
        Thread.onSpinWait();
      }
    }

    /** Tells whether there is nothing to take; an element whose adder has returned is seen. */
    boolean isEmpty() {
      int taken = drawn.get(TAKEN);
      if (taken < surelyAdded) {
        return false;
      }
      int added = Math.min(PLACES, drawn.get(ADDED));
      surelyAdded = added;
      return taken >= added;
    }

    /** Tells whether takers have drawn all places. */
    boolean isDrawn() {
      return drawn.get(TAKEN) >= PLACES;
    }

    /** Tells whether nothing is in a place, and nothing can come into one. */
    boolean isAllSpent() {
      for (int place = 0; place < PLACES; place++) {
        if (PLACE.getVolatile(places, place) != SPENT) {
          return false;
        }
      }
      return true;
    }
  }

  /** The segment that is taken from; moved on, by compare-and-set, past one that is used up. */
  private volatile Segment first = new Segment();

  /** The segment that is added to, or one before it; moved on, by compare-and-set, when full. */
  private volatile Segment last = first;

  /** Adds an element behind all others. */
  public void add(E element) {
    Objects.requireNonNull(element, "element");
    for (; ; ) {
      Segment full = last;
      if (full.add(element)) {
        return;
      }
      Segment next = full.next;
      if (next != null) {
        LAST.compareAndSet(this, full, next);
        continue;
      }
      Segment more = new Segment(element);
      if (NEXT.compareAndSet(full, null, more)) {
        LAST.compareAndSet(this, full, more);
        return;
      }
    }
  }

  /** Takes the oldest element; null if there is none. */
  @SuppressWarnings("unchecked") // only elements get in
  public @Nullable E poll() {
    for (; ; ) {
      Segment segment = first;
      Object element = segment.poll();
      if (element != null) {
        return (E) element;
      }
      Segment next = segment.next;
      if (next == null || !segment.isDrawn()) {
        return null;
      }
      FIRST.compareAndSet(this, segment, next);
    }
  }

  /**
   * Tells whether there is nothing to take. An element whose adder has returned is seen; one that
   * {@link #removeIf} has removed may be seen still.
   */
  public boolean isEmpty() {
    for (Segment segment = first; segment != null; segment = segment.next) {
      if (!segment.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** Visits the elements from the oldest on, except those that come or go meanwhile. */
  @SuppressWarnings("unchecked") // only elements get in
  public void forEach(Consumer<? super E> visitor) {
    for (Segment segment = first; segment != null; segment = segment.next) {
      for (int place = 0; place < PLACES; place++) {
        Object element = PLACE.getVolatile(segment.places, place);
        if (element != null && element != SPENT) {
          visitor.accept((E) element);
        }
      }
    }
  }

  /**
   * Removes the elements that meet a condition, and the segments that hold nothing any more. Misses
   * those that come meanwhile.
   *
   * @return how many elements stay
   */
  public int removeIf(Predicate<? super E> condition) {
    int stay = 0;
    Segment before = null;
    for (Segment segment = first; segment != null; ) {
      int left = removeIf(condition, segment);
      stay += left;
      Segment next = segment.next;
      if (left == 0 && next != null && segment.isAllSpent()) {
        unlink(before, segment, next);
      } else {
        before = segment;
      }
      segment = next;
    }
    return stay;
  }

  @SuppressWarnings("unchecked") // only elements get in
  private int removeIf(Predicate<? super E> condition, Segment segment) {
    int stay = 0;
    for (int place = 0; place < PLACES; place++) {
      Object element = PLACE.getVolatile(segment.places, place);
      if (element == null || element == SPENT) {
        continue;
      }
      if (!condition.test((E) element)) {
        stay++;
      } else {
        PLACE.compareAndSet(segment.places, place, element, SPENT);
      }
    }
    return stay;
  }

  /**
   * Leaves out a segment that nothing can come into. Who is in it still goes on to its next one.
   * Two threads that do this at once may put one back, which does no harm.
   */
  private void unlink(@Nullable Segment before, Segment spent, Segment next) {
    if (before != null) {
      before.next = next;
    } else {
      FIRST.compareAndSet(this, spent, next);
    }
  }
}
