package dev.baton.internal.future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DoneQueueTest {

  private static final int ADDERS = 3;
  private static final int EACH = 20_000;

  private final DoneQueue<int[]> queue = new DoneQueue<>();

  @Test
  void whatManyAddIsTakenOnceAndInTheOrderOfEach() throws Exception {
    List<Thread> adders = new ArrayList<>();
    for (int adder = 0; adder < ADDERS; adder++) {
      int number = adder;
      adders.add(Thread.ofVirtual().start(() -> add(number)));
    }
    int[] next = new int[ADDERS];
    for (int taken = 0; taken < ADDERS * EACH; taken++) {
      int[] entry = take();
      assertEquals(next[entry[0]]++, entry[1]);
    }
    for (Thread adder : adders) {
      adder.join();
    }
    assertTrue(queue.isEmpty());
    assertNull(queue.poll());
  }

  private void add(int adder) {
    for (int i = 0; i < EACH; i++) {
      queue.add(new int[] {adder, i});
    }
  }

  /** Waits for an entry as a thread does that is woken. */
  private int[] take() throws InterruptedException {
    for (; ; ) {
      int[] entry = queue.poll();
      if (entry != null) {
        return entry;
      }
      CountDownLatch woken = new CountDownLatch(1);
      Runnable takenBack = queue.onAdded(woken::countDown);
      woken.await();
      takenBack.run();
    }
  }

  @Test
  void aWakeUpCallComesAtOnceIfThereIsAnEntryAndNotOnceItIsTakenBack() {
    AtomicInteger calls = new AtomicInteger();
    Runnable takenBack = queue.onAdded(calls::incrementAndGet);
    assertEquals(0, calls.get());
    queue.add(new int[1]);
    assertEquals(1, calls.get());
    takenBack.run();
    queue.add(new int[1]);
    assertEquals(1, calls.get());
    assertFalse(queue.isEmpty());
    queue.onAdded(calls::incrementAndGet).run();
    assertEquals(2, calls.get());
  }
}
