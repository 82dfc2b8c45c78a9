package dev.baton.internal.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TimerQueueTest {

  private static final long BEGIN = System.nanoTime();

  /** More than the heap takes before the wheel is used. */
  private static final int MANY = 5_000;

  private final TimerQueue queue = new TimerQueue();

  private static final class At extends Timed {
    At(long time) {
      this.time = time;
    }

    @Override
    protected void due() {}

    @Override
    public String toString() {
      return "due at " + time;
    }
  }

  private At add(long time, long now) {
    At entry = new At(time);
    queue.add(entry, now);
    return entry;
  }

  /** Takes out the earliest that is due, if there is one, looking as often as it takes. */
  private @Nullable Timed poll(long now) {
    while (!queue.isEmpty() && queue.nextLook() - now <= 0) {
      Timed due = queue.pollDue(now);
      if (due != null) {
        return due;
      }
    }
    return null;
  }

  @Test
  void theEarliestComesFirstAndOnlyWhenItsTimeHasCome() {
    At late = add(BEGIN + 20, BEGIN);
    At early = add(BEGIN + 10, BEGIN);
    assertEquals(BEGIN + 10, queue.nextLook());
    assertNull(queue.pollDue(BEGIN + 9));
    assertSame(early, queue.pollDue(BEGIN + 10));
    assertNull(queue.pollDue(BEGIN + 10));
    assertSame(late, queue.pollDue(BEGIN + 20));
    assertTrue(queue.isEmpty());
  }

  @Test
  void timesAreComparedAcrossAnOverflowOfTheClock() {
    DueHeap heap = new DueHeap();
    At before = new At(Long.MAX_VALUE);
    heap.add(new At(Long.MIN_VALUE + 5));
    heap.add(before);
    assertSame(before, heap.first());
  }

  @Test
  void ofManyEachComesAtItsTimeInOrderWhateverIsTakenOut() {
    long[] spans = {
      1_000,
      TimeUnit.MILLISECONDS.toNanos(3),
      TimeUnit.SECONDS.toNanos(2),
      TimeUnit.HOURS.toNanos(9),
      TimeUnit.DAYS.toNanos(90_000)
    };
    Random random = new Random(42);
    for (long span : spans) {
      List<At> all = new ArrayList<>();
      long now = BEGIN;
      for (int i = 0; i < MANY; i++) {
        now += random.nextInt(100);
        all.add(add(now + random.nextLong(span), now));
      }
      List<At> removed = all.stream().filter(entry -> random.nextInt(3) == 0).toList();
      removed.forEach(queue::remove);
      removed.forEach(queue::remove);
      all.removeAll(removed);
      all.sort(Comparator.comparingLong(entry -> entry.time));
      for (At expected : all) {
        assertTrue(queue.nextLook() <= expected.time);
        assertNull(poll(expected.time - 1));
        assertEquals(expected.time, expect(poll(expected.time)).time);
      }
      assertTrue(queue.isEmpty());
    }
  }

  private static Timed expect(@Nullable Timed due) {
    if (due == null) {
      throw new AssertionError("nothing is due");
    }
    return due;
  }

  @Test
  void whatIsAddedWhileOthersAreDueTakesItsPlaceAmongThem() {
    Random random = new Random(7);
    long now = BEGIN;
    long last = now;
    int open = 0;
    for (int i = 0; i < 200_000; i++) {
      now += random.nextInt(20_000);
      for (Timed due; (due = poll(now)) != null; open--) {
        assertTrue(due.time <= now);
        assertTrue(due.time >= last, "in the order of time");
        last = due.time;
      }
      last = now;
      add(now + 1 + random.nextLong(TimeUnit.MILLISECONDS.toNanos(1L << random.nextInt(12))), now);
      open++;
    }
    for (Timed due; (due = poll(now + TimeUnit.DAYS.toNanos(1))) != null; open--) {
      assertTrue(due.time >= last);
      last = due.time;
    }
    assertEquals(0, open);
  }

  @Test
  void aLoneTimerIsLookedAtOnce() {
    long time = BEGIN + TimeUnit.HOURS.toNanos(5);
    add(time, BEGIN);
    assertEquals(time, queue.nextLook());
  }

  @Test
  void aLongRestLeavesTheWheelInOrder() {
    for (int i = 0; i < MANY; i++) {
      add(BEGIN + i, BEGIN);
    }
    long later = BEGIN + TimeUnit.DAYS.toNanos(3);
    for (int i = 0; i < MANY; i++) {
      assertEquals(BEGIN + i, expect(poll(later)).time);
    }
    for (int i = 0; i < MANY; i++) {
      add(later + TimeUnit.MILLISECONDS.toNanos(i), later);
    }
    assertEquals(later, queue.nextLook());
    for (int i = 0; i < MANY; i++) {
      long time = later + TimeUnit.MILLISECONDS.toNanos(i);
      assertEquals(time, expect(poll(time)).time);
    }
  }

  @Test
  void aSlotOfManyIsMovedInStepsBetweenWhichTheLockCanBeHad() {
    long time = BEGIN + TimeUnit.SECONDS.toNanos(100);
    for (int i = 0; i < MANY; i++) {
      add(time + i, BEGIN);
    }
    long late = time + MANY;
    int steps = 0;
    int taken = 0;
    while (!queue.isEmpty()) {
      if (queue.pollDue(late) == null) {
        steps++;
      } else {
        taken++;
      }
    }
    assertEquals(MANY, taken);
    assertTrue(steps > MANY / 256, "in " + steps + " steps");
  }
}
