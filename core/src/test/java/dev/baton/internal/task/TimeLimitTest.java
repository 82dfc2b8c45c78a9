package dev.baton.internal.task;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.TaskTimeoutException;
import dev.baton.ThreadOptions;
import dev.baton.internal.timer.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the one timer does, and what must not be done on its thread. */
@Timeout(60)
@SuppressWarnings("serial") // these tasks stay in this JVM
class TimeLimitTest {

  private static final TaskOptions SOON = TaskOptions.none().timeout(Duration.ofMillis(30));

  private final CountDownLatch release = new CountDownLatch(1);
  private final Set<String> threads = ConcurrentHashMap.newKeySet();
  private final Baton baton =
      Baton.open(ThreadOptions.defaults().workers(1).listener(event -> noteThread()));

  @AfterEach
  void close() {
    release.countDown();
    baton.close();
    assertFalse(threads.contains("baton-timer"), "user code ran on the timer's thread");
  }

  private void noteThread() {
    threads.add(Thread.currentThread().getName());
  }

  private static Throwable failureOf(TaskFuture<?> future) throws Exception {
    Throwable failure = future.exception(Duration.ofSeconds(10));
    assertTrue(failure != null, future::toString);
    return failure;
  }

  @Test
  void callbacksAndHooksOfATaskThatTimesOutRunElsewhere() throws Exception {
    TaskFuture<?> future =
        baton.submit(
            SOON,
            () -> {
              TaskContext.current().onCancel(this::noteThread);
              release.await();
            });
    CountDownLatch called = new CountDownLatch(3);
    future.onDone(done -> count(called));
    future.handle(
        (value, failure) -> {
          count(called);
          return "";
        });
    future.terminated().thenRun(() -> count(called));
    assertEquals(TaskTimeoutException.Kind.RUN, kindOf(failureOf(future)));
    assertTrue(called.await(10, TimeUnit.SECONDS));
  }

  private void count(CountDownLatch called) {
    noteThread();
    called.countDown();
  }

  private static TaskTimeoutException.Kind kindOf(Throwable failure) {
    return assertInstanceOf(TaskTimeoutException.class, failure).kind();
  }

  @Test
  void callbacksOfAPendingTaskWhoseDeadlineIsUpRunElsewhere() throws Exception {
    baton.submit(() -> release.await());
    TaskFuture<?> pending =
        baton.submit(TaskOptions.none().deadline(Duration.ofMillis(30)), () -> {});
    CountDownLatch called = new CountDownLatch(1);
    pending.onDone(done -> count(called));
    assertEquals(TaskTimeoutException.Kind.DEADLINE, kindOf(failureOf(pending)));
    assertTrue(called.await(10, TimeUnit.SECONDS));
  }

  @Test
  void aStageIsCancelledElsewhere() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    TaskFuture<String> future =
        baton.submitAsync(
            SOON,
            () -> {
              CompletableFuture<String> stage = new CompletableFuture<>();
              stage.whenComplete((value, failure) -> count(cancelled));
              return stage;
            });
    assertEquals(TaskTimeoutException.Kind.RUN, kindOf(failureOf(future)));
    assertTrue(cancelled.await(10, TimeUnit.SECONDS));
  }

  @Test
  void aStageIsCancelledWithNothingInItsFailureButWhy() throws Exception {
    CompletableFuture<String> stage = new CompletableFuture<>();
    TaskFuture<String> future = baton.submitAsync(SOON, () -> stage);
    Throwable late = failureOf(future);
    future.terminated().join();
    assertTrue(stage.isCancelled());
    Throwable cancel = assertThrows(CancellationException.class, stage::join);
    Throwable why = cancel.getCause() == null ? cancel : cancel.getCause();
    assertTrue(String.valueOf(why.getMessage()).contains("time was up"), why::toString);
    assertEquals(0, late.getSuppressed().length, "that it was cancelled goes without saying");
  }

  @Test
  void aStageOfAnotherKindIsCancelledInItsOwnWay() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    CompletableFuture<String> stage =
        new CompletableFuture<>() {
          @Override
          public boolean cancel(boolean mayInterruptIfRunning) {
            cancelled.countDown();
            return super.cancel(mayInterruptIfRunning);
          }
        };
    failureOf(baton.submitAsync(SOON, () -> stage));
    assertTrue(cancelled.await(10, TimeUnit.SECONDS));
  }

  @Test
  void aTimeLimitHasNoStackButThatOfWhoWaits() {
    TaskFuture<?> future = baton.submit(SOON, () -> release.await());
    ExecutionException seen = assertThrows(ExecutionException.class, future::get);
    assertInstanceOf(TaskTimeoutException.class, seen.getCause());
    assertEquals(0, seen.getCause().getStackTrace().length);
    assertTrue(
        Arrays.stream(seen.getStackTrace())
            .anyMatch(frame -> frame.getClassName().equals(TimeLimitTest.class.getName())));
    Throwable own = new TaskTimeoutException("made elsewhere", TaskTimeoutException.Kind.RUN);
    assertTrue(own.getStackTrace().length > 0);
  }

  @Test
  void aStageWhoseHookTakesTooLongIsCancelledElsewhere() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    TaskFuture<String> future =
        baton.submitAsync(
            () -> {
              TaskContext.current().onCancel(() -> release.await());
              CompletableFuture<String> stage = new CompletableFuture<>();
              stage.whenComplete((value, failure) -> count(cancelled));
              return stage;
            });
    await().until(future::isRunning);
    future.cancel(true);
    assertTrue(cancelled.await(10, TimeUnit.SECONDS));
  }

  @Test
  void aCallbackThatBlocksDelaysNoOtherTimeout() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    try (Baton other = Baton.open("virtual")) {
      TaskFuture<?> blocking = other.submit(SOON, () -> release.await());
      blocking.onDone(
          done -> {
            first.countDown();
            awaitQuietly(release);
          });
      first.await();
      assertInstanceOf(
          TaskTimeoutException.class, failureOf(other.submit(SOON, () -> release.await())));
      release.countDown();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aTaskKnowsWhenItHasToBeOver() {
    Instant before = Instant.now();
    TaskOptions both =
        TaskOptions.none().timeout(Duration.ofMinutes(2)).deadline(Duration.ofMinutes(1));
    Instant deadline = deadlineWith(both);
    assertTrue(
        deadline != null
            && !deadline.isBefore(before.plusSeconds(60))
            && deadline.isBefore(before.plusSeconds(90)),
        () -> deadline + " after " + before);
    assertSame(null, deadlineWith(TaskOptions.none().timed()));
  }

  private @Nullable Instant deadlineWith(TaskOptions options) {
    return baton.<@Nullable Instant>submit(options, () -> TaskContext.current().deadline()).join();
  }

  @Test
  void aTimeoutLikeForEverIsNone() {
    TaskOptions ever =
        TaskOptions.none()
            .timeout(Duration.ofSeconds(Long.MAX_VALUE))
            .deadline(Duration.ofSeconds(Long.MAX_VALUE));
    Instant deadline = deadlineWith(ever);
    assertTrue(deadline == null || deadline.isAfter(Instant.now().plusSeconds(1_000_000_000)));
  }

  @Test
  void timersOfTasksThatAreOverAreForgotten() {
    TaskOptions late =
        TaskOptions.none().timeout(Duration.ofHours(1)).deadline(Duration.ofHours(1));
    List<TaskFuture<?>> all = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      all.add(baton.submit(late, () -> 1));
    }
    all.forEach(TaskFuture::join);
    await().untilAsserted(() -> assertTrue(Timer.isIdle()));
  }
}
