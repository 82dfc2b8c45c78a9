package dev.baton.internal.virtual;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.BatonStats;
import dev.baton.CancelMode;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.VirtualOptions;
import dev.baton.support.Memory;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@SuppressWarnings({"serial", "ThreadPriorityCheck"})
class VirtualLimitTest {

  private final CountDownLatch release = new CountDownLatch(1);

  private static Baton limitedTo(int limit) {
    return Baton.open(VirtualOptions.defaults().limit(limit));
  }

  /** Submits a task that holds its slot until the test lets it go. */
  private TaskFuture<?> submitHolder(Baton baton) {
    TaskFuture<?> holder = baton.submit(() -> release.await());
    await().until(holder::isRunning);
    return holder;
  }

  @Test
  void neverMoreThanTheLimitRunAtOnce() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (Baton baton = limitedTo(3)) {
      for (int i = 0; i < 2_000; i++) {
        baton.submit(
            () -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              Thread.yield();
              running.decrementAndGet();
            });
      }
    }
    assertEquals(3, most.get());
  }

  @Test
  void tasksBeginInTheOrderOfTheirSubmission() {
    List<Integer> order = new CopyOnWriteArrayList<>();
    try (Baton baton = limitedTo(1)) {
      submitHolder(baton);
      IntStream.range(0, 500).forEach(i -> baton.submit(() -> order.add(i)));
      release.countDown();
    }
    assertEquals(IntStream.range(0, 500).boxed().toList(), order);
  }

  @Test
  void anOpenStageCountsAgainstTheLimit() {
    try (Baton baton = limitedTo(1)) {
      CompletableFuture<String> stage = new CompletableFuture<>();
      TaskFuture<String> open = baton.submitAsync(() -> stage);
      TaskFuture<String> next = baton.submit(() -> "next");
      await().until(open::isRunning);
      await().during(Duration.ofMillis(50)).until(() -> !next.isDone());
      stage.complete("open");
      assertEquals("open next", open.join() + " " + next.join());
    }
  }

  @Test
  void aCancelledBodyThatRunsOnCountsAgainstTheLimit() {
    try (Baton baton = limitedTo(1)) {
      TaskFuture<?> holder = submitHolder(baton);
      TaskFuture<String> next = baton.submit(() -> "next");
      holder.cancel(CancelMode.ABANDON);
      await().during(Duration.ofMillis(50)).until(() -> !next.isDone());
      release.countDown();
      assertEquals("next", next.join());
    }
  }

  @Test
  void aWaitingTaskThatIsCancelledNeverRunsAndItsBodyIsLetGo() {
    try (Baton baton = limitedTo(1)) {
      submitHolder(baton);
      AtomicInteger runs = new AtomicInteger();
      List<TaskFuture<?>> waiting = new ArrayList<>();
      WeakReference<Object> body = submitWith(new Object(), baton, runs, waiting);
      waiting.forEach(future -> assertTrue(future.cancel(CancelMode.IF_PENDING)));
      Memory.awaitCollected("the body", body);
      assertEquals(0, baton.stats().pending());
      release.countDown();
      baton.submit(() -> {}).join();
      assertEquals(0, runs.get());
    }
  }

  private static WeakReference<Object> submitWith(
      Object captured, Baton baton, AtomicInteger runs, List<TaskFuture<?>> waiting) {
    waiting.add(baton.submit(() -> captured.hashCode() + runs.incrementAndGet()));
    return new WeakReference<>(captured);
  }

  @Test
  void cancellingAHundredThousandWaitingTasksTakesTimeThatGrowsWithTheirNumber() {
    try (Baton baton = limitedTo(1)) {
      submitHolder(baton);
      List<TaskFuture<?>> waiting = new ArrayList<>();
      for (int i = 0; i < 100_000; i++) {
        waiting.add(baton.submit(() -> 1));
      }
      long begin = System.nanoTime();
      waiting.forEach(future -> future.cancel(true));
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
      assertTrue(millis < 5_000, () -> "took " + millis + " ms");
      release.countDown();
    }
  }

  @Test
  void aTaskThatWaitsForAnotherLendsItsSlotAndTheLimitHoldsAgainAfterwards() {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (Baton baton = limitedTo(2)) {
      assertEquals(34, fibonacci(baton, 8));
      for (int i = 0; i < 500; i++) {
        baton.submit(
            () -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              Thread.yield();
              running.decrementAndGet();
            });
      }
      baton.shutdown();
    }
    assertEquals(2, most.get());
  }

  private static int fibonacci(Baton baton, int n) {
    return n < 2
        ? 1
        : baton
            .submit(
                () -> {
                  Baton same = TaskContext.current().baton();
                  return fibonacci(same, n - 1) + fibonacci(same, n - 2);
                })
            .join();
  }

  @Test
  void statsTellWaitingTasksFromRunningOnes() {
    try (Baton baton = limitedTo(2)) {
      submitHolder(baton);
      submitHolder(baton);
      baton.submit(() -> 1);
      assertEquals(new BatonStats(3, 1, 2, 0, 0, 0, 0, 0), baton.stats());
      release.countDown();
    }
  }

  @Test
  void aTaskDoesNotInheritWhatTheOneBeforeItLeftBehind() {
    InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
    ClassLoader ours = Thread.currentThread().getContextClassLoader();
    try (Baton baton = limitedTo(1)) {
      baton.submit(
          () -> {
            release.await();
            local.set("left behind");
            Thread.currentThread().setContextClassLoader(new ClassLoader(ours) {});
          });
      TaskFuture<List<Object>> next =
          baton.submit(
              () ->
                  List.of(
                      Thread.currentThread().getContextClassLoader() == ours,
                      String.valueOf(local.get())));
      release.countDown();
      assertEquals(List.of(true, "null"), next.join());
    }
  }

  @Test
  void aTaskWhoseDeadlineIsUpBeforeItIsStartedLeavesNothing() {
    try (Baton baton = Baton.open("virtual")) {
      TaskOptions atOnce = TaskOptions.none().deadline(Duration.ofNanos(1));
      for (int i = 0; i < 5_000; i++) {
        baton.submit(atOnce, () -> 1);
      }
      await().until(() -> baton.stats().pending() == 0);
      assertFalse(baton.dump().contains("task-"), baton::dump);
    }
  }

  @Test
  void theNameOfATaskIsTheNameOfItsThread() {
    try (Baton baton = Baton.open("virtual")) {
      TaskOptions named = TaskOptions.none().name("resize-42");
      assertEquals("resize-42", baton.submit(named, () -> Thread.currentThread().getName()).join());
    }
  }
}
