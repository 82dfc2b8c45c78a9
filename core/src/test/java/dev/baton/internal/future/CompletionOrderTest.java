package dev.baton.internal.future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CompletionOrderTest {

  private final CompletionOrder<Integer> order = new CompletionOrder<>();
  private final List<BodilessFuture<Integer>> futures = new ArrayList<>();

  private void add(int number) {
    BodilessFuture<Integer> future = new BodilessFuture<>();
    futures.add(future);
    order.add(future, number);
  }

  private boolean has(int number) {
    return order.anyMatch(each -> each == number);
  }

  @Test
  void allThatIsNotTakenIsFound() {
    for (int i = 0; i < 40; i++) {
      add(i);
    }
    futures.get(3).settleAndDrain(3);
    assertTrue(has(3) && has(0) && has(39));
    assertEquals(3, order.poll());
    assertFalse(has(3));
    assertNull(order.poll());
    assertFalse(has(40));
  }

  @Test
  void theNewestCanBeTakenBackDoneOrNot() {
    add(0);
    add(1);
    order.removeNewest();
    assertEquals(List.of(0), order.values());
    add(2);
    futures.get(1).settleAndDrain(1);
    futures.get(2).settleAndDrain(2);
    order.removeNewest();
    assertNull(order.poll());
    futures.get(0).settleAndDrain(0);
    assertEquals(0, order.poll());
    assertEquals(0, order.size());
  }

  @Test
  void whatIsToldOfTwiceIsTakenOnce() {
    add(0);
    add(1);
    futures.get(0).onDone(done -> {}); // it is told as the alarms ring, and with the callbacks
    futures.get(0).settleAndDrain(0);
    assertEquals(0, order.poll());
    assertEquals(1, order.only());
    assertNull(order.poll());
    assertFalse(order.hasDone());
  }

  @Test
  void whatIsToldOfTwiceIsNotDoneOnceItIsTaken() {
    for (int i = 0; i < 40; i++) {
      add(i);
      futures.get(i).onDone(done -> {});
    }
    for (int i = 0; i < 39; i++) {
      futures.get(i).settleAndDrain(i);
      assertTrue(order.hasDone());
      assertEquals(i, order.poll());
      assertFalse(order.hasDone());
    }
    futures.get(39).settleAndDrain(39);
    assertTrue(order.hasDone(), "behind what is left of the others");
  }

  @Test
  void placesThatAreUsedAgainAreFound() {
    Random random = new Random(1);
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      if (open.size() < 2 || random.nextInt(40) < 20) {
        open.add(futures.size());
        add(futures.size());
      } else {
        Integer done = open.remove(random.nextInt(open.size()));
        futures.get(done).settleAndDrain(done);
        assertEquals(done, order.poll());
        assertFalse(has(done));
      }
      assertTrue(open.stream().allMatch(this::has));
    }
    assertEquals(open.stream().sorted().toList(), order.removeAll());
    assertFalse(order.anyMatch(each -> true));
    add(1);
    assertTrue(has(1));
  }
}
