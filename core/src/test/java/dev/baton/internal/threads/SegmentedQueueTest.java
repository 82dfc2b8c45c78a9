package dev.baton.internal.threads;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The queue of a pool. */
@Timeout(60)
class SegmentedQueueTest {

  private static final int MANY = 10_000;

  private final SegmentedQueue<Integer> queue = new SegmentedQueue<>();

  private void add(int from, int to) {
    IntStream.range(from, to).forEach(queue::add);
  }

  private List<Integer> elements() {
    List<Integer> seen = new ArrayList<>();
    queue.forEach(seen::add);
    return seen;
  }

  private List<Integer> drained() {
    List<Integer> taken = new ArrayList<>();
    for (Integer element; (element = queue.poll()) != null; ) {
      taken.add(element);
    }
    return taken;
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  @Test
  void aNewOneIsEmpty() {
    assertTrue(queue.isEmpty());
    assertNull(queue.poll());
    assertEquals(List.of(), elements());
  }

  @Test
  void elementsComeOutInTheOrderInWhichTheyWentIn() {
    add(0, MANY);
    assertEquals(range(0, MANY), elements());
    assertEquals(range(0, MANY), drained());
    assertTrue(queue.isEmpty());
  }

  @Test
  void anAddAfterManyVainPollsIsFound() {
    for (int i = 0; i < MANY; i++) {
      assertNull(queue.poll());
    }
    queue.add(1);
    assertFalse(queue.isEmpty());
    assertEquals(1, queue.poll());
    assertTrue(queue.isEmpty());
  }

  @Test
  void addsAndPollsInTurnGoThroughManySegments() {
    for (int i = 0; i < MANY; i++) {
      queue.add(i);
      assertFalse(queue.isEmpty());
      assertEquals(i, queue.poll());
      assertTrue(queue.isEmpty());
    }
  }

  @Test
  void whatIsRemovedIsNeitherVisitedNorTaken() {
    add(0, MANY);
    assertEquals(MANY / 2, queue.removeIf(i -> i % 2 == 0));
    List<Integer> odd = range(0, MANY).stream().filter(i -> i % 2 == 1).toList();
    assertEquals(odd, elements());
    assertEquals(odd, drained());
  }

  @Test
  void aQueueOfWhichAllIsRemovedGoesOn() {
    add(0, MANY);
    assertEquals(0, queue.removeIf(i -> true));
    assertNull(queue.poll());
    assertTrue(queue.isEmpty());
    add(0, MANY);
    assertEquals(range(0, MANY), drained());
  }

  @Test
  void whatIsRemovedBetweenOthersLeavesThemInTheirOrder() {
    add(0, MANY);
    assertEquals(2, queue.removeIf(i -> i != 1 && i != MANY - 1));
    queue.add(MANY);
    assertEquals(List.of(1, MANY - 1, MANY), elements());
    assertEquals(List.of(1, MANY - 1, MANY), drained());
    assertTrue(queue.isEmpty());
  }

  @Test
  void nullIsNoElement() {
    assertThrows(NullPointerException.class, () -> queue.add(nothing()));
    assertTrue(queue.isEmpty());
  }

  @SuppressWarnings("NullAway") // what a caller without checks may pass
  private static Integer nothing() {
    return null;
  }

  @Test
  void threadsAtBothEndsLoseNothingTakeNothingTwiceAndKeepEachAddersOrder() throws Exception {
    int adders = 3;
    int takers = 3;
    int each = 200_000;
    AtomicInteger left = new AtomicInteger(adders * each);
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int adder = 0; adder < adders; adder++) {
      int from = adder * each;
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    awaitQuietly(start);
                    add(from, from + each);
                  }));
    }
    List<FutureTask<List<Integer>>> taken = new ArrayList<>();
    for (int taker = 0; taker < takers; taker++) {
      FutureTask<List<Integer>> task = new FutureTask<>(() -> takeUntilNoneIsLeft(start, left));
      taken.add(task);
      threads.add(Thread.ofPlatform().start(task));
    }
    start.countDown();
    BitSet all = new BitSet(adders * each);
    for (FutureTask<List<Integer>> task : taken) {
      int[] last = {-1, -1, -1};
      for (int element : task.get()) {
        assertFalse(all.get(element), () -> element + " came twice");
        all.set(element);
        assertTrue(last[element / each] < element, () -> element + " came too late");
        last[element / each] = element;
      }
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(adders * each, all.cardinality());
    assertTrue(queue.isEmpty());
  }

  private List<Integer> takeUntilNoneIsLeft(CountDownLatch start, AtomicInteger left) {
    List<Integer> taken = new ArrayList<>();
    awaitQuietly(start);
    while (left.get() > 0) {
      Integer element = queue.poll();
      if (element == null) {
        Thread.onSpinWait();
      } else {
        taken.add(element);
        left.decrementAndGet();
      }
    }
    return taken;
  }

  @Test
  void removingWhileOthersAddAndTakeLosesNothingElse() throws Exception {
    int each = 200_000;
    AtomicInteger left = new AtomicInteger(each / 2);
    CountDownLatch start = new CountDownLatch(1);
    Thread adder =
        Thread.ofPlatform()
            .start(
                () -> {
                  awaitQuietly(start);
                  add(0, each);
                });
    FutureTask<List<Integer>> taker =
        new FutureTask<>(
            () -> {
              List<Integer> taken = new ArrayList<>();
              awaitQuietly(start);
              while (left.get() > 0) {
                Integer element = queue.poll();
                if (element != null && element % 2 == 1) {
                  taken.add(element);
                  left.decrementAndGet();
                }
              }
              return taken;
            });
    Thread takes = Thread.ofPlatform().start(taker);
    start.countDown();
    while (adder.isAlive()) {
      queue.removeIf(i -> i % 2 == 0);
    }
    assertEquals(range(0, each).stream().filter(i -> i % 2 == 1).toList(), taker.get());
    takes.join();
    queue.removeIf(i -> i % 2 == 0);
    assertTrue(elements().isEmpty());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException("A thread of the test was interrupted.", interrupted);
    }
  }
}
