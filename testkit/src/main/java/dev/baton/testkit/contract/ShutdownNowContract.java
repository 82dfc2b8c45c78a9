package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskInfo.Phase;
import dev.baton.TaskRejectedException;
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
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What {@code shutdownNow} does to pending and to running tasks, and what it returns. */
@Promise(Row.SHUTDOWN)
public interface ShutdownNowContract extends ContractTest {

  @Test
  default void pendingTasksAreCancelledAndReturnedInOrder(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Ledger ledger = given.ledger();
    Blocker.on(baton, given);
    List<TaskFuture<Void>> futures = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String name = "task-" + i;
      names.add(name);
      futures.add(baton.submit(() -> ledger.begin(name)));
    }
    List<Runnable> returned = baton.shutdownNow();

    assertEquals(20, returned.size());
    for (TaskFuture<Void> future : futures) {
      assertTrue(future.isCancelled());
      Failures.awaitBody(future);
    }
    CancellationException why =
        assertThrows(CancellationException.class, () -> futures.getFirst().get());
    assertTrue(String.valueOf(why.getMessage()).contains("shutdown"), why::toString);
    assertTrue(baton.awaitTermination(Failures.PATIENCE));
    assertEquals(List.of(), ledger.begun(), "none of them ran");
    returned.forEach(Runnable::run);
    assertEquals(names, ledger.begun(), "in the order of their submission");
  }

  @Test
  default void aReturnedRunnableRunsItsBodyOnceOnItsCaller(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Blocker.on(baton, given);
    Signal ran = given.signal();
    long caller = Thread.currentThread().threadId();
    TaskFuture<Void> future =
        baton.submit(
            () -> {
              ran.count();
              ran.append("on its caller " + (caller == Thread.currentThread().threadId()));
            });
    Runnable returned = baton.shutdownNow().getFirst();
    returned.run();
    returned.run();

    assertEquals(1, ran.total());
    assertEquals(List.of("on its caller true"), ran.lines());
    assertTrue(future.isCancelled(), "for no future");
  }

  @Test
  default void aReturnedRunnableThrowsWhatItsBodyThrows(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Blocker.on(baton, given);
    baton.submit(Thrown.UNCHECKED::raise);
    baton.submit(Thrown.CHECKED::raise);
    baton.submit(Thrown.ASSERTION::raise);
    List<Runnable> returned = baton.shutdownNow();

    assertSame(
        Thrown.UNCHECKED.get(), assertThrows(IllegalStateException.class, returned.get(0)::run));
    CompletionException wrapped = assertThrows(CompletionException.class, returned.get(1)::run);
    assertSame(Thrown.CHECKED.get(), wrapped.getCause());
    assertSame(Thrown.ASSERTION.get(), assertThrows(AssertionError.class, returned.get(2)::run));
  }

  @Test
  default void neitherRunningNorCancelledTasksAreReturned(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Blocker.on(baton, given);
    assertTrue(baton.submit(() -> 1).cancel(true));
    TaskFuture<Integer> pending = baton.submit(() -> 2);

    assertEquals(1, baton.shutdownNow().size());
    assertEquals(List.of(), baton.shutdownNow(), "a second time there is nothing left");
    assertTrue(pending.isCancelled());
  }

  @Test
  default void aRunningTaskEndsAsItsBodyDoes(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(3));
    Assumptions.assumeFalse(baton.capabilities().forcedStop(), "A worker JVM may be killed.");
    Signal gate = given.signal();
    TaskFuture<Void> rethrows =
        baton.submit(
            () -> {
              gate.count();
              gate.await();
            });
    TaskFuture<String> saves =
        baton.submit(
            () -> {
              gate.count();
              try {
                gate.await();
                return "not interrupted";
              } catch (InterruptedException stop) {
                return "saved, cancelled " + TaskContext.current().isCancelled();
              }
            });
    TaskFuture<String> ignores =
        baton.submit(
            () -> {
              gate.count();
              gate.awaitUninterruptibly();
              return "finished";
            });
    gate.awaitTotal(3);
    baton.shutdownNow();

    assertInstanceOf(InterruptedException.class, Failures.of(rethrows));
    assertEquals(Phase.FAILED, rethrows.info().phase());
    assertEquals("saved, cancelled true", saves.get(Failures.PATIENCE));
    assertFalse(ignores.isDone());
    gate.open();
    assertEquals("finished", ignores.get(Failures.PATIENCE));
  }

  @Test
  default void theHooksOfRunningTasksRun(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal told = given.signal();
    baton.submit(
        () -> {
          TaskContext.current().onCancel(() -> told.append("hook"));
          told.count();
          told.await();
        });
    told.awaitTotal(1);
    baton.shutdownNow();
    assertTrue(baton.awaitTermination(Failures.PATIENCE));
    Eventually.holds("the hook ran", () -> told.lines().equals(List.of("hook")));
  }

  @Test
  default void everyBodyRanOrWasReturned(Fixture given) throws Exception {
    for (int round = 0; round < 20; round++) {
      Baton baton = given.open(Shape.slots(2));
      Signal ran = given.signal();
      for (int i = 0; i < 100; i++) {
        baton.execute(() -> ran.count());
        baton.submit(() -> ran.count());
      }
      List<Runnable> returned = baton.shutdownNow();
      assertTrue(baton.awaitTermination(Failures.PATIENCE));
      assertEquals(200, ran.total() + returned.size());
    }
  }

  @Test
  default void inARaceWithSubmitsNothingIsLostAndNothingRunsTwice(Fixture given) throws Exception {
    for (int round = 0; round < 20; round++) {
      Baton baton = given.open(Shape.atLeast(2));
      Ledger ledger = given.ledger();
      List<Future<List<TaskFuture<Void>>>> submitters = new ArrayList<>();
      Signal flowing = given.signal();
      for (int thread = 0; thread < 3; thread++) {
        String prefix = "task-" + thread + ".";
        submitters.add(given.beside(() -> submitUntilRejected(baton, ledger, flowing, prefix)));
      }
      flowing.awaitTotal(30);
      List<Runnable> returned = baton.shutdownNow();
      assertTrue(baton.awaitTermination(Failures.PATIENCE));
      int ran = 0;
      int cancelled = 0;
      for (Future<List<TaskFuture<Void>>> submitter : submitters) {
        for (TaskFuture<Void> future : submitter.get()) {
          assertTrue(future.isDone(), future::toString);
          cancelled += future.isCancelled() ? 1 : 0;
          ran += future.isCancelled() ? 0 : 1;
        }
      }
      assertTrue(returned.size() <= cancelled, "each that is returned is cancelled");
      List<String> begun = ledger.begun();
      assertEquals(begun.size(), begun.stream().distinct().count(), "a body began twice");
      assertEquals(ran, begun.size(), "those that are not cancelled began");
    }
  }

  private static List<TaskFuture<Void>> submitUntilRejected(
      Baton baton, Ledger ledger, Signal flowing, String prefix) {
    List<TaskFuture<Void>> accepted = new ArrayList<>();
    try {
      while (true) {
        String name = prefix + accepted.size();
        accepted.add(baton.submit(() -> ledger.begin(name)));
        flowing.count();
      }
    } catch (TaskRejectedException shutDown) {
      return accepted;
    }
  }
}
