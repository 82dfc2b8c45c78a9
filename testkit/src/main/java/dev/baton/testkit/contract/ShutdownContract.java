package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.ShutdownMode;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How an executor drains, stops, and says that it is over. */
@Promise(Row.SHUTDOWN)
public interface ShutdownContract extends ContractTest {

  @Test
  default void closeWaitsForEveryTask(Fixture given) {
    Baton baton = given.open(Shape.atLeast(2));
    Ledger ledger = given.ledger();
    List<TaskFuture<Integer>> futures = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int result = i;
      futures.add(
          baton.submit(
              ledger.around(
                  "task",
                  () -> {
                    Thread.sleep(2);
                    return result;
                  })));
    }
    baton.close();

    assertTrue(baton.isTerminated());
    assertEquals(20, ledger.ended().size());
    for (int i = 0; i < 20; i++) {
      assertEquals(i, futures.get(i).resultNow());
    }
  }

  @Test
  default void aSecondCloseHasNoEffect(Fixture given) {
    Baton baton = given.open();
    baton.submit(() -> 1);
    baton.close();
    baton.close();
    baton.shutdown();
    assertEquals(List.of(), baton.shutdownNow());
    assertTrue(baton.isShutdown());
    assertTrue(baton.isTerminated());
    assertEquals(1, baton.stats().succeeded());
  }

  @Test
  default void twoThreadsMayCloseAtOnce(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Blocker blocker = Blocker.on(baton, given);
    List<Future<Boolean>> closers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      closers.add(
          given.beside(
              () -> {
                baton.close();
                return baton.isTerminated();
              }));
    }
    Eventually.holds("it shuts down", baton::isShutdown);
    blocker.release();
    for (Future<Boolean> closer : closers) {
      assertTrue(closer.get());
    }
  }

  @Test
  default void anInterruptedCloseStopsTheTasksAndStillWaits(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Signal told = given.signal();
    TaskFuture<Void> running =
        baton.submit(
            () -> {
              told.count();
              try {
                told.await();
              } finally {
                Thread.sleep(50);
                told.append("over");
              }
            });
    told.awaitTotal(1);
    TaskFuture<Integer> pending = baton.submit(() -> 1);
    Future<List<String>> closer =
        given.beside(
            () -> {
              Thread.currentThread().interrupt();
              baton.close();
              assertTrue(Thread.interrupted(), "the flag is set again");
              return told.lines();
            });

    assertEquals(List.of("over"), closer.get());
    assertTrue(baton.isTerminated());
    assertTrue(pending.isCancelled());
    assertTrue(running.isDone());
  }

  @Test
  default void closeFromATaskOfItsOwnIsRefused(Fixture given) {
    Baton baton = given.open();
    TaskFuture<Void> future =
        baton.submit(
            TaskOptions.none().name("suicidal"), () -> TaskContext.current().baton().close());

    IllegalStateException refused = Failures.of(IllegalStateException.class, future);
    assertTrue(String.valueOf(refused.getMessage()).contains("suicidal"), refused::toString);
    assertTrue(String.valueOf(refused.getMessage()).contains(baton.name()), refused::toString);
    assertFalse(baton.isShutdown());
    baton.close();
    assertTrue(baton.isTerminated());
  }

  @Test
  default void aTaskMayShutItsExecutorDownWithoutWaiting(Fixture given) throws Exception {
    Baton baton = given.open();
    TaskFuture<Integer> future =
        baton.submit(
            () -> {
              TaskContext.current().baton().shutdown();
              return 1;
            });
    assertEquals(1, future.get());
    assertTrue(baton.awaitTermination(Failures.PATIENCE));
  }

  @Test
  default void shutdownRunsWhatIsPending(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Blocker blocker = Blocker.on(baton, given);
    TaskFuture<Integer> pending = baton.submit(() -> 1);
    baton.shutdown();

    assertTrue(baton.isShutdown());
    assertFalse(baton.isTerminated());
    assertFalse(pending.isDone());
    blocker.release();
    assertEquals(1, pending.get());
    assertTrue(baton.awaitTermination(Failures.PATIENCE));
    assertTrue(baton.isTerminated());
  }

  @Test
  default void cancelPendingLetsRunningTasksFinish(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Blocker blocker = Blocker.on(baton, given);
    TaskFuture<Integer> pending = baton.submit(() -> 1);
    baton.shutdown(ShutdownMode.CANCEL_PENDING);

    assertTrue(pending.isCancelled());
    assertFalse(blocker.future().isDone());
    blocker.release();
    assertNull(blocker.future().get());
    assertTrue(baton.awaitTermination(Failures.PATIENCE));
  }

  @Test
  default void terminateStopsRunningTasks(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Blocker blocker = Blocker.on(baton, given);
    TaskFuture<Integer> pending = baton.submit(() -> 1);
    baton.shutdown(ShutdownMode.TERMINATE);

    assertTrue(pending.isCancelled());
    assertTrue(baton.awaitTermination(Failures.PATIENCE));
    assertTrue(blocker.future().isDone());
  }

  @Test
  default void aLaterShutdownGoesFurtherAndNeverBack(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Blocker blocker = Blocker.on(baton, given);
    TaskFuture<Integer> pending = baton.submit(() -> 1);
    baton.shutdown(ShutdownMode.DRAIN);
    assertFalse(pending.isDone());
    baton.shutdown(ShutdownMode.CANCEL_PENDING);
    assertTrue(pending.isCancelled());
    assertFalse(blocker.future().isDone());
    baton.shutdown(ShutdownMode.TERMINATE);
    baton.shutdown(ShutdownMode.DRAIN);
    assertTrue(baton.awaitTermination(Failures.PATIENCE));
    assertTrue(blocker.future().isDone());
  }

  @ParameterizedTest
  @EnumSource
  default void anIdleExecutorEndsAtOnce(ShutdownMode mode, Fixture given) throws Exception {
    Baton baton = given.open();
    assertFalse(baton.isShutdown());
    assertFalse(baton.awaitTermination(Duration.ZERO));
    baton.shutdown(mode);
    assertTrue(baton.awaitTermination(Failures.PATIENCE));
    assertTrue(baton.isTerminated());
  }

  @Test
  default void awaitTerminationWaitsNoLongerThanTold(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Blocker blocker = Blocker.on(baton, given);
    baton.shutdown();
    assertFalse(baton.awaitTermination(Duration.ofMillis(20)));
    assertFalse(baton.awaitTermination(0, TimeUnit.SECONDS));
    Future<Boolean> interrupted =
        given.beside(
            () -> {
              Thread.currentThread().interrupt();
              assertThrows(
                  InterruptedException.class, () -> baton.awaitTermination(Failures.PATIENCE));
              return Thread.interrupted();
            });
    assertFalse(interrupted.get());
    blocker.release();
    assertTrue(baton.awaitTermination(Duration.ofSeconds(Long.MAX_VALUE)));
  }

  @Test
  default void theBodyOfACancelledTaskIsWaitedForToo(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Assumptions.assumeFalse(baton.capabilities().forcedStop(), "It is stopped by force.");
    Blocker blocker = Blocker.stubborn(baton, given);
    blocker.future().cancel(true);
    baton.shutdown();
    assertFalse(baton.awaitTermination(Duration.ofMillis(50)));
    blocker.release();
    assertTrue(baton.awaitTermination(Failures.PATIENCE));
  }

  @Test
  default void noThreadOfTheExecutorOutlivesIt(Fixture given) {
    Baton baton = given.open();
    for (int i = 0; i < 50; i++) {
      baton.submit(() -> 1);
    }
    baton.close();
    String prefix = "baton-" + baton.name();
    List<String> left =
        Thread.getAllStackTraces().keySet().stream()
            .map(Thread::getName)
            .filter(name -> name.startsWith(prefix))
            .toList();
    assertEquals(List.of(), left);
  }
}
