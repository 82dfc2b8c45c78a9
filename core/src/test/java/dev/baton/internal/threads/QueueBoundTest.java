package dev.baton.internal.threads;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.CancelMode;
import dev.baton.Task;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.TaskRejectedException;
import dev.baton.ThreadOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A queue of three behind two workers holds five tasks, whatever happens to them. */
@Timeout(60)
@SuppressWarnings({"serial", "EnumOrdinal"})
class QueueBoundTest {

  private static final int PLACES = 5;

  private final CountDownLatch release = new CountDownLatch(1);
  private final Baton baton =
      Baton.configured(
          "bound",
          Map.of("backend", "threads", "workers", "2", "queue", "3", "overflow", "reject"));

  @AfterEach
  void close() {
    release.countDown();
    baton.close();
  }

  private TaskFuture<?> submitHolder() {
    return baton.submit(() -> release.await());
  }

  private List<TaskFuture<?>> fill() {
    List<TaskFuture<?>> all = new ArrayList<>();
    for (int i = 0; i < PLACES; i++) {
      all.add(submitHolder());
    }
    await().until(() -> all.get(0).isRunning() && all.get(1).isRunning());
    return all;
  }

  private void assertFull() {
    assertThrows(TaskRejectedException.class, this::submitHolder);
  }

  private void assertFree(int places) {
    for (int i = 0; i < places; i++) {
      submitHolder();
    }
    assertFull();
  }

  @Test
  void oneTaskTooManyIsRejectedWithTheStateOfTheExecutor() {
    fill();
    TaskRejectedException rejected = assertThrows(TaskRejectedException.class, this::submitHolder);
    assertEquals(
        "A task was rejected, because the queue is full: Baton[bound on threads, open, 3 pending,"
            + " 2 running, 0 done]",
        rejected.getMessage());
    TaskOptions named = TaskOptions.none().name("resize-42");
    assertEquals(
        "Task resize-42 was rejected, because the queue is full: Baton[bound on threads, open,"
            + " 3 pending, 2 running, 0 done]",
        assertThrows(TaskRejectedException.class, () -> baton.submit(named, () -> 1)).getMessage());
    assertEquals(2, baton.stats().rejected());
    assertEquals(PLACES, baton.stats().submitted());
  }

  @Test
  void everyWayToSubmitIsBound() {
    fill();
    assertThrows(TaskRejectedException.class, () -> baton.execute(() -> {}));
    assertThrows(TaskRejectedException.class, () -> baton.submitAsync(CompletableFuture::new));
    assertThrows(TaskRejectedException.class, () -> baton.submitAll(List.of(() -> 1)));
    assertThrows(TaskRejectedException.class, () -> baton.invokeAll(List.of(() -> 1)));
    assertThrows(TaskRejectedException.class, () -> baton.bind(n -> n).apply(1));
  }

  @Test
  void aTaskThatIsOverGivesItsPlaceBack() {
    fill().clear();
    release.countDown();
    await().until(() -> baton.stats().succeeded() == PLACES);
    CountDownLatch again = new CountDownLatch(1);
    for (int i = 0; i < PLACES; i++) {
      baton.submit(() -> again.await());
    }
    assertFull();
    again.countDown();
  }

  @Test
  void aPendingTaskThatIsCancelledGivesItsPlaceBackAtOnceAndOnce() {
    List<TaskFuture<?>> all = fill();
    TaskFuture<?> pending = all.getLast();
    assertTrue(pending.cancel(CancelMode.IF_PENDING));
    assertTrue(pending.cancel(true));
    assertFree(1);
  }

  @Test
  void aRunningTaskThatIsCancelledKeepsItsPlaceUntilItsBodyIsOver() {
    List<TaskFuture<?>> all = fill();
    assertTrue(all.getFirst().cancel(CancelMode.ABANDON));
    assertFull();
    assertTrue(all.getFirst().cancel(CancelMode.INTERRUPT));
    all.getFirst().terminated().join();
    assertFree(1);
  }

  @Test
  void anOpenStageKeepsItsPlace() {
    CompletableFuture<String> stage = new CompletableFuture<>();
    TaskFuture<String> open = baton.submitAsync(() -> stage);
    await().until(open::isRunning);
    assertFree(PLACES - 1);
    stage.complete("over");
    open.terminated().join();
    assertFree(1);
  }

  @Test
  void aTaskWhoseDeadlineIsUpGivesItsPlaceBack() {
    IntStream.range(0, PLACES - 1).forEach(i -> submitHolder());
    TaskOptions soon = TaskOptions.none().deadline(Duration.ofMillis(20));
    baton.submit(soon, () -> 1).terminated().join();
    assertFree(1);
  }

  @Test
  void aBatchThatDoesNotFitIsCancelledAndGivesItsPlacesBack() {
    TaskFuture<?> holder = submitHolder();
    await().until(holder::isRunning);
    List<Task<Boolean>> tooMany =
        Collections.nCopies(
            PLACES,
            () -> {
              release.await();
              return true;
            });
    assertThrows(TaskRejectedException.class, () -> baton.submitAll(tooMany));
    await().until(() -> baton.stats().pending() == 0 && baton.stats().running() == 1);
    assertFree(PLACES - 1);
  }

  @Test
  void theBoundIsStillExactAfterManyTasksThatEndInEveryWay() throws Exception {
    Random random = new Random(42);
    for (int i = 0; i < 20_000; i++) {
      TaskFuture<?> future = submitOneOfMany(random.nextInt(4));
      if (future != null && random.nextBoolean()) {
        future.cancel(CancelMode.values()[random.nextInt(4)]);
      }
    }
    await().until(() -> baton.stats().pending() == 0 && baton.stats().running() == 0);
    assertFree(PLACES);
  }

  private @Nullable TaskFuture<?> submitOneOfMany(int kind) {
    try {
      return switch (kind) {
        case 0 -> baton.submit(() -> 1);
        case 1 -> baton.submit(() -> Integer.parseInt("no number"));
        case 2 -> baton.submitAsync(() -> CompletableFuture.supplyAsync(() -> 1));
        default -> baton.submit(TaskOptions.none().deadline(Duration.ofNanos(1)), () -> 1);
      };
    } catch (TaskRejectedException full) {
      Thread.onSpinWait();
      return null;
    }
  }

  @Test
  void withoutABoundNothingIsRejected() {
    try (Baton unbound = Baton.open(ThreadOptions.defaults().workers(1))) {
      for (int i = 0; i < 10_000; i++) {
        unbound.submit(() -> release.await());
      }
      assertEquals(10_000, unbound.stats().submitted());
      release.countDown();
    }
  }
}
