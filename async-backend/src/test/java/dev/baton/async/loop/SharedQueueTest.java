package dev.baton.async.loop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedQueueTest {

  private final SharedQueue queue = new SharedQueue();

  private List<Object> visited() {
    List<Object> seen = new ArrayList<>();
    queue.forEach(seen::add);
    return seen;
  }

  @Test
  void itemsComeOutInTheOrderTheyWentIn() {
    assertTrue(queue.isEmpty());
    queue.add("a");
    queue.add("b");
    assertEquals(List.of("a", "b"), visited());
    assertEquals("a", queue.peek());
    queue.drop();
    assertEquals("b", queue.peek());
    assertEquals(List.of("b"), visited());
    queue.drop();
    assertNull(queue.peek());
    assertEquals(List.of(), visited());
  }

  @Test
  void itemsOfManyThreadsAllComeEachThreadsInOrder() throws Exception {
    int threads = 4;
    int each = 50_000;
    List<Thread> adders = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      int number = t;
      adders.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < each; i++) {
                      queue.add(new int[] {number, i});
                    }
                  }));
    }
    int[] next = new int[threads];
    for (int taken = 0; taken < threads * each; ) {
      if (queue.peek() instanceof int[] item) {
        assertEquals(next[item[0]]++, item[1]);
        queue.drop();
        taken++;
      } else {
        Thread.onSpinWait();
      }
    }
    for (Thread adder : adders) {
      adder.join();
    }
    assertTrue(queue.isEmpty());
  }
}
