package dev.baton.internal.threads;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.TaskFuture;
import dev.baton.ThreadOptions;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pending tasks that are cancelled while the only worker is blocked. */
@Timeout(60)
@SuppressWarnings("serial") // these tasks stay in this JVM
class CancelledTasksTest {

  private static final int MANY = 100_000;

  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger runs = new AtomicInteger();
  private final Baton baton = Baton.open(ThreadOptions.defaults().workers(1));

  CancelledTasksTest() {
    baton.submit(() -> release.await());
  }

  @AfterEach
  void close() {
    release.countDown();
    baton.close();
    assertEquals(0, runs.get());
  }

  private TaskFuture<Integer> submit() {
    return baton.submit(() -> runs.incrementAndGet());
  }

  private static void assertFast(long begin) {
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    assertTrue(millis < 5_000, () -> "took " + millis + " ms");
  }

  @Test
  void aHundredThousandThatAreCancelledOneByOneLeaveAlmostNothingBehind() {
    List<WeakReference<TaskFuture<?>>> all = new ArrayList<>();
    long begin = System.nanoTime();
    for (int i = 0; i < MANY; i++) {
      TaskFuture<Integer> future = submit();
      all.add(new WeakReference<>(future));
      future.cancel(true);
    }
    assertFast(begin);
    await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> {
              System.gc();
              return all.stream().filter(future -> !future.refersTo(null)).count() <= 128;
            });
  }

  @Test
  void cancellingAHundredThousandInTheOrderOfTheirSubmissionTakesTimeThatGrowsWithTheirNumber() {
    List<TaskFuture<Integer>> all = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      all.add(submit());
    }
    long begin = System.nanoTime();
    all.forEach(future -> future.cancel(true));
    assertFast(begin);
    assertEquals(0, baton.stats().pending());
  }

  @Test
  void cancellingTheLastFirstTakesTimeThatGrowsWithTheirNumber() {
    List<TaskFuture<Integer>> all = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      all.add(submit());
    }
    Collections.reverse(all);
    long begin = System.nanoTime();
    all.forEach(future -> future.cancel(true));
    assertFast(begin);
  }

  @Test
  void cancellingAmongManyThatStayTakesTimeThatGrowsWithTheirNumber() {
    List<TaskFuture<Integer>> stay = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      stay.add(submit());
    }
    long begin = System.nanoTime();
    for (int i = 0; i < MANY; i++) {
      submit().cancel(true);
    }
    assertFast(begin);
    assertEquals(MANY, baton.stats().pending());
    stay.forEach(future -> future.cancel(true));
  }

  @Test
  void manyThreadsThatCancelAtOnceCancelEachOnce() throws Exception {
    List<TaskFuture<Integer>> all = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      all.add(submit());
    }
    List<Thread> cancellers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      cancellers.add(Thread.ofPlatform().start(() -> all.forEach(future -> future.cancel(true))));
    }
    for (Thread canceller : cancellers) {
      canceller.join();
    }
    assertEquals(all.size(), baton.stats().cancelled());
    assertEquals(0, baton.stats().pending());
  }
}
