package dev.baton.internal.threads;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.CancelMode;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskRejectedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One worker and a queue of one, both taken, and submitters that wait for a place. */
@Timeout(60)
@SuppressWarnings("serial") // these tasks stay in this JVM
class BlockedSubmittersTest {

  private final CountDownLatch release = new CountDownLatch(1);
  private final List<String> order = new CopyOnWriteArrayList<>();
  private final Baton baton =
      Baton.configured("bound", Map.of("backend", "threads", "workers", "1", "queue", "1"));

  @AfterEach
  void close() {
    release.countDown();
    baton.close();
  }

  private TaskFuture<?> holder() {
    TaskFuture<?> holder = baton.submit(() -> release.await());
    await().until(holder::isRunning);
    return holder;
  }

  /** A submitter that waits for a place. */
  private record Submitter(Thread thread, FutureTask<TaskFuture<?>> result) {

    TaskFuture<?> future() throws Exception {
      return result.get(10, TimeUnit.SECONDS);
    }

    String rejection() {
      ExecutionException failed = assertThrows(ExecutionException.class, this::future);
      return messageOf(assertInstanceOf(TaskRejectedException.class, failed.getCause()));
    }
  }

  private Submitter submitter(String name) {
    FutureTask<TaskFuture<?>> result = new FutureTask<>(() -> baton.submit(() -> order.add(name)));
    Thread thread = Thread.ofPlatform().daemon().start(result);
    await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    return new Submitter(thread, result);
  }

  @Test
  void aSubmitterWaitsUntilATaskIsOver() throws Exception {
    holder();
    baton.submit(() -> order.add("queued"));
    Submitter blocked = submitter("blocked");
    assertEquals(2, baton.stats().submitted());
    release.countDown();
    blocked.future().join();
    assertEquals(List.of("queued", "blocked"), order);
  }

  @Test
  void eachPlaceThatComesFreeLetsInTheSubmitterThatCameFirst() throws Exception {
    holder();
    TaskFuture<?> pending = baton.submit(() -> order.add("never"));
    List<Submitter> all = new ArrayList<>();
    for (String name : List.of("first", "second", "third")) {
      all.add(submitter(name));
    }
    for (Submitter next : List.copyOf(all)) {
      pending.cancel(CancelMode.IF_PENDING);
      pending = next.future();
      all.remove(next);
      assertTrue(all.stream().noneMatch(later -> later.result().isDone()));
    }
    release.countDown();
    pending.join();
    assertEquals(List.of("third"), order);
  }

  @Test
  void aPendingTaskThatIsCancelledLetsASubmitterIn() throws Exception {
    holder();
    TaskFuture<?> pending = baton.submit(() -> order.add("never"));
    Submitter blocked = submitter("blocked");
    pending.cancel(CancelMode.IF_PENDING);
    TaskFuture<?> accepted = blocked.future();
    assertFalse(accepted.isDone());
    release.countDown();
    accepted.join();
    assertEquals(List.of("blocked"), order);
  }

  @Test
  void aShutdownRejectsTheSubmittersThatWait() {
    holder();
    baton.submit(() -> order.add("queued"));
    List<Submitter> all = List.of(submitter("first"), submitter("second"));
    baton.shutdown();
    for (Submitter submitter : all) {
      assertEquals(
          "A task was rejected, because the executor was shut down: Baton[bound on threads,"
              + " shutting down, 1 pending, 1 running, 0 done]",
          submitter.rejection());
    }
    assertEquals(2, baton.stats().rejected());
    release.countDown();
    baton.close();
    assertEquals(List.of("queued"), order);
  }

  @Test
  void aShutdownNowRejectsTheSubmittersThatWaitThoughItFreesPlaces() {
    holder();
    baton.submit(() -> order.add("queued"));
    Submitter blocked = submitter("blocked");
    assertEquals(1, baton.shutdownNow().size());
    assertTrue(
        blocked.rejection().startsWith("A task was rejected, because the executor was shut"));
    baton.close();
    assertEquals(List.of(), order);
  }

  @Test
  void anInterruptedSubmitterIsRejectedAndStaysInterruptedAndTakesNoPlace() throws Exception {
    holder();
    baton.submit(() -> order.add("queued"));
    boolean[] flag = new boolean[1];
    FutureTask<TaskFuture<?>> result =
        new FutureTask<>(
            () -> {
              try {
                return baton.submit(() -> order.add("never"));
              } finally {
                flag[0] = Thread.currentThread().isInterrupted();
              }
            });
    Thread thread = Thread.ofPlatform().daemon().start(result);
    await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    Submitter next = submitter("next");
    thread.interrupt();
    assertEquals(
        "A task was rejected, because its submitter was interrupted while it waited for a place:"
            + " Baton[bound on threads, open, 1 pending, 1 running, 0 done]",
        new Submitter(thread, result).rejection());
    assertTrue(flag[0]);
    release.countDown();
    next.future().join();
    assertEquals(List.of("queued", "next"), order);
  }

  @Test
  void noPlaceIsLostWhenSubmittersAreInterruptedAsPlacesComeFree() throws Exception {
    AtomicInteger accepted = new AtomicInteger();
    for (int round = 0; round < 200; round++) {
      Thread submitter =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < 20; i++) {
                      tryToSubmit(accepted);
                    }
                  });
      submitter.interrupt();
      submitter.join();
    }
    await().until(() -> baton.stats().pending() == 0 && baton.stats().running() == 0);
    assertEquals(accepted.get(), baton.stats().succeeded());
    holder();
    baton.submit(() -> order.add("queued"));
    submitter("blocked");
  }

  private void tryToSubmit(AtomicInteger accepted) {
    try {
      baton.submit(() -> 1);
      accepted.incrementAndGet();
    } catch (TaskRejectedException interrupted) {
      Thread.interrupted();
    }
  }

  @Test
  void aTaskThatSubmitsToItsOwnFullExecutorLendsItsSlotMeanwhile() {
    TaskFuture<Integer> parent =
        baton.submit(
            () -> {
              Baton same = TaskContext.current().baton();
              List<TaskFuture<Integer>> children = new ArrayList<>();
              for (int i = 0; i < 20; i++) {
                int number = i;
                children.add(same.submit(() -> number));
              }
              return children.stream().mapToInt(TaskFuture::join).sum();
            });
    assertEquals(190, parent.join());
    assertEquals(0, baton.stats().lent());
  }

  @Test
  void withNothingToLendATaskThatSubmitsToItsOwnFullExecutorIsRejected() {
    try (Baton stingy =
        Baton.configured(
            "stingy", Map.of("backend", "threads", "workers", "1", "queue", "1", "lend", "0"))) {
      TaskFuture<String> parent =
          stingy.submit(
              () -> {
                Baton same = TaskContext.current().baton();
                same.submit(() -> 1);
                return messageOf(
                    assertThrows(TaskRejectedException.class, () -> same.submit(() -> 2)));
              });
      assertEquals(
          "Task task-1 cannot wait for a place in the queue of stingy: all 0 slots that executor"
              + " stingy may lend are lent. Raise the option lend, or do not nest so deeply. The"
              + " waits: task-1 > a place in the queue of stingy.",
          parent.join());
    }
  }

  private static String messageOf(Throwable thrown) {
    return String.valueOf(thrown.getMessage());
  }
}
