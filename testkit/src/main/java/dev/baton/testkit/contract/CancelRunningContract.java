package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Await;
import dev.baton.Baton;
import dev.baton.CancelMode;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskInfo.Phase;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Eventually;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import dev.baton.testkit.signal.Ledger;
import dev.baton.testkit.signal.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Cancelling a running task ends the future at once; the body is over when it has stopped. */
@Promise(Row.CANCELLING)
public interface CancelRunningContract extends ContractTest {

  private static void assumeNoForce(Baton baton) {
    Assumptions.assumeFalse(
        baton.capabilities().forcedStop(), "This backend stops such a body by force.");
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "IF_PENDING")
  default void theFutureEndsAtOnceAndTheBodyWhenItHasStopped(CancelMode mode, Fixture given)
      throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    assumeNoForce(baton);
    Blocker blocker = Blocker.stubborn(baton, given);
    TaskFuture<Void> future = blocker.future();

    assertTrue(future.cancel(mode));
    assertTrue(future.isDone());
    Failures.assertCancelled(future);
    assertEquals(Phase.CANCELLED, future.info().phase());
    assertFalse(future.isRunning());
    assertFalse(future.terminated().isDone(), "the body still runs");
    assertEquals(1, baton.stats().running());
    blocker.release();
    Failures.awaitBody(future);
    Eventually.holds("nothing runs", () -> baton.stats().running() == 0);
    assertTrue(future.isCancelled());
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "IF_PENDING")
  default void theSlotComesBackOnlyWhenTheBodyIsOver(CancelMode mode, Fixture given)
      throws Exception {
    Baton baton = given.open(Shape.slots(1));
    assumeNoForce(baton);
    Ledger ledger = given.ledger();
    Signal gate = given.signal();
    TaskFuture<Void> first =
        baton.submit(
            () -> {
              gate.count();
              gate.awaitUninterruptibly();
              ledger.begin("end of the first");
            });
    gate.awaitTotal(1);
    first.cancel(mode);
    TaskFuture<Void> second = baton.submit(() -> ledger.begin("second"));

    assertFalse(second.isRunning());
    assertEquals(Phase.PENDING, second.info().phase());
    gate.open();
    second.get();
    assertEquals(List.of("end of the first", "second"), ledger.begun());
  }

  @Test
  default void ifPendingLeavesARunningTaskAlone(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Blocker blocker = Blocker.on(baton, given);

    assertFalse(blocker.future().cancel(CancelMode.IF_PENDING));
    assertFalse(blocker.future().isDone());
    blocker.release();
    assertNull(blocker.future().get());
    assertFalse(blocker.future().cancel(CancelMode.IF_PENDING));
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERRUPT", "KILL"})
  default void theBodyIsInterrupted(CancelMode mode, Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Assumptions.assumeTrue(
        mode == CancelMode.INTERRUPT || !baton.capabilities().forcedStop(),
        "This backend kills the worker.");
    Signal told = given.signal();
    TaskFuture<Void> future =
        baton.submit(
            () -> {
              told.count();
              try {
                told.await();
              } catch (InterruptedException stop) {
                told.append("interrupted, cancelled " + TaskContext.current().isCancelled());
              }
            });
    told.awaitTotal(1);
    future.cancel(mode);
    Failures.awaitBody(future);
    assertEquals(List.of("interrupted, cancelled true"), told.lines());
  }

  @Test
  default void anAbandonedBodyIsNotToldOfIt(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal told = given.signal();
    TaskFuture<Void> future =
        baton.submit(
            () -> {
              TaskContext.current().onCancel(() -> told.append("hook"));
              told.count();
              told.awaitUninterruptibly();
              told.append("interrupted " + Thread.currentThread().isInterrupted());
              told.append("cancelled " + TaskContext.current().isCancelled());
              TaskContext.current().checkCancelled();
            });
    told.awaitTotal(1);
    assertTrue(future.cancel(false));
    told.open();
    Failures.awaitBody(future);
    assertEquals(List.of("interrupted false", "cancelled false"), told.lines());
    assertTrue(future.isCancelled());
  }

  @Test
  default void aStrongerCancelStillStopsAnAbandonedBody(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Blocker blocker = Blocker.on(baton, given);

    assertTrue(blocker.future().cancel(CancelMode.ABANDON));
    assertFalse(blocker.future().terminated().isDone());
    assertTrue(blocker.future().cancel(CancelMode.INTERRUPT));
    Failures.awaitBody(blocker.future());
  }

  @Test
  default void aResultThatComesAfterTheCancelIsDropped(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal gate = given.signal();
    TaskFuture<String> future =
        baton.submit(
            () -> {
              gate.count();
              gate.awaitUninterruptibly();
              return "late";
            });
    gate.awaitTotal(1);
    future.cancel(false);
    gate.open();
    Failures.awaitBody(future);
    Failures.assertCancelled(future);
    Eventually.holds("it counts as cancelled", () -> baton.stats().cancelled() == 1);
    assertEquals(0, baton.stats().succeeded());
  }

  @Test
  default void checkCancelledStopsABodyThatNeverBlocks(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal told = given.signal();
    TaskFuture<Void> future =
        baton.submit(
            () -> {
              told.count();
              try {
                while (true) {
                  TaskContext.current().checkCancelled();
                }
              } catch (CancellationException asked) {
                told.append(String.valueOf(asked.getMessage()));
              }
            });
    told.awaitTotal(1);
    future.cancel(true);
    Failures.awaitBody(future);
    assertTrue(told.lines().getFirst().contains(future.info().name()), told.lines()::toString);
  }

  @Test
  default void aCancelOfManyRunningTasksReachesEach(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(8));
    List<TaskFuture<Void>> futures = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      futures.add(Blocker.on(baton, given).future());
    }
    futures.forEach(future -> assertTrue(future.cancel(true)));
    for (TaskFuture<Void> future : futures) {
      Failures.awaitBody(future);
    }
    assertEquals(1, baton.submit(() -> 1).get());
  }

  @Test
  default void terminatedHasNoSayInTheTask(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Blocker blocker = Blocker.on(baton, given);
    TaskFuture<Void> terminated = blocker.future().terminated();

    assertFalse(terminated.cancel(true));
    assertFalse(terminated.isDone());
    assertFalse(blocker.future().isDone());
    blocker.release();
    assertNull(blocker.future().get());
    assertNull(terminated.get(), "whoever asked is told");
  }

  @Test
  default void aTaskWhoseBodyIsOverIsDone(Fixture given) throws Exception {
    Baton baton = given.open();
    for (int i = 0; i < 2_000; i++) {
      TaskFuture<Integer> future = baton.submit(() -> 1);
      Failures.awaitBody(future);
      assertTrue(future.isDone(), future::toString);
    }
  }

  @Test
  default void terminatedNeverFails(Fixture given) throws Exception {
    Baton baton = given.open();
    TaskFuture<Void> failed = baton.submit(Thrown.CHECKED::raise);
    TaskFuture<Integer> fine = baton.submit(() -> 1);

    assertNull(failed.terminated().get());
    assertNull(fine.terminated().get());
    assertInstanceOf(Thrown.CHECKED.get().getClass(), Failures.of(failed));
  }

  @Test
  default void aTaskThatOnlyYieldsCanBeCancelled(Fixture given) throws Exception {
    Signal begun = given.signal();
    TaskFuture<Void> future =
        given
            .open()
            .submit(
                () -> {
                  begun.count();
                  while (true) {
                    Await.yield();
                  }
                });
    begun.awaitTotal(1);
    future.cancel(true);
    future.terminated().get(Failures.PATIENCE);
    assertTrue(future.isCancelled());
  }
}
