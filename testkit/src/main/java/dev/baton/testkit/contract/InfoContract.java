package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.BatonStats;
import dev.baton.TaskFuture;
import dev.baton.TaskInfo;
import dev.baton.TaskInfo.Phase;
import dev.baton.TaskOptions;
import dev.baton.event.BatonEvent;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Eventually;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import dev.baton.testkit.signal.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What futures and executors tell of themselves, and what listeners hear. */
@Promise(Row.FACADE)
public interface InfoContract extends ContractTest {

  @Test
  default void infoNamesTaskExecutorAndBackend(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Blocker blocker = Blocker.on(baton, given);
    TaskFuture<Integer> future = baton.submit(TaskOptions.none().name("known"), () -> 1);

    TaskInfo pending = future.info();
    assertEquals("known", pending.name());
    assertEquals(baton.name(), pending.executor());
    assertFalse(pending.backend().isBlank());
    assertTrue(pending.id() > blocker.future().info().id());
    assertNull(pending.worker());
    assertNotNull(blocker.future().info().worker());
    blocker.release();
    future.get();
    TaskFuture<Void> failed = baton.submit(Thrown.CHECKED::raise);
    Failures.of(failed);
    assertNotNull(failed.info().worker(), "where a task failed is known");
  }

  @Test
  default void timesAreRecordedWhenAskedFor(Fixture given) throws Exception {
    Baton baton = given.open();
    Instant before = Instant.now();
    TaskFuture<Integer> timed =
        baton.submit(
            TaskOptions.none().timed(),
            () -> {
              Thread.sleep(20);
              return 1;
            });
    timed.get();
    TaskInfo info = timed.info();
    Instant submitted = Objects.requireNonNull(info.submitted());
    Instant started = Objects.requireNonNull(info.started());
    Instant ended = Objects.requireNonNull(info.ended());
    assertFalse(submitted.isBefore(before.minusMillis(5)));
    assertFalse(started.isBefore(submitted.minusMillis(5)));
    assertTrue(
        Duration.between(started, ended).compareTo(Duration.ofMillis(15)) >= 0, info::toString);
    assertEquals(Duration.between(started, ended), info.runTime());
  }

  @Test
  default void timesAreNotRecordedOtherwise(Fixture given) throws Exception {
    TaskFuture<Integer> future = given.open().submit(() -> 1);
    future.get();
    assertNull(future.info().submitted());
    assertNull(future.info().runTime());
  }

  @Test
  default void aTimedTaskThatNeverBeganHasNoStart(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Blocker.on(baton, given);
    TaskFuture<Integer> future = baton.submit(TaskOptions.none().timed(), () -> 1);
    assertNull(future.info().ended());
    future.cancel(true);
    assertNotNull(future.info().submitted());
    assertNull(future.info().started());
    assertNotNull(future.info().ended());
    assertNull(future.info().worker());
  }

  @Test
  default void statsCountEveryEnd(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    assertEquals(new BatonStats(0, 0, 0, 0, 0, 0, 0, 0), baton.stats());
    baton.submit(() -> 1).get();
    Failures.of(baton.submit(Thrown.CHECKED::raise));
    Blocker blocker = Blocker.on(baton, given);
    TaskFuture<Integer> pending = baton.submit(() -> 1);
    Eventually.holds(
        "all is counted", () -> baton.stats().equals(new BatonStats(4, 1, 1, 1, 1, 0, 0, 0)));
    pending.cancel(true);
    blocker.release();
    Eventually.holds(
        "all is counted", () -> baton.stats().equals(new BatonStats(4, 0, 0, 2, 1, 1, 0, 0)));
  }

  @Test
  default void toStringExplains(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    String idle = baton.toString();
    assertTrue(idle.contains(baton.name()) && idle.contains("open"), idle);
    Blocker blocker = Blocker.on(baton, given);
    baton.submit(() -> 1);
    String busy = baton.toString();
    assertTrue(busy.contains("1 pending") && busy.contains("1 running"), busy);
    assertTrue(blocker.future().toString().contains("running"), blocker.future()::toString);
    baton.shutdown();
    assertTrue(baton.toString().contains("shutting down"), baton::toString);
    blocker.release();
    baton.close();
    assertTrue(baton.toString().contains("terminated"), baton::toString);
    assertTrue(blocker.future().toString().contains("succeeded"), blocker.future()::toString);
  }

