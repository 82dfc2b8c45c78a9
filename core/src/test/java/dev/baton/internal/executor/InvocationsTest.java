package dev.baton.internal.executor;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.ShutdownMode;
import dev.baton.ThreadOptions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@code ExecutorService} promises of {@code invokeAll} and {@code invokeAny}. */
@Timeout(60)
class InvocationsTest {

  private final CountDownLatch release = new CountDownLatch(1);
  private final Baton baton = Baton.open(ThreadOptions.defaults().workers(2));
  private final Callable<String> blocking =
      () -> {
        release.await();
        return "blocking";
      };
  private final IllegalStateException failure = new IllegalStateException("no");
  private final Callable<String> failing =
      () -> {
        throw failure;
      };

  @AfterEach
  void close() {
    release.countDown();
    baton.close();
  }

  @Test
  void invokeAllReturnsDoneFuturesInTheOrderOfTheTasks() throws Exception {
    release.countDown();
    List<Future<String>> all = baton.invokeAll(List.of(blocking, failing, () -> "third"));
    assertTrue(all.stream().allMatch(Future::isDone));
    assertEquals("blocking", all.get(0).resultNow());
    assertSame(failure, all.get(1).exceptionNow());
    assertEquals("third", all.get(2).resultNow());
  }

  @Test
  void invokeAllCancelsWhatIsNotDoneInTime() throws Exception {
    List<Future<String>> all =
        baton.invokeAll(List.of(() -> "quick", blocking), 200, TimeUnit.MILLISECONDS);
    assertEquals("quick", all.get(0).resultNow());
    assertTrue(all.get(1).isCancelled());
  }

  @Test
  void invokeAllThatIsInterruptedCancelsAll() {
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> baton.invokeAll(List.of(blocking, blocking)));
    await().until(() -> baton.stats().cancelled() == 2);
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void invokeAnyReturnsTheFirstResultAndCancelsTheOthers() throws Exception {
    assertEquals("quick", baton.invokeAny(List.of(blocking, () -> "quick")));
    await().until(() -> baton.stats().cancelled() == 1);
  }

  @Test
  void invokeAnyGoesOnPastFailures() throws Exception {
    assertEquals("good", baton.invokeAny(List.of(failing, failing, () -> "good")));
  }

  @Test
  void invokeAnyThrowsTheLastFailureIfThereIsNoResult() {
    ExecutionException failed =
        assertThrows(ExecutionException.class, () -> baton.invokeAny(List.of(failing, failing)));
    assertSame(failure, failed.getCause());
  }

  @Test
  void invokeAnyGoesOnPastATaskThatAShutdownCancels() throws Exception {
    FutureTask<String> caller =
        new FutureTask<>(() -> baton.invokeAny(List.of(blocking, blocking, () -> "pending")));
    Thread.ofPlatform().daemon().start(caller);
    await().until(() -> baton.stats().running() == 2 && baton.stats().pending() == 1);
    baton.shutdown(ShutdownMode.CANCEL_PENDING);
    await().until(() -> baton.stats().cancelled() == 1);
    assertFalse(caller.isDone());
    release.countDown();
    assertEquals("blocking", caller.get(10, TimeUnit.SECONDS));
  }

  @Test
  void invokeAnyOfTasksThatAreAllCancelledSaysSo() {
    CountDownLatch begun = new CountDownLatch(2);
    Callable<String> stuck =
        () -> {
          begun.countDown();
          new CountDownLatch(1).await();
          return "never";
        };
    FutureTask<String> caller =
        new FutureTask<>(() -> baton.invokeAny(List.of(stuck, stuck, stuck)));
    Thread.ofPlatform().daemon().start(caller);
    await().until(() -> begun.getCount() == 0);
    baton.shutdownNow();
    ExecutionException ended =
        assertThrows(ExecutionException.class, () -> caller.get(10, TimeUnit.SECONDS));
    ExecutionException thrown = assertInstanceOf(ExecutionException.class, ended.getCause());
    Throwable last = thrown.getCause();
    assertTrue(
        last instanceof CancellationException || last instanceof InterruptedException,
        () -> String.valueOf(last));
  }

  @Test
  void invokeAnyThatTakesTooLongCancelsAll() {
    assertThrows(
        TimeoutException.class,
        () -> baton.invokeAny(List.of(blocking, blocking), 20, TimeUnit.MILLISECONDS));
    await().until(() -> baton.stats().cancelled() == 2);
  }

  @Test
  void invokeAnyThatIsInterruptedCancelsAll() {
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> baton.invokeAny(List.of(blocking, blocking)));
    await().until(() -> baton.stats().cancelled() == 2);
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  @SuppressWarnings("NullAway") // null is the point
  void badTasksAreRefusedBeforeAnyIsSubmitted() {
    IllegalArgumentException none =
        assertThrows(IllegalArgumentException.class, () -> baton.invokeAny(List.of()));
    assertEquals("invokeAny needs at least one task.", none.getMessage());
    List<Callable<String>> withNull = Arrays.asList(() -> "good", null);
    assertThrows(NullPointerException.class, () -> baton.invokeAll(withNull));
    assertThrows(NullPointerException.class, () -> baton.invokeAny(withNull));
    assertThrows(NullPointerException.class, () -> baton.invokeAll(null));
    assertThrows(NullPointerException.class, () -> baton.invokeAny(withNull, 1, null));
    assertEquals(0, baton.stats().submitted());
  }

  @Test
  void invokeAllOfNothingReturnsNothing() throws Exception {
    assertEquals(List.of(), baton.<String>invokeAll(List.of()));
  }
}
