package dev.baton.internal.threads;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskFutures;
import dev.baton.TaskRejectedException;
import dev.baton.Until;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks that wait for tasks of their own executor. */
@Timeout(60)
@SuppressWarnings({"serial", "ThreadPriorityCheck"})
class LentThreadsTest {

  private static final int WORKERS = 2;
  private static final int LEND = 16;

  private final Baton baton =
      Baton.configured(
          "lent", Map.of("backend", "threads", "workers", "" + WORKERS, "lend", "" + LEND));

  @AfterEach
  void close() {
    baton.close();
  }

  private static List<Thread> workers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("baton-lent-"))
        .toList();
  }

  private static void awaitWorkers() {
    await().untilAsserted(() -> assertEquals(WORKERS, workers().size()));
  }

  /** Runs many short tasks and tells how many of them ran at once. */
  private int mostAtOnce() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch meeting = new CountDownLatch(WORKERS);
    List<TaskFuture<?>> all = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      all.add(
          baton.submit(
              () -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                meeting.countDown();
                meeting.await(); // the first wait until as many run as there are workers
                Thread.yield();
                running.decrementAndGet();
              }));
    }
    all.forEach(TaskFuture::join);
    return most.get();
  }

  private static int depth(Baton baton, int left) {
    return left == 0
        ? 0
        : 1 + baton.submit(() -> depth(TaskContext.current().baton(), left - 1)).join();
  }

  @Test
  void afterADeepNestThePoolIsBackToItsWorkers() {
    assertEquals(12, baton.submit(() -> depth(TaskContext.current().baton(), 12)).join());
    awaitWorkers();
    assertEquals(WORKERS, mostAtOnce());
    assertEquals(0, baton.stats().lent());
  }

  @Test
  void afterManyWaitsThePoolIsBackToItsWorkers() {
    for (int round = 0; round < 50; round++) {
      List<TaskFuture<Integer>> parents = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        parents.add(baton.submit(() -> depth(TaskContext.current().baton(), 2)));
      }
      parents.forEach(parent -> assertEquals(2, parent.join()));
    }
    awaitWorkers();
    assertEquals(WORKERS, mostAtOnce());
  }

  @Test
  void aWaitThatTimesOutGivesItsSlotBack() {
    CountDownLatch release = new CountDownLatch(1);
    TaskFuture<?> never = baton.submit(() -> release.await());
    TaskFuture<Integer> poller =
        baton.submit(
            () -> {
              int polls = 0;
              while (polls < 200) {
                assertThrows(TimeoutException.class, () -> never.get(Duration.ofNanos(1_000)));
                polls++;
              }
              return polls;
            });
    assertEquals(200, poller.join());
    release.countDown();
    awaitWorkers();
    assertEquals(WORKERS, mostAtOnce());
    assertEquals(0, baton.stats().lent());
  }

  @Test
  void aWaitThatIsInterruptedGivesItsSlotBack() {
    CountDownLatch release = new CountDownLatch(1);
    TaskFuture<?> never = baton.submit(() -> release.await());
    TaskFuture<?> waiting = baton.submit(() -> never.get());
    await().until(() -> baton.stats().lent() == 1);
    waiting.cancel(true);
    waiting.terminated().join();
    assertEquals(0, baton.stats().lent());
    release.countDown();
    awaitWorkers();
    assertEquals(WORKERS, mostAtOnce());
  }

  @Test
  void noMoreThreadsAreLentThanMayBe() {
    AtomicInteger active = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicBoolean rejected = new AtomicBoolean();
    baton.submit(() -> nestUntilRejected(active, most, rejected)).join();
    assertTrue(rejected.get());
    int bodies = most.get();
    assertTrue(bodies == LEND + 1 || bodies == LEND + WORKERS, () -> bodies + " bodies at once");
    awaitWorkers();
  }

  private static void nestUntilRejected(
      AtomicInteger active, AtomicInteger most, AtomicBoolean rejected) {
    most.accumulateAndGet(active.incrementAndGet(), Math::max);
    try {
      if (!rejected.get()) {
        Baton same = TaskContext.current().baton();
        same.submit(() -> nestUntilRejected(active, most, rejected)).join();
      }
    } catch (TaskRejectedException noMore) {
      rejected.set(true);
    } finally {
      active.decrementAndGet();
    }
  }

  @Test
  void waitsForManyLendToo() {
    TaskFuture<Integer> parent =
        baton.submit(
            () -> {
              Baton same = TaskContext.current().baton();
              List<TaskFuture<Integer>> children = new ArrayList<>();
              for (int i = 0; i < 50; i++) {
                children.add(same.submit(() -> 1));
              }
              int sum = TaskFutures.waitFor(children, Until.ALL_COMPLETED).done().size();
              for (TaskFuture<Integer> done : TaskFutures.asCompleted(children)) {
                sum += done.join();
              }
              return sum + same.invokeAll(List.of(() -> 1, () -> 2)).size();
            });
    assertEquals(102, parent.join());
    awaitWorkers();
  }

  @Test
  void aWaitForAnotherExecutorLendsNothing() {
    try (Baton other = Baton.open("virtual")) {
      CountDownLatch release = new CountDownLatch(1);
      TaskFuture<?> foreign = other.submit(() -> release.await());
      TaskFuture<?> waiting = baton.submit(() -> foreign.get());
      await().until(waiting::isRunning);
      assertEquals(0, baton.stats().lent());
      release.countDown();
      waiting.join();
    }
  }

  @Test
  void aDependentThatWaitsForAnotherTaskLends() {
    try (Baton single = Baton.configured("single", Map.of("backend", "threads", "workers", "1"))) {
      CountDownLatch attached = new CountDownLatch(1);
      TaskFuture<Integer> parent =
          single.submit(
              () -> {
                attached.await();
                return 1;
              });
      TaskFuture<Integer> dependent = parent.thenApply(one -> one + single.submit(() -> 2).join());
      attached.countDown();
      assertEquals(3, dependent.join());
    }
  }
}
