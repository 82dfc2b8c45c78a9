package dev.baton.internal.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.TaskTimeoutException.Kind;
import dev.baton.ThreadOptions;
import dev.baton.WorkerLostException;
import dev.baton.support.Memory;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one attempt at a body leaves to the next, and how long it waits for it. */
@Timeout(60)
@SuppressWarnings("serial") // these tasks stay in this JVM
class AttemptsTest {

  private static final Duration SOON = Duration.ofSeconds(10);

  @Test
  void theInterruptOfOneAttemptNeverHitsTheNext() throws Exception {
    CountDownLatch hookBegan = new CountDownLatch(1);
    CountDownLatch secondBegan = new CountDownLatch(1);
    TaskOptions options = TaskOptions.none().timeout(Duration.ofSeconds(1)).idempotent().retries(1);
    try (Baton baton = Baton.open(ThreadOptions.defaults().workers(1))) {
      TaskFuture<Integer> future =
          baton.submit(
              options,
              () -> {
                if (TaskContext.current().attempt() == 1) {
                  TaskContext.current()
                      .onCancel(
                          () -> {
                            hookBegan.countDown();
                            secondBegan.await();
                          });
                  hookBegan.await();
                  throw new IOException("the hook has closed the connection");
                }
                secondBegan.countDown();
                Thread.sleep(200); // the first attempt's interrupt comes 100 ms after its hook
                return TaskContext.current().attempt();
              });
      assertEquals(2, future.get(SOON));
    }
  }

  @Test
  void theTimeoutOfOneAttemptIsNoneOfTheNext() throws Exception {
    CompletableFuture<Attempt> first = new CompletableFuture<>();
    CountDownLatch secondBegan = new CountDownLatch(1);
    CountDownLatch expired = new CountDownLatch(1);
    TaskOptions options = TaskOptions.none().retries(1);
    try (Baton baton = Baton.open(ThreadOptions.defaults().workers(1))) {
      TaskFuture<Integer> future =
          baton.submit(
              options,
              () -> {
                if (BodyRun.current() instanceof Attempt attempt && attempt.number == 1) {
                  first.complete(attempt);
                  throw new IOException("too late");
                }
                secondBegan.countDown();
                expired.await();
                return TaskContext.current().attempt();
              });
      secondBegan.await();
      ((SubmittedTask<?>) future).expire(first.join(), Kind.RUN, "ran too long");
      expired.countDown();
      assertEquals(2, future.get(SOON));
    }
  }

  /** Returns the future of a task that waits for its second attempt, which is not to come. */
  private static TaskFuture<Void> pausing(Baton baton, TaskOptions options) {
    TaskFuture<Void> future =
        baton.submit(
            options.retries(1, Duration.ofMinutes(5)),
            () -> {
              throw new IOException("try again");
            });
    Awaitility.await().until(() -> future.info().attempt() == 2);
    return future;
  }

  @Test
  void theTimeToWaitForTheStartIsNoneOfAPause() {
    try (Baton baton = Baton.open(ThreadOptions.defaults().workers(1))) {
      TaskFuture<Void> future = pausing(baton, TaskOptions.none());
      ((SubmittedTask<?>) future).expire(null, Kind.QUEUE, "waited too long");
      assertFalse(future.isDone());
      future.cancel(true);
    }
  }

  @Test
  void aTaskInItsPauseHasNotStarted() {
    try (Baton baton = Baton.open(ThreadOptions.defaults().workers(1))) {
      TaskFuture<Void> future = pausing(baton, TaskOptions.none().timed());
      Instant started = future.info().started();
      future.cancel(true);
      assertNull(started);
    }
  }

  @Test
  void aTaskThatIsOverKeepsNoHook() throws Exception {
    try (Baton baton = Baton.open(ThreadOptions.defaults().workers(1))) {
      TaskFuture<WeakReference<Object>> future = baton.submit(AttemptsTest::holdsInAHook);
      future.terminated().get();
      Memory.awaitCollected("what the hook holds", future.get());
      assertTrue(future.isDone(), "the future itself is kept until here");
    }
  }

  private static WeakReference<Object> holdsInAHook() {
    Object buffer = new Object();
    TaskContext.current().onCancel(() -> Objects.requireNonNull(buffer));
    return new WeakReference<>(buffer);
  }

  @Test
  void aPauseDoublesUpToABoundAndIsSpread() {
    TaskOptions options = TaskOptions.none().retries(20, Duration.ofMillis(8));
    assertPause(8, options, 1);
    assertPause(16, options, 2);
    assertPause(32, options, 3);
    assertPause(8 * 1024, options, 11);
    assertPause(8 * 1024, options, 20);
  }

  private static void assertPause(long millis, TaskOptions options, int attempt) {
    for (int i = 0; i < 100; i++) {
      long pause = RetryPolicy.pauseAfter(options, attempt);
      long least = TimeUnit.MILLISECONDS.toNanos(millis);
      assertTrue(pause >= least && pause <= least + least / 4, () -> pause + " for " + least);
    }
  }

  @Test
  void theLongestPauseIsForEver() {
    TaskOptions options = TaskOptions.none().retries(20, Duration.ofSeconds(Long.MAX_VALUE));
    assertEquals(Long.MAX_VALUE, RetryPolicy.pauseAfter(options, 1));
    TaskOptions long1 = TaskOptions.none().retries(20, Duration.ofNanos(Long.MAX_VALUE / 100));
    assertTrue(RetryPolicy.pauseAfter(long1, 20) > 0);
    assertEquals(0, RetryPolicy.pauseAfter(TaskOptions.none().retries(3), 3));
  }

  @Test
  void aLostWorkerIsWorthAnotherAttemptForIdempotentTasksOnly() {
    WorkerLostException lost = new WorkerLostException("lost");
    assertFalse(RetryPolicy.isWorthAnother(TaskOptions.none().retries(1), lost));
    assertTrue(RetryPolicy.isWorthAnother(TaskOptions.none().retries(1).idempotent(), lost));
  }

  @Test
  void aBodyThatHasSucceededAfterItsTimeWasUpHasSucceeded() throws Exception {
    TaskOptions options = TaskOptions.none().timeout(Duration.ofMillis(50)).idempotent().retries(1);
    try (Baton baton = Baton.open(ThreadOptions.defaults().workers(1))) {
      TaskFuture<Integer> future =
          baton.submit(
              options,
              () -> {
                try {
                  Thread.sleep(60_000);
                } catch (InterruptedException timeIsUp) {
                  return TaskContext.current().attempt();
                }
                throw new AssertionError("The body was not stopped.");
              });
      assertEquals(1, future.get(SOON));
    }
  }
}
