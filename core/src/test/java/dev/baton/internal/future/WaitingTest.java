package dev.baton.internal.future;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.CancelMode;
import dev.baton.TaskInfo;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WaitingTest {

  private final BodilessFuture<@Nullable String> future = new BodilessFuture<>();

  @Test
  void aFailedFutureThrowsTheVeryExceptionAsTheCauseOfANewOne() {
    IllegalStateException failure = new IllegalStateException("no");
    future.settleAndDrain(new End.Failed(failure));
    for (int i = 0; i < 2; i++) {
      assertSame(failure, assertThrows(ExecutionException.class, future::get).getCause());
      assertSame(failure, assertThrows(CompletionException.class, future::join).getCause());
      assertSame(
          failure, assertThrows(CompletionException.class, () -> future.getNow("")).getCause());
    }
    assertSame(failure, future.exceptionNow());
    assertEquals(Future.State.FAILED, future.state());
    assertEquals(
        "TaskFuture[a future without a task, failed with java.lang.IllegalStateException: no]",
        future.toString());
  }

  @Test
  void aFutureWhoseResultIsNullIsDone() throws Exception {
    assertEquals("absent", future.getNow("absent"));
    future.settleAndDrain(End.NULL);
    assertNull(future.get());
    assertNull(future.join());
    assertNull(future.resultNow());
    assertNull(future.getNow("absent"));
    assertNull(future.exception(Duration.ZERO));
    assertEquals(Future.State.SUCCESS, future.state());
  }

  @Test
  void whatIsAskedTooEarlySaysHowTheFutureStands() {
    assertEquals(
        "There is no result: TaskFuture[a future without a task, not done]",
        assertThrows(IllegalStateException.class, future::resultNow).getMessage());
    assertEquals(
        "There is no exception: TaskFuture[a future without a task, not done]",
        assertThrows(IllegalStateException.class, future::exceptionNow).getMessage());
    future.cancel(true);
    assertEquals(
        "There is no result: TaskFuture[a future without a task, cancelled]",
        assertThrows(IllegalStateException.class, future::resultNow).getMessage());
  }

  @Test
  void aWaitInVainSaysHowLongItWasAndForWhat() {
    assertEquals(
        "Not done within PT0.001S: TaskFuture[a future without a task, not done]",
        assertThrows(TimeoutException.class, () -> future.get(1, TimeUnit.MILLISECONDS))
            .getMessage());
    assertEquals(
        "Not done within PT0S: TaskFuture[a future without a task, not done]",
        assertThrows(TimeoutException.class, () -> future.get(Duration.ofSeconds(-1)))
            .getMessage());
    assertEquals(
        "Not done within PT0S: TaskFuture[a future without a task, not done]",
        assertThrows(TimeoutException.class, () -> future.exception(Duration.ZERO)).getMessage());
  }

  @Test
  void aWaitForEverEndsWithTheFuture() throws Exception {
    Thread.ofVirtual().start(() -> future.settleAndDrain("value"));
    assertEquals("value", future.get(Duration.ofSeconds(Long.MAX_VALUE)));
    assertEquals("value", future.get(Long.MAX_VALUE, TimeUnit.DAYS));
  }

  @Test
  void aCancelledFutureThrowsANewCancellationEachTime() {
    assertTrue(future.cancel(CancelMode.IF_PENDING));
    CancellationException first = assertThrows(CancellationException.class, future::get);
    assertTrue(first != assertThrows(CancellationException.class, future::join));
    assertThrows(CancellationException.class, () -> future.exception(Duration.ZERO));
    assertEquals(TaskInfo.Phase.CANCELLED, future.info().phase());
  }

  @Test
  void anInterruptEndsAGetAndLeavesTheFutureAlone() throws Exception {
    AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
    Thread waiter = Thread.ofPlatform().start(() -> thrown.set(failureOf(future)));
    await().until(() -> waiter.getState() == Thread.State.TIMED_WAITING);
    waiter.interrupt();
    waiter.join();
    assertInstanceOf(InterruptedException.class, thrown.get());
    assertFalse(future.isDone());
    Entries.assertFew(future);
  }

  private static @Nullable Throwable failureOf(Future<?> future) {
    try {
      future.get();
      return null;
    } catch (InterruptedException | ExecutionException thrown) {
      return thrown;
    }
  }

  @Test
  void anInterruptDoesNotEndAJoinAndIsStillThereAfterwards() throws Exception {
    AtomicReference<String> seen = new AtomicReference<>("");
    Thread waiter =
        Thread.ofPlatform()
            .start(() -> seen.set(future.join() + Thread.currentThread().isInterrupted()));
    await().until(() -> waiter.getState() == Thread.State.TIMED_WAITING);
    waiter.interrupt();
    future.settleAndDrain("value ");
    waiter.join();
    assertEquals("value true", seen.get());
  }

  @Test
  void aFutureEndsOnce() {
    future.settleAndDrain("first");
    future.settleAndDrain("second");
    future.settleAndDrain(new End.Failed(new IllegalStateException("late")));
    assertFalse(future.cancel(true));
    assertEquals("first", future.join());
  }

  @Test
  void aFutureWithoutABodyIsNeverRunning() {
    assertFalse(future.isRunning());
    assertEquals(TaskInfo.Phase.PENDING, future.info().phase());
    assertFalse(future.terminated().isDone());
    future.settleAndDrain("value");
    assertTrue(future.terminated().isDone());
    assertEquals(
        new TaskInfo(
            0,
            "a future without a task",
            "none",
            "none",
            null,
            TaskInfo.Phase.SUCCESS,
            1,
            null,
            null,
            null),
        future.info());
  }
}
