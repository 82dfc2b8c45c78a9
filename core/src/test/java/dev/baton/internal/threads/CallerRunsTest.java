package dev.baton.internal.threads;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.TaskRejectedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.MDC;

/** One worker and a queue of one, both taken, so that a submitter runs the next task itself. */
@Timeout(60)
@SuppressWarnings("serial") // these tasks stay in this JVM
class CallerRunsTest {

  private final CountDownLatch release = new CountDownLatch(1);
  private final Thread me = Thread.currentThread();
  private final Baton baton =
      Baton.configured(
          "bound",
          Map.of("backend", "threads", "workers", "1", "queue", "1", "overflow", "caller-runs"));
  private final TaskFuture<?> holder = baton.submit(() -> release.await());
  private final TaskFuture<Thread> queued = baton.submit(Thread::currentThread);

  @AfterEach
  void close() {
    release.countDown();
    baton.close();
    MDC.clear();
  }

  @Test
  void theSubmitterRunsWhatDoesNotFitAndNothingElse() {
    TaskFuture<Thread> overflowing = baton.submit(Thread::currentThread);
    assertSame(me, overflowing.resultNow());
    assertFalse(queued.isDone());
    release.countDown();
    assertNotSame(me, queued.join());
  }

  @Test
  void theSubmittersThreadIsLeftAsItWasFound() {
    String name = me.getName();
    ClassLoader loader = me.getContextClassLoader();
    MDC.put("user", "me");
    TaskFuture<String> overflowing =
        baton.submit(
            () -> {
              me.setName("changed");
              me.setContextClassLoader(null);
              MDC.put("user", "the task");
              me.interrupt();
              return "done";
            });
    assertEquals("done", overflowing.resultNow());
    assertSame(name, me.getName());
    assertSame(loader, me.getContextClassLoader());
    assertEquals("me", MDC.get("user"));
    assertFalse(Thread.interrupted());
  }

  @Test
  void anInterruptOfTheSubmitterIsKeptForTheSubmitter() {
    me.interrupt();
    TaskFuture<Boolean> overflowing = baton.submit(() -> me.isInterrupted());
    assertFalse(overflowing.resultNow());
    assertTrue(Thread.interrupted());
  }

  @Test
  void theTaskKnowsItsContextAndTheSubmitterHasNone() {
    TaskOptions named = TaskOptions.none().name("resize-42");
    assertEquals("resize-42", baton.submit(named, () -> TaskContext.current().name()).resultNow());
    assertThrows(IllegalStateException.class, TaskContext::current);
  }

  @Test
  void whatTheTaskThrowsFailsItsFutureAndNotTheSubmit() {
    IllegalStateException failure = new IllegalStateException("no");
    TaskFuture<Object> overflowing =
        baton.submit(
            () -> {
              throw failure;
            });
    assertSame(failure, overflowing.exceptionNow());
  }

  @Test
  void aTaskThatItsSubmitterRunsTakesNoPlace() throws Exception {
    CountDownLatch inCaller = new CountDownLatch(1);
    CountDownLatch releaseCaller = new CountDownLatch(1);
    FutureTask<TaskFuture<?>> caller =
        new FutureTask<>(
            () ->
                baton.submit(
                    () -> {
                      inCaller.countDown();
                      releaseCaller.await();
                    }));
    Thread.ofPlatform().daemon().start(caller);
    inCaller.await();
    release.countDown();
    queued.join();
    queued.terminated().join();

    TaskFuture<Thread> next = baton.submit(Thread::currentThread);
    assertNotSame(me, next.join());
    releaseCaller.countDown();
    caller.get(10, TimeUnit.SECONDS).join();
  }

  @Test
  void theBoundIsStillExactAfterManyTasksThatSubmittersRan() {
    TaskOptions atOnce = TaskOptions.none().deadline(Duration.ofNanos(1));
    for (int i = 0; i < 2_000; i++) {
      baton.submit(() -> 1);
      baton.submit(atOnce, () -> 2);
    }
    assertSame(me, baton.submit(Thread::currentThread).resultNow());
    assertFalse(queued.isDone());
  }

  @Test
  void anAsynchronousTaskRunsOnItsSubmitterUntilItHasItsStage() {
    CompletableFuture<String> stage = new CompletableFuture<>();
    List<Thread> threads = new CopyOnWriteArrayList<>();
    TaskFuture<String> overflowing =
        baton.submitAsync(
            () -> {
              threads.add(Thread.currentThread());
              return stage;
            });
    assertFalse(overflowing.isDone());
    Awaitility.await().until(() -> baton.stats().running() == 2);
    stage.complete("done");
    assertEquals("done", overflowing.join());
    assertEquals(List.of(me), threads);
  }

  @Test
  void aShutdownNowInterruptsTheSubmitterInItsTaskOnly() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    FutureTask<Boolean> caller =
        new FutureTask<>(
            () -> {
              TaskFuture<?> future =
                  baton.submit(
                      () -> {
                        begun.countDown();
                        new CountDownLatch(1).await();
                      });
              assertTrue(future.exceptionNow() instanceof InterruptedException);
              return Thread.currentThread().isInterrupted();
            });
    Thread.ofPlatform().daemon().start(caller);
    begun.await();
    baton.shutdownNow();
    assertFalse(caller.get(10, TimeUnit.SECONDS));
  }

  @Test
  void afterAShutdownNothingRunsOnTheSubmitter() {
    baton.shutdown();
    assertThrows(TaskRejectedException.class, () -> baton.submit(() -> me.interrupt()));
    assertFalse(Thread.interrupted());
  }

  @Test
  void aWaitInATaskThatItsSubmitterRunsEnds() {
    TaskFuture<Thread> overflowing =
        baton.submit(
            () -> {
              release.countDown();
              return queued.join();
            });
    assertNotSame(me, overflowing.resultNow());
    await().untilAsserted(() -> assertEquals(0, baton.stats().lent()));
    assertNull(holder.join());
  }
}
