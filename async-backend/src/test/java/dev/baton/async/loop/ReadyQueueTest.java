package dev.baton.async.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One queue in the eyes of those who use it, two within. */
class ReadyQueueTest {

  private final ReadyQueue queue = new ReadyQueue();

  private List<Object> visited() {
    List<Object> seen = new ArrayList<>();
    queue.forEach(seen::add);
    return seen;
  }

  private List<Object> takeAll() {
    List<Object> taken = new ArrayList<>();
    for (Object item; (item = queue.peek()) != null; ) {
      taken.add(item);
      queue.drop();
    }
    return taken;
  }

  @Test
  void whatTheHolderAddsTakesItsPlaceAmongWhatOthersAdd() {
    queue.addOwn("a");
    queue.add("b");
    queue.add("c");
    queue.addOwn("d");
    queue.add("e");
    assertFalse(queue.isEmpty());
    assertEquals(Set.of("a", "b", "c", "d", "e"), new HashSet<>(visited()));
    assertEquals(List.of("a", "b", "c", "d", "e"), takeAll());
    assertTrue(queue.isEmpty());
    assertEquals(List.of(), visited());
  }

  @Test
  void manyOfTheHoldersOwnComeOutInTheirOrder() {
    List<Object> all = new ArrayList<>(IntStream.range(0, 2000).boxed().toList());
    all.forEach(queue::addOwn);
    assertEquals(all, visited());
    assertEquals(all, takeAll());
    assertNull(queue.peek());
    queue.addOwn("one more");
    assertEquals(List.of("one more"), takeAll());
  }

  @Test
  void whatIsTakenAndAddedInTurnsNeverLeavesItsOrder() {
    int next = 0;
    int taken = 0;
    for (int round = 0; round < 3000; round++) {
      for (int i = 0; i < round % 4; i++) {
        if ((round + i) % 3 == 0) {
          queue.add(next++);
        } else {
          queue.addOwn(next++);
        }
      }
      if (queue.peek() instanceof Integer first) {
        assertEquals(taken++, first);
        queue.drop();
      }
    }
    for (Object rest : takeAll()) {
      assertEquals(taken++, rest);
    }
    assertEquals(next, taken);
  }

  /**
   * Another thread adds and then says so; what the holder adds after it has heard that comes
   * behind, while a third thread is forever about to link something.
   */
  @Test
  void whoeverAddedBeforeTheHolderIsBeforeIt() throws Exception {
    int rounds = 100_000;
    AtomicInteger said = new AtomicInteger();
    Thread teller =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 1; i <= rounds; i++) {
                    queue.add(i);
                    said.set(i);
                  }
                });
    Thread other =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 0; i < rounds; i++) {
                    queue.add("noise");
                  }
                });
    int last = 0;
    while (last < rounds) {
      int heard = said.get();
      queue.addOwn(-heard);
      for (Object item; (item = queue.peek()) != null; ) {
        queue.drop();
        if (item instanceof Integer number && number > 0) {
          assertEquals(++last, number);
        } else if (item instanceof Integer number) {
          assertTrue(-number <= last, "added after " + -number + " and taken after " + last);
        }
      }
    }
    teller.join();
    other.join();
  }

  /** What is in the queue from the begin of a visit to its end is met, wherever it is moved. */
  @Test
  void aVisitorMissesNothingThatIsMoved() throws Exception {
    int rounds = 20_000;
    AtomicInteger round = new AtomicInteger();
    Thread holder =
        Thread.ofPlatform()
            .start(
                () -> {
                  for (int i = 1; i <= rounds; i++) {
                    queue.add(i);
                    round.set(i);
                    queue.addOwn("mine"); // moves what was added before
                    while (queue.peek() instanceof Object first && !first.equals(i)) {
                      queue.drop();
                    }
                  }
                });
    int before;
    do {
      before = round.get();
      List<Object> seen = visited();
      int after = round.get();
      assertTrue(before == 0 || before != after || seen.contains(before), () -> "met " + seen);
    } while (before < rounds);
    holder.join();
  }
}
