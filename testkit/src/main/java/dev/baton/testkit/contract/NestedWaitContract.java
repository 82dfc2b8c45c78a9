package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Action;
import dev.baton.Baton;
import dev.baton.BatonStats;
import dev.baton.MapOptions;
import dev.baton.Overflow;
import dev.baton.Results;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskFutures;
import dev.baton.TaskGroup;
import dev.baton.TaskOptions;
import dev.baton.TaskRejectedException;
import dev.baton.Until;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Eventually;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import dev.baton.testkit.signal.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A task that waits for another task of its executor lends its slot, within a bound. */
@Promise(Row.NESTED_WAITS)
public interface NestedWaitContract extends ContractTest {

  private static Baton mine() {
    return TaskContext.current().baton();
  }

  /** Returns how often to do something that may cost a process each. */
  private static int few(Baton baton, int processes, int threads) {
    return baton.capabilities().separateProcess() ? processes : threads;
  }

  /** Waits in each of so many tasks for the next. */
  private static int nest(int depth) throws Exception {
    int next = depth - 1;
    TaskOptions named = TaskOptions.none().name("level-" + next);
    return depth == 0 ? 0 : mine().submit(named, () -> nest(next)).get() + 1;
  }

  @ParameterizedTest
  @EnumSource
  default void everyWaitLendsTheOnlySlot(Wait wait, Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    assertEquals(42, baton.submit(() -> wait.forInner(mine())).get(Failures.PATIENCE));
    assertEquals(0, baton.stats().lent());
    assertEquals(1, baton.submit(() -> 1).get());
  }

