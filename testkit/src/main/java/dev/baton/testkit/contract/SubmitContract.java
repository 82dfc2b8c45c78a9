package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Action;
import dev.baton.Baton;
import dev.baton.Task;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Eventually;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import dev.baton.testkit.signal.Ledger;
import dev.baton.testkit.signal.Signal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Every way to submit a task runs it once. */
@Promise(Row.FACADE)
public interface SubmitContract extends ContractTest {

  private static int square(int number) {
    return number * number;
  }

  @Test
  default void everyWayToSubmitReturnsTheResult(Fixture given) throws Exception {
    Baton baton = given.open();
    Signal ran = given.signal();
    Task<Integer> task = () -> 1;
    Action action = ran::count;
    Callable<Integer> asCallable = task;
    Runnable asRunnable = action;

    assertEquals(1, baton.submit(task).get());
    assertEquals(1, baton.submit(asCallable).get());
    assertEquals(1, baton.submit(TaskOptions.none(), task).get());
    assertEquals(9, baton.submit(SubmitContract::square, 3).get());
    assertNull(baton.submit(action).get());
    assertNull(baton.submit(asRunnable).get());
    assertNull(baton.submit(TaskOptions.none(), action).get());
    assertEquals("result", baton.submit(asRunnable, "result").get());
    assertEquals(4, ran.total(), "each action ran once");
  }

  @Test
  default void bareLambdasChooseTheirShape(Fixture given) throws Exception {
    Baton baton = given.open();
    TaskFuture<String> value = baton.submit(() -> "value");
    TaskFuture<Void> nothing = baton.submit(() -> {});
    TaskFuture<Void> throwing = baton.submit(Thrown.CHECKED::raise);

    assertEquals("value", value.get());
    assertNull(nothing.get());
    assertSame(Thrown.CHECKED.get().getClass(), Failures.of(throwing).getClass());
  }

  @Test
  default void itIsAnExecutorService(Fixture given) throws Exception {
    Baton baton = given.open();
    Assumptions.assumeFalse(baton.capabilities().encodes(), "Such lambdas cannot be encoded.");
    ExecutorService service = baton;
    Future<Integer> future = service.submit(() -> 1);
    Future<?> nothing = service.submit(() -> {});

    assertEquals(1, future.get());
    assertNull(nothing.get());
    assertTrue(future instanceof TaskFuture);
  }

  @Test
  default void aFunctionsArgumentMayBeNull(Fixture given) throws Exception {
    TaskFuture<String> future =
        given
            .open()
            .<@Nullable String, String>submit(argument -> String.valueOf((Object) argument), null);
    assertEquals("null", future.get());
  }

  @Test
  default void executeRunsWithoutAFuture(Fixture given) {
    Baton baton = given.open();
    Signal ran = given.signal();
    Runnable runnable = (Action) ran::count;
    baton.execute(() -> ran.append("action"));
    baton.execute(runnable);
    Eventually.holds("both ran", () -> ran.total() == 1 && ran.lines().size() == 1);
    Eventually.holds("both are counted", () -> baton.stats().succeeded() == 2);
  }

  @Test
  default void submitAllReturnsTheFuturesInOrder(Fixture given) throws Exception {
    List<Task<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      int result = i;
      tasks.add(() -> result);
    }
    List<TaskFuture<Integer>> futures = given.open().submitAll(tasks);
    assertEquals(50, futures.size());
    for (int i = 0; i < 50; i++) {
      assertEquals(i, futures.get(i).get());
    }
    assertEquals(List.of(), given.open().submitAll(List.<Task<Integer>>of()));
  }

  @Test
  default void tasksOfOneSubmitterBeginInOrder(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Ledger ledger = given.ledger();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String name = "task-" + i;
      names.add(name);
      baton.submit(() -> ledger.begin(name));
    }
    baton.submit(() -> {}).get();
    assertEquals(names, ledger.begun());
  }

  @Test
  default void manySubmittersLoseNothing(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    Signal ran = given.signal();
    List<Future<Set<Long>>> submitters = new ArrayList<>();
    for (int s = 0; s < 4; s++) {
      submitters.add(
          given.beside(
              () -> {
                Set<Long> ids = new HashSet<>();
                List<TaskFuture<Integer>> futures = new ArrayList<>();
                for (int i = 0; i < 250; i++) {
                  futures.add(baton.submit(ran::count));
                }
                for (TaskFuture<Integer> future : futures) {
                  future.get();
                  ids.add(future.info().id());
                }
                return ids;
              }));
    }
    Set<Long> ids = new HashSet<>();
    for (Future<Set<Long>> submitter : submitters) {
      ids.addAll(submitter.get());
    }
    assertEquals(1_000, ran.total());
    assertEquals(1_000, ids.size(), "each task has an id of its own");
  }

  @Test
  default void asManyRunAtOnceAsThereAreSlots(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(3));
    Signal meeting = given.signal();
    List<TaskFuture<Void>> futures = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      futures.add(
          baton.submit(
              () -> {
                meeting.count();
                meeting.await();
              }));
    }
    meeting.awaitTotal(3);
    Thread.sleep(30);
    assertEquals(3, meeting.total(), "no fourth begins");
    assertEquals(3, baton.stats().running());
    assertEquals(2, baton.stats().pending());
    meeting.open();
    for (TaskFuture<Void> future : futures) {
      future.get(Failures.PATIENCE);
    }
    assertEquals(5, meeting.total());
  }

  @Test
  default void twoExecutorsDoNotDisturbEachOther(Fixture given) throws Exception {
    Baton one = given.open(Shape.atLeast(1));
    Baton other = given.open(Shape.atLeast(1));
    Blocker blocker = Blocker.on(one, given);

    assertEquals(1, other.submit(() -> 1).get());
    assertNotEquals(one.name(), other.name());
    other.close();
    assertFalse(blocker.future().isDone());
    assertFalse(one.isShutdown());
  }

  @Test
  default void aTaskMaySubmitAndGoOn(Fixture given) throws Exception {
    Baton baton = given.open();
    Signal ran = given.signal();
    baton
        .submit(
            () -> {
              TaskContext.current().baton().submit(ran::count);
            })
        .get();
    ran.awaitTotal(1);
  }

  @Test
  default void aTaskMayUseThreadsOfItsOwn(Fixture given) throws Exception {
    TaskFuture<Integer> future =
        given
            .open()
            .submit(
                () -> {
                  int[] sum = new int[1];
                  ThreadFactory threads = Thread.ofVirtual().factory();
                  Thread helper = threads.newThread(() -> sum[0] = 42);
                  helper.start();
                  helper.join();
                  return sum[0];
                });
    assertEquals(42, future.get());
  }
}