  @Test
  default void aFutureExplainsItself(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Blocker blocker = Blocker.stubborn(baton, given);
    TaskFuture<Integer> pending = baton.submit(TaskOptions.none().name("patient"), () -> 1);
    assertTrue(pending.toString().contains("patient"), pending::toString);
    assertTrue(pending.toString().contains("pending"), pending::toString);
    pending.cancel(true);
    assertTrue(pending.toString().contains("cancelled"), pending::toString);
    if (!baton.capabilities().forcedStop()) {
      blocker.future().cancel(true);
      assertTrue(blocker.future().toString().contains("still runs"), blocker.future()::toString);
    }
  }

  @Test
  default void dumpShowsWhatRunsAndWhere(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal gate = given.signal();
    TaskFuture<Void> future =
        baton.submit(
            TaskOptions.none().name("visible-one"),
            () -> {
              gate.count();
              gate.await();
            });
    gate.awaitTotal(1);
    String dump = baton.dump();
    assertTrue(dump.contains("visible-one"), dump);
    assertTrue(dump.contains(String.valueOf(future.info().worker())), dump);
    if (!baton.capabilities().encodes()) {
      assertTrue(dump.contains("InfoContract"), () -> "with its stack: " + dump);
    }
    gate.open();
    future.get();
    Eventually.holds("it is gone", () -> !baton.dump().contains("visible-one"));
  }

  @Test
  default void aListenerHearsOfATasksLifeInOrder(Fixture given) throws Exception {
    List<BatonEvent> events = Collections.synchronizedList(new ArrayList<>());
    Baton baton = given.open(Shape.atLeast(1).listener(events::add));
    TaskFuture<Integer> future = baton.submit(() -> 1);
    future.get();
    TaskFuture<Void> failed = baton.submit(Thrown.CHECKED::raise);
    Throwable failure = Failures.of(failed);
    baton.close();
    Eventually.holds(
        "the end was told",
        () -> events.stream().anyMatch(e -> e instanceof BatonEvent.ExecutorTerminated));

    assertEquals(
        List.of("TaskSubmitted", "TaskStarted", "TaskDone"), namesOf(events, future.info().id()));
    assertEquals(
        List.of("TaskSubmitted", "TaskStarted", "TaskDone"), namesOf(events, failed.info().id()));
    assertSame(
        failure,
        events.stream()
            .filter(e -> e instanceof BatonEvent.TaskDone done && done.failure() != null)
            .map(e -> ((BatonEvent.TaskDone) e).failure())
            .findFirst()
            .orElseThrow());
    assertTrue(events.getFirst() instanceof BatonEvent.ExecutorOpened, events::toString);
    assertTrue(events.stream().allMatch(e -> e.executor().equals(baton.name())));
  }

  private static List<String> namesOf(List<BatonEvent> events, long id) {
    return List.copyOf(events).stream()
        .filter(e -> e instanceof BatonEvent.OfTask of && of.task().id() == id)
        .map(e -> e.getClass().getSimpleName())
        .toList();
  }

  @Test
  default void aListenerHearsOfABodyThatOutlivesItsFuture(Fixture given) throws Exception {
    List<BatonEvent> events = Collections.synchronizedList(new ArrayList<>());
    Baton baton = given.open(Shape.atLeast(1).listener(events::add));
    Blocker blocker = Blocker.stubborn(baton, given);
    blocker.future().cancel(false);
    Thread.sleep(20);
    blocker.release();
    Failures.awaitBody(blocker.future());
    long id = blocker.future().info().id();
    Eventually.holds("four events came", () -> namesOf(events, id).size() == 4);
    assertEquals(
        List.of("TaskSubmitted", "TaskStarted", "TaskDone", "TaskTerminated"), namesOf(events, id));
    BatonEvent.TaskTerminated last = (BatonEvent.TaskTerminated) events.getLast();
    assertTrue(last.overrun().compareTo(Duration.ofMillis(15)) >= 0, last::toString);
    assertSame(Phase.CANCELLED, last.task().phase());
  }

  @Test
  default void aListenerThatThrowsDisturbsNobody(Fixture given) throws Exception {
    Baton baton =
        given.open(
            Shape.atLeast(1)
                .listener(
                    event -> {
                      throw new IllegalStateException("thrown by a listener on purpose");
                    }));
    assertEquals(1, baton.submit(() -> 1).get());
    assertTrue(baton.submit(() -> 1).exception(Failures.PATIENCE) == null);
    baton.close();
    assertEquals(2, baton.stats().succeeded());
  }
}
