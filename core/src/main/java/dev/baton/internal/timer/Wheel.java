package dev.baton.internal.timer;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is due later, in slots of time: adding and taking out cost the same however many there are,
 * and nothing ticks, because the next slot that is not empty is found by its bit.
 *
 * <p>Time is a number with digits of six bits, counted in ticks of a millisecond. An entry lies at
 * the level of the highest digit in which its tick differs from the wheel's own, in the slot of
 * that digit. So all of a lower level are earlier than all of a higher one, and a slot is earlier
 * than those after it. When the time of a slot has come its entries go to lower levels, and from
 * the lowest into the heap, which puts them into order.
 */
final class Wheel {

  private static final int TICK_BITS = 20;
  private static final int DIGIT_BITS = 6;
  private static final int SLOTS = 1 << DIGIT_BITS;

  /** Enough for the 43 bits of any tick. */
  private static final int LEVELS = 8;

  /** So many entries of a slot are moved at once, while the timer's lock is held. */
  private static final int BATCH = 256;

  /** The begin of tick zero, as of {@link System#nanoTime()}. */
  private final long origin;

  /** The present tick. All that is in slots is later. */
  private long clock;

  /** Which slots may have entries, a bit for each; one is cleared when its slot is found empty. */
  private final long[] occupied = new long[LEVELS];

  /** What stands for the slots, in the rings of their entries. A level has some once it is used. */
  private final Timed[] @Nullable [] slots = new Timed[LEVELS][];

  /** What is being moved out of the present tick's slot. */
  private final Timed moving = new Slot();

  private int size;

  Wheel(long origin) {
    this.origin = origin;
  }

  /** Stands for a slot. */
  private static final class Slot extends Timed {
    @Override
    protected void due() {
      throw new IllegalStateException("A slot is never due.");
    }
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Adds an entry; returns false if it is due too soon, so that it belongs into the heap. */
  boolean add(Timed entry, long now) {
    if (size == 0) {
      clock = Math.max(clock, tickOf(now));
    }
    return put(entry);
  }

  private boolean put(Timed entry) {
    long tick = tickOf(entry.time);
    if (tick <= clock) {
      return false;
    }
    int level = (Long.SIZE - 1 - Long.numberOfLeadingZeros(clock ^ tick)) / DIGIT_BITS;
    int slot = (int) (tick >>> (level * DIGIT_BITS)) & (SLOTS - 1);
    slotsOf(level)[slot].linkBefore(entry);
    occupied[level] |= 1L << slot;
    entry.place = Timed.IN_WHEEL;
    size++;
    return true;
  }

  private long tickOf(long nanoTime) {
    return (nanoTime - origin) >> TICK_BITS;
  }

  private Timed[] slotsOf(int level) {
    Timed[] present = slots[level];
    if (present == null) {
      present = new Timed[SLOTS];
      for (int i = 0; i < SLOTS; i++) {
        present[i] = new Slot();
      }
      slots[level] = present;
    }
    return present;
  }

  /** Takes out an entry that is in here. */
  void remove(Timed entry) {
    entry.unlink();
    entry.place = Timed.NOWHERE;
    size--;
  }

  /** Returns a time before which nothing in here is due. Not to be asked of an empty wheel. */
  long earliest() {
    long tick = moving.isAlone() ? startOf(firstLevel()) : clock;
    return origin + (tick << TICK_BITS);
  }

  /** Returns the lowest level that has entries, which are behind its lowest bit. */
  private int firstLevel() {
    for (int level = 0; level < LEVELS; level++) {
      while (occupied[level] != 0) {
        if (!firstSlot(level).isAlone()) {
          return level;
        }
        occupied[level] &= occupied[level] - 1;
      }
    }
    throw new IllegalStateException("The wheel is empty, but for " + size);
  }

  private Timed firstSlot(int level) {
    return Objects.requireNonNull(slots[level])[Long.numberOfTrailingZeros(occupied[level])];
  }

  /** Returns the first tick of a level's first slot that has entries. */
  private long startOf(int level) {
    int shift = level * DIGIT_BITS;
    int above = shift + DIGIT_BITS;
    long digit = Long.numberOfTrailingZeros(occupied[level]);
    return ((clock >>> above) << above) | (digit << shift);
  }

  /** Moves some entries of the earliest slot, whose time has come, closer to their time. */
  void advance(DueHeap heap) {
    heap.makeRoomFor(BATCH);
    if (moving.isAlone()) {
      int level = firstLevel();
      for (int lower = 0; lower < level; lower++) {
        slotsOf(lower); // while nothing is half-way that could get lost for want of memory
      }
      clock = startOf(level);
      takeOver(firstSlot(level));
    }
    for (int i = 0; i < BATCH && !moving.isAlone(); i++) {
      Timed entry = moving.next;
      remove(entry);
      if (!put(entry)) {
        heap.add(entry);
      }
    }
  }

  /** Makes all entries of a slot those that are being moved. */
  private void takeOver(Timed slot) {
    slot.linkBefore(moving);
    slot.unlink();
  }
}