  @ParameterizedTest
  @EnumSource
  default void manyWaitersAtOnceAllGetThrough(Wait wait, Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(2));
    List<TaskFuture<Integer>> outers = new ArrayList<>();
    for (int i = 0; i < few(baton, 4, 20); i++) {
      outers.add(baton.submit(() -> wait.forInner(mine())));
    }
    for (TaskFuture<Integer> outer : outers) {
      assertEquals(42, outer.get(Failures.PATIENCE));
    }
  }

  @Test
  default void waitsNestDeeply(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1).lend(30));
    int depth = few(baton, 6, 30);
    assertEquals(depth, baton.submit(() -> nest(depth)).get(Failures.PATIENCE));
  }

  @Test
  default void pastTheBoundTheWaitIsRejectedAndNamesTheChain(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1).lend(2));
    TaskOptions named = TaskOptions.none().name("level-5");
    TaskFuture<Integer> outer = baton.submit(named, () -> nest(5));

    Throwable failure = Failures.of(outer);
    while (failure.getCause() != null) {
      failure = failure.getCause();
    }
    String message = failure.toString();
    assertEquals(TaskRejectedException.class, failure.getClass(), message);
    for (String level : List.of("level-5 > level-4 > level-3 > level-2", baton.name(), "2")) {
      assertTrue(message.contains(level), message);
    }
    Eventually.holds("the abandoned levels are over", () -> isIdle(baton));
    assertEquals(
        2, baton.submit(() -> nest(2)).get(Failures.PATIENCE), "within the bound it works");
  }

  private static boolean isIdle(Baton baton) {
    BatonStats now = baton.stats();
    return now.pending() + now.running() + now.lent() == 0;
  }

  @Test
  default void nothingIsLentIfNothingMayBe(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1).lend(0));
    TaskFuture<Integer> outer = baton.submit(() -> nest(1));
    assertEquals(TaskRejectedException.class, Failures.of(outer).getClass());
    assertEquals(1, baton.submit(() -> 1).get());
  }

  @Test
  default void aTaskMayMapInChunksOnItsOwnExecutorOfOne(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    TaskFuture<List<Integer>> doubled =
        baton.submit(
            () -> {
              try (Results<Integer> mapped =
                  mine().map(MapOptions.none().chunk(3), n -> 2 * n, List.of(1, 2))) {
                return mapped.stream().toList();
              }
            });
    assertEquals(List.of(2, 4), doubled.get(Failures.PATIENCE));
  }

  @Test
  default void nothingIsRunInPlace(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    List<String> threads =
        baton
            .submit(() -> List.of(thread(), mine().submit(() -> thread()).get()))
            .get(Failures.PATIENCE);
    assertNotEquals(threads.get(0), threads.get(1));
  }

  private static String thread() {
    return ProcessHandle.current().pid() + "/" + Thread.currentThread().threadId();
  }

  @Test
  default void aLentSlotIsCounted(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Signal gate = given.signal();
    TaskFuture<Void> outer =
        baton.submit(
            () ->
                mine()
                    .submit(
                        () -> {
                          gate.count();
                          gate.await();
                        })
                    .get());
    gate.awaitTotal(1);
    assertEquals(1, baton.stats().lent());
    assertEquals(2, baton.stats().running());
    gate.open();
    outer.get(Failures.PATIENCE);
    assertEquals(0, baton.stats().lent());
  }

  @Test
  default void aResumedWaiterGoesOnAtOnceAndThePoolShrinksAgain(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Signal gate = given.signal();
    TaskFuture<Void> outer =
        baton.submit(
            () -> {
              TaskFuture<Void> awaited = mine().submit(() -> {});
              mine()
                  .submit(
                      () -> {
                        gate.count();
                        gate.await();
                      });
              awaited.get();
            });

    outer.get(Failures.PATIENCE);
    gate.awaitTotal(1);
    TaskFuture<Integer> third = baton.submit(() -> 3);
    Thread.sleep(50);
    assertFalse(third.isDone(), "the one slot is taken");
    gate.open();
    assertEquals(3, third.get());
  }

  @Test
  default void afterAllWaitsThePoolIsAsLargeAsBefore(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(2));
    for (int i = 0; i < 20; i++) {
      assertEquals(3, baton.submit(() -> nest(3)).get(Failures.PATIENCE));
    }
    Signal atOnce = given.signal();
    List<TaskFuture<Void>> futures = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      futures.add(
          baton.submit(
              () -> {
                atOnce.count();
                atOnce.await();
              }));
    }
    atOnce.awaitTotal(2);
    Eventually.holds("two run", () -> baton.stats().running() == 2);
    Thread.sleep(50);
    assertEquals(2, atOnce.total(), "no third begins");
    atOnce.open();
    for (TaskFuture<Void> future : futures) {
      future.get(Failures.PATIENCE);
    }
  }

  @Test
  default void aWaitThatTimesOutTakesItsSlotBack(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Signal gate = given.signal();
    TaskFuture<String> outer =
        baton.submit(
            () -> {
              TaskFuture<Void> inner = mine().submit(gate::await);
              try {
                inner.get(Duration.ofMillis(20));
                return "in time";
              } catch (TimeoutException late) {
                return "late";
              } finally {
                gate.open();
              }
            });
    assertEquals("late", outer.get(Failures.PATIENCE));
    Eventually.holds("all slots are back", () -> baton.stats().lent() == 0);
    assertEquals(1, baton.submit(() -> 1).get());
  }

  @Test
  default void cancellingAWaiterEndsItsWaitAndLeavesTheOther(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Signal gate = given.signal();
    TaskFuture<Void> outer =
        baton.submit(
            () ->
                mine()
                    .submit(
                        () -> {
                          gate.count();
                          gate.await();
                          gate.append("inner went on");
                        })
                    .get());
    gate.awaitTotal(1);
    outer.cancel(true);
    Failures.awaitBody(outer);
    gate.open();
    Eventually.holds("the inner is done", () -> !gate.lines().isEmpty());
    assertEquals(1, baton.submit(() -> 1).get());
    assertEquals(0, baton.stats().lent());
  }

  @Test
  default void aSubmitThatWaitsForAPlaceLendsToo(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1).queue(1, Overflow.BLOCK));
    TaskFuture<Integer> outer =
        baton.submit(
            () -> {
              List<TaskFuture<Integer>> inner = new ArrayList<>();
              for (int i = 0; i < 10; i++) {
                inner.add(mine().submit(() -> 1));
              }
              int sum = 0;
              for (TaskFuture<Integer> each : inner) {
                sum += each.get();
              }
              return sum;
            });
    assertEquals(10, outer.get(Failures.PATIENCE));
    assertEquals(1, baton.submit(() -> 1).get());
  }

  @Test
  default void aWaitInACallbackLends(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Blocker blocker = Blocker.on(baton, given);
    List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
    blocker.future().onDone(done -> seen.add(baton.submit(() -> 42).join()));
    blocker.release();
    Eventually.holds("the callback got its result", () -> seen.equals(List.of(42)));
    assertEquals(1, baton.submit(() -> 1).get());
    Eventually.holds("all slots are back", () -> baton.stats().lent() == 0);
  }

  @Test
  default void aTaskThatWaitsForAnotherExecutorKeepsItsSlot(Fixture given) throws Exception {
    given.assumeShared();
    Baton baton = given.open(Shape.slots(1).lend(0));
    Baton other = given.open(Shape.slots(1).lend(0));
    Callable<Integer> outer = () -> other.submit(() -> 42).get();
    assertEquals(42, baton.submit(outer).get(Failures.PATIENCE));
  }

  @Test
  default void aDoneFutureIsNotWaitedFor(Fixture given) throws Exception {
    given.assumeShared();
    Baton baton = given.open(Shape.slots(1).lend(0));
    TaskFuture<Integer> done = baton.submit(() -> 42);
    done.get();
    Callable<Integer> outer = done::get;
    assertEquals(42, baton.submit(outer).get(Failures.PATIENCE));
  }

  /** Waits to be stopped, and then for a task that cleans up. */
  private static Action cleaningUp(Signal begun, Signal cleaned) {
    return () -> {
      begun.count();
      try {
        begun.await();
      } finally {
        mine().submit(cleaned::count).get();
      }
    };
  }

  @Test
  default void closingAGroupLendsForWhatAStoppedMemberWaitsFor(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Signal begun = given.signal();
    Signal cleaned = given.signal();
    TaskFuture<Void> outer =
        baton.submit(
            () -> {
              try (TaskGroup group = mine().group()) {
                TaskFuture<Void> member = group.submit(cleaningUp(begun, cleaned));
                while (begun.total() == 0) { // its slot is lent only as long as it waits
                  Duration bit = Duration.ofMillis(20);
                  TaskFutures.waitFor(List.of(member), Until.ALL_COMPLETED, bit);
                }
              }
            });
    Failures.of(IllegalStateException.class, outer); // for want of a join
    if (!baton.capabilities().forcedStop()) { // such a body may be killed as it cleans up
      assertEquals(1, cleaned.total());
    }
    assertEquals(1, baton.submit(() -> 1).get(Failures.PATIENCE));
    Eventually.holds("all slots are back", () -> baton.stats().lent() == 0);
  }

  @Test
  default void closingAGroupWaitsAlsoIfNothingMayBeLent(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(2).lend(0));
    Signal begun = given.signal();
    Signal stopped = given.signal();
    TaskFuture<Void> outer =
        baton.submit(
            () -> {
              try (TaskGroup group = mine().group()) {
                group.submit(Members.stoppable(begun, stopped));
                begun.awaitTotal(1);
              }
            });
    Failures.of(IllegalStateException.class, outer);
    assertEquals(1, stopped.total());
  }

  @Test
  default void closeWaitsForTasksThatWait(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Signal gate = given.signal();
    AtomicInteger results = new AtomicInteger();
    baton
        .submit(
            () -> {
              TaskFuture<Integer> inner = mine().submit(() -> 42);
              gate.count();
              gate.await();
              return inner.get();
            })
        .thenAccept(results::set);
    gate.awaitTotal(1);
    baton.shutdown();
    gate.open();
    baton.close();
    assertEquals(42, results.get());
  }
}
