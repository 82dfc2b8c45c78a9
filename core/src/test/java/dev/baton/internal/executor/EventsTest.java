package dev.baton.internal.executor;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.baton.Baton;
import dev.baton.CancelMode;
import dev.baton.GroupOptions;
import dev.baton.TaskFuture;
import dev.baton.TaskGroup;
import dev.baton.TaskOptions;
import dev.baton.ThreadOptions;
import dev.baton.event.BatonEvent;
import dev.baton.support.Log;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@SuppressWarnings("serial") // these tasks stay in this JVM
class EventsTest {

  private final List<BatonEvent> events = new CopyOnWriteArrayList<>();
  private final CountDownLatch release = new CountDownLatch(1);

  private Baton open() {
    return Baton.open(ThreadOptions.defaults().workers(1).listener(events::add));
  }

  private List<String> kindsOf(TaskFuture<?> future) {
    return events.stream()
        .filter(e -> e instanceof BatonEvent.OfTask of && of.task().id() == future.info().id())
        .map(event -> event.getClass().getSimpleName())
        .toList();
  }

  private void assertKinds(TaskFuture<?> future, String... kinds) {
    await().until(() -> kindsOf(future).size() >= kinds.length);
    assertEquals(List.of(kinds), kindsOf(future));
  }

  @Test
  void anExecutorTellsOfItsLifeAndCloseReturnsAfterTheLastWord() {
    Baton baton = open();
    String name = baton.name();
    baton.close();
    assertEquals(
        List.of(
            new BatonEvent.ExecutorOpened(name, "threads"),
            new BatonEvent.ExecutorShutdown(name),
            new BatonEvent.ExecutorTerminated(name)),
        events);
  }

  @Test
  void aTaskTellsOfItsLifeInOrder() {
    try (Baton baton = open()) {
      TaskFuture<Integer> good = baton.submit(() -> 1);
      TaskFuture<Integer> bad = baton.submit(() -> Integer.valueOf("no number"));
      good.join();
      assertKinds(good, "TaskSubmitted", "TaskStarted", "TaskDone");
      assertKinds(bad, "TaskSubmitted", "TaskStarted", "TaskDone");
      BatonEvent.TaskDone done = (BatonEvent.TaskDone) events.getLast();
      assertSame(bad.exceptionNow(), done.failure());
    }
  }

  @Test
  void aMemberThatComesTooLateTellsOfItsSubmissionToo() throws Exception {
    try (Baton baton = open();
        TaskGroup group = baton.group(GroupOptions.none().firstSuccess())) {
      group.submit(() -> 1);
      await().pollInSameThread().until(() -> group.submit(() -> 2).isCancelled());
      TaskFuture<Integer> late = group.submit(() -> 3);
      assertKinds(late, "TaskSubmitted", "TaskDone");
      group.join();
    }
  }

  @Test
  void aPendingTaskThatIsCancelledNeverStartsNorTerminates() {
    try (Baton baton = open()) {
      baton.submit(() -> release.await());
      TaskFuture<Integer> pending = baton.submit(() -> 1);
      TaskFuture<Integer> late =
          baton.submit(TaskOptions.none().deadline(Duration.ofMillis(20)), () -> 1);
      pending.cancel(true);
      assertKinds(pending, "TaskSubmitted", "TaskDone");
      assertKinds(late, "TaskSubmitted", "TaskDone");
      release.countDown();
    }
  }

  @Test
  void aBodyThatRunsOnTellsWhenItIsOver() {
    try (Baton baton = open()) {
      TaskFuture<?> future = baton.submit(() -> release.await());
      await().until(future::isRunning);
      future.cancel(CancelMode.ABANDON);
      assertKinds(future, "TaskSubmitted", "TaskStarted", "TaskDone");
      release.countDown();
      assertKinds(future, "TaskSubmitted", "TaskStarted", "TaskDone", "TaskTerminated");
    }
  }

  @Test
  void anOpenStageIsDoneWhenItEnds() {
    try (Baton baton = open()) {
      CompletableFuture<String> stage = new CompletableFuture<>();
      TaskFuture<String> future = baton.submitAsync(() -> stage);
      assertKinds(future, "TaskSubmitted", "TaskStarted");
      stage.complete("done");
      assertKinds(future, "TaskSubmitted", "TaskStarted", "TaskDone");
    }
  }

  @Test
  void callbacksRunBeforeTheEventThatSaysSo() {
    try (Baton baton = open()) {
      TaskFuture<?> future = baton.submit(() -> release.await());
      List<Integer> seen = new CopyOnWriteArrayList<>();
      future.onDone(done -> seen.add(kindsOf(done).size()));
      release.countDown();
      assertKinds(future, "TaskSubmitted", "TaskStarted", "TaskDone");
      assertEquals(List.of(2), seen);
    }
  }

  @Test
  void withAListenerEachTaskIsTimed() {
    try (Baton baton = open()) {
      TaskFuture<Integer> future = baton.submit(() -> 1);
      future.join();
      assertTrue(future.info().runTime() != null, () -> future.info().toString());
    }
  }

  @Test
  void aListenerThatThrowsIsLoggedAndDisturbsNobody() {
    AssertionError failure = new AssertionError("no");
    try (Log log = Log.of(BatonExecutor.class);
        Baton baton =
            Baton.open(
                ThreadOptions.defaults()
                    .workers(1)
                    .listener(
                        event -> {
                          throw failure;
                        })
                    .listener(events::add))) {
      assertEquals(1, baton.submit(() -> 1).join());
      await().until(() -> events.size() >= 4);
      assertSame(failure, log.lastException(Level.ERROR));
      assertTrue(log.lines().getFirst().startsWith("ERROR A listener of threads-"));
    }
  }
}
