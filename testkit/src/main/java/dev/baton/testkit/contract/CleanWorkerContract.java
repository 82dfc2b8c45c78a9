package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Action;
import dev.baton.Baton;
import dev.baton.Overflow;
import dev.baton.TaskFuture;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Eventually;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import dev.baton.testkit.signal.Signal;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** What a task leaves behind disturbs no other. */
@Promise(Row.CLEAN_WORKERS)
public interface CleanWorkerContract extends ContractTest {

  /** What a task can see of the ones before it on its worker. */
  private static String surroundings() {
    Thread thread = Thread.currentThread();
    return "interrupted "
        + thread.isInterrupted()
        + ", loader "
        + thread.getContextClassLoader()
        + ", logging context "
        + MDC.getCopyOfContextMap();
  }

  /** Leaves all behind that a task can leave. */
  private static void leaveTraces() {
    MDC.put("left", "behind");
    Thread thread = Thread.currentThread();
    thread.setName("renamed-by-a-task");
    thread.setContextClassLoader(new URLClassLoader("left-behind", new URL[0], null));
    thread.interrupt();
  }

  @Test
  default void whatATaskLeavesBehindIsNotSeenByTheNext(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    String before = baton.submit(CleanWorkerContract::surroundings).get();
    Blocker blocker = Blocker.on(baton, given);
    TaskFuture<Void> untidy = baton.submit(CleanWorkerContract::leaveTraces);
    TaskFuture<String> next = baton.submit(CleanWorkerContract::surroundings);
    TaskFuture<String> name = baton.submit(() -> Thread.currentThread().getName());
    blocker.release();

    untidy.get();
    assertEquals(before, next.get());
    assertFalse(name.get().contains("renamed"), name.get());
  }

  @Test
  default void whatAFailedTaskLeavesBehindIsNotSeenByTheNext(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    String before = baton.submit(CleanWorkerContract::surroundings).get();
    Blocker blocker = Blocker.on(baton, given);
    TaskFuture<Void> untidy =
        baton.submit(
            () -> {
              leaveTraces();
              throw new AssertionError("on purpose");
            });
    TaskFuture<String> next = baton.submit(CleanWorkerContract::surroundings);
    blocker.release();

    assertEquals(before, next.get());
    assertEquals("on purpose", Failures.of(untidy).getMessage());
  }

  @Test
  default void whatACallbackLeavesBehindIsNotSeenByTheNextTask(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    String before = baton.submit(CleanWorkerContract::surroundings).get();
    Blocker blocker = Blocker.on(baton, given);
    blocker.future().onDone(done -> leaveTraces());
    TaskFuture<String> next = baton.submit(CleanWorkerContract::surroundings);
    blocker.release();

    assertEquals(before, next.get());
  }

  @Test
  default void aLateInterruptNeverHitsTheNextTask(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    int hit = 0;
    for (int i = 0; i < 2_000; i++) {
      TaskFuture<Integer> quick = baton.submit(() -> 1);
      TaskFuture<Boolean> next =
          baton.submit(
              () -> {
                for (int spin = 0; spin < 200; spin++) {
                  Thread.onSpinWait();
                }
                return Thread.currentThread().isInterrupted();
              });
      for (int spin = 0; spin < i % 100; spin++) {
        Thread.onSpinWait();
      }
      quick.cancel(true);
      hit += next.get() ? 1 : 0;
    }
    assertEquals(0, hit);
  }

  @Test
  default void aTaskSeesAContextClassLoaderThatKnowsItsClass(Fixture given) throws Exception {
    String name = CleanWorkerContract.class.getName();
    TaskFuture<String> found =
        given
            .open()
            .submit(() -> Thread.currentThread().getContextClassLoader().loadClass(name).getName());
    assertEquals(name, found.get());
  }

  @Test
  default void anAbandonedBodyDisturbsNoOther(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    Blocker abandoned = Blocker.on(baton, given);
    abandoned.future().cancel(false);
    for (int i = 0; i < 100; i++) {
      assertFalse(baton.submit(() -> Thread.currentThread().isInterrupted()).get());
    }
    assertFalse(abandoned.future().terminated().isDone());
  }

  @Test
  default void interruptsOfManyTasksHitOnlyThose(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(4));
    Signal never = given.signal();
    List<TaskFuture<Void>> doomed = new ArrayList<>();
    List<TaskFuture<Integer>> bystanders = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      doomed.add(baton.submit(never::await));
      bystanders.add(
          baton.submit(
              () -> {
                Thread.sleep(1);
                return 1;
              }));
      doomed.get(i).cancel(true);
    }
    for (TaskFuture<Integer> bystander : bystanders) {
      assertEquals(1, bystander.get(Failures.PATIENCE));
    }
    for (TaskFuture<Void> each : doomed) {
      Failures.awaitBody(each);
    }
  }

  @Test
  default void aCallerThatRunsATaskItselfIsLeftAsItWas(Fixture given) throws Exception {
    given.assumeShared();
    Baton baton = given.open(Shape.slots(1).queue(1, Overflow.CALLER_RUNS));
    Blocker blocker = Blocker.on(baton, given);
    TaskFuture<Integer> queued = baton.submit(() -> 1);
    Callable<Thread> untidy =
        () -> {
          assertFalse(Thread.interrupted(), "the caller's interrupt is not the task's");
          Thread.currentThread().setName("renamed-by-a-task");
          Thread.currentThread().setContextClassLoader(null);
          return Thread.currentThread();
        };
    Future<Boolean> caller =
        given.beside(
            () -> {
              Thread me = Thread.currentThread();
              ClassLoader loader = me.getContextClassLoader();
              String name = me.getName();
              me.interrupt();
              TaskFuture<Thread> ran = baton.submit(untidy);
              assertTrue(Thread.interrupted(), "the flag is set again");
              assertSame(me, ran.resultNow());
              return loader == me.getContextClassLoader() && name.equals(me.getName());
            });
    assertTrue(caller.get());
    blocker.release();
    assertEquals(1, queued.get());
  }

  @Test
  default void executeSurvivesWhateverIsThrown(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    for (Thrown thrown : Thrown.values()) {
      baton.execute((Action) thrown::raise);
    }
    assertEquals(1, baton.submit(() -> 1).get());
    long failures = Thrown.values().length;
    Eventually.holds("all are counted", () -> baton.stats().failed() == failures);
  }
}
