package dev.baton.async.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimersTest {

  private final Timers timers = new Timers();

  @SuppressWarnings("NullAway") // a wait that nobody grants needs no runner
  private static Suspension at(long deadline) {
    Suspension wait = new Suspension(null);
    wait.deadline = deadline;
    return wait;
  }

  @Test
  void theEarliestComesFirstAndOnlyWhenItsTimeHasCome() {
    Suspension late = at(20);
    Suspension early = at(10);
    assertTrue(timers.add(late));
    assertTrue(timers.add(early), "it is the earliest now");
    assertNull(timers.pollDue(9));
    assertSame(early, timers.pollDue(10));
    assertNull(timers.pollDue(10));
    assertSame(late, timers.first());
  }

  @Test
  void timesAreComparedAcrossAnOverflowOfTheClock() {
    Suspension before = at(Long.MAX_VALUE);
    Suspension after = at(Long.MIN_VALUE + 5);
    timers.add(after);
    timers.add(before);
    assertSame(before, timers.pollDue(Long.MAX_VALUE));
    assertNull(timers.pollDue(Long.MAX_VALUE));
  }

  @Test
  void whatIsTakenOutAgainLeavesTheOthersInOrder() {
    Random random = new Random(42);
    for (int round = 0; round < 200; round++) {
      List<Suspension> all = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        Suspension wait = at(random.nextInt(50));
        all.add(wait);
        timers.add(wait);
      }
      List<Suspension> removed = all.stream().filter(wait -> random.nextBoolean()).toList();
      removed.forEach(timers::remove);
      removed.forEach(timers::remove);
      all.removeAll(removed);
      all.sort(Comparator.comparingLong(wait -> wait.deadline));
      for (Suspension expected : all) {
        Suspension due = timers.pollDue(100);
        assertEquals(expected.deadline, due == null ? -1 : due.deadline);
      }
      assertEquals(0, timers.size());
    }
  }
}
