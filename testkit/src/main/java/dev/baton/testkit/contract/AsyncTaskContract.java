package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.AsyncTask;
import dev.baton.Baton;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.TaskTimeoutException;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Eventually;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import dev.baton.testkit.signal.Ledger;
import dev.baton.testkit.signal.Signal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A task that returns a stage is over when the stage is. */
@Promise(Row.FACADE)
public interface AsyncTaskContract extends ContractTest {

  /** A stage that is open until a signal is, completed by a thread of its own. */
  private static CompletionStage<Integer> stageOf(Signal gate) {
    CompletableFuture<Integer> stage = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            () -> {
              gate.awaitUninterruptibly();
              stage.complete(42);
            });
    gate.count();
    return stage;
  }

  @Test
  default void theFutureEndsAsTheStageDoes(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal gate = given.signal();
    TaskFuture<Integer> future = baton.submitAsync(() -> stageOf(gate));
    gate.awaitTotal(1);
    Eventually.holds("it runs", future::isRunning);
    assertFalse(future.isDone());
    assertFalse(future.terminated().isDone());
    gate.open();
    assertEquals(42, future.get(Failures.PATIENCE));
    Failures.awaitBody(future);
  }

  @Test
  default void aStageThatIsDoneEndsItAtOnce(Fixture given) throws Exception {
    Baton baton = given.open();
    assertEquals(1, baton.submitAsync(() -> CompletableFuture.completedFuture(1)).get());
    TaskOptions named = TaskOptions.none().name("async-one");
    TaskFuture<Integer> future =
        baton.submitAsync(named, () -> CompletableFuture.completedFuture(2));
    assertEquals(2, future.get());
    assertEquals("async-one", future.info().name());
  }

  @Test
  default void theStagesExceptionComesWithoutWrappers(Fixture given) {
    Baton baton = given.open();
    IOException failure = new IOException("on purpose");
    List<AsyncTask<Integer>> tasks =
        List.of(
            () -> CompletableFuture.failedFuture(failure),
            () -> CompletableFuture.failedFuture(new CompletionException(failure)),
            () -> CompletableFuture.failedFuture(new ExecutionException(failure)),
            () -> CompletableFuture.<Integer>failedFuture(failure).thenApply(value -> value),
            () -> {
              throw failure;
            });
    for (AsyncTask<Integer> task : tasks) {
      TaskFuture<Integer> future = baton.submitAsync(task);
      assertEquals("on purpose", Failures.of(IOException.class, future).getMessage());
      assertFalse(future.isCancelled());
    }
  }

  @Test
  @SuppressWarnings("NullAway") // that is what is tested
  default void aTaskWithoutAStageFails(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    TaskFuture<Integer> future = baton.submitAsync(() -> null);
    NullPointerException failure = Failures.of(NullPointerException.class, future);
    assertTrue(String.valueOf(failure.getMessage()).contains("CompletionStage"), failure::toString);
    assertEquals(1, baton.submit(() -> 1).get());
  }

  @Test
  default void cancellingTheFutureCancelsTheStage(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal told = given.signal();
    TaskFuture<Integer> future =
        baton.submitAsync(
            () -> {
              CompletableFuture<Integer> stage = new CompletableFuture<>();
              stage.whenComplete(
                  (value, failure) -> told.append("stage cancelled " + stage.isCancelled()));
              TaskContext.current().onCancel(() -> told.append("hook"));
              told.count();
              return stage;
            });
    told.awaitTotal(1);
    assertTrue(future.cancel(true));
    Failures.awaitBody(future);
    Failures.assertCancelled(future);
    Eventually.holds("both were told", () -> told.lines().size() == 2);
    assertTrue(told.lines().containsAll(List.of("hook", "stage cancelled true")));
    assertEquals(1, baton.submit(() -> 1).get(), "its slot is free");
  }

  @Test
  default void anAbandonedStageStaysOpen(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal gate = given.signal();
    TaskFuture<Integer> future = baton.submitAsync(() -> stageOf(gate));
    gate.awaitTotal(1);
    assertTrue(future.cancel(false));
    assertFalse(future.terminated().isDone());
    gate.open();
    Failures.awaitBody(future);
    assertTrue(future.isCancelled());
  }

  @Test
  default void aTimeoutCancelsTheStage(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal told = given.signal();
    TaskFuture<Integer> first =
        baton.submitAsync(() -> CompletableFuture.completedFuture(told.lines().size()));
    assertEquals(0, first.get(), "a new worker is slower than the timeout");
    TaskFuture<Integer> future =
        baton.submitAsync(
            TaskOptions.none().timeout(TimeoutContract.SHORT),
            () -> {
              CompletableFuture<Integer> stage = new CompletableFuture<>();
              stage.whenComplete((value, failure) -> told.append(Thread.currentThread().getName()));
              return stage;
            });
    assertInstanceOf(TaskTimeoutException.class, Failures.of(future));
    Failures.awaitBody(future);
    Eventually.holds("it was told", () -> told.lines().size() == 1);
    assertFalse(told.lines().contains("baton-timer"), "no code of users on the timer's thread");
  }

  @Test
  default void shutdownNowCancelsOpenStages(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    Signal begun = given.signal();
    TaskFuture<Integer> future =
        baton.submitAsync(
            () -> {
              begun.count();
              return new CompletableFuture<>();
            });
    begun.awaitTotal(1);
    Eventually.holds("it is open", future::isRunning);
    assertEquals(List.of(), baton.shutdownNow());
    assertTrue(baton.awaitTermination(Failures.PATIENCE));
    assertTrue(future.isDone());
  }

  @Test
  default void closeWaitsForOpenStages(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal gate = given.signal();
    TaskFuture<Integer> future = baton.submitAsync(() -> stageOf(gate));
    gate.awaitTotal(1);
    baton.shutdown();
    assertFalse(baton.awaitTermination(Duration.ofMillis(30)));
    gate.open();
    baton.close();
    assertEquals(42, future.resultNow());
  }

  @Test
  default void anOpenStageIsARunningTask(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal gate = given.signal();
    TaskFuture<Integer> future =
        baton.submitAsync(TaskOptions.none().name("open-one"), () -> stageOf(gate));
    gate.awaitTotal(1);
    Eventually.holds("it is open", future::isRunning);
    assertEquals(1, baton.stats().running());
    assertTrue(baton.dump().contains("open-one"), baton::dump);
    gate.open();
    future.get(Failures.PATIENCE);
    Eventually.holds("nothing runs", () -> baton.stats().running() == 0);
  }

  @Test
  default void theLimitCountsOpenStages(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(2).limit(2));
    Signal gate = given.signal();
    Ledger ledger = given.ledger();
    List<TaskFuture<Integer>> futures = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      futures.add(baton.submitAsync(() -> stageOf(gate)));
    }
    gate.awaitTotal(2);
    TaskFuture<Void> next = baton.submit(() -> ledger.begin("next"));
    Thread.sleep(30);
    assertEquals(2, gate.total(), "the third waits until one of two is over");
    assertFalse(next.isDone());
    gate.open();
    for (TaskFuture<Integer> future : futures) {
      assertEquals(42, future.get(Failures.PATIENCE));
    }
    next.get(Failures.PATIENCE);
  }

  @Test
  default void noThreadIsHeldWhileAStageIsOpen(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1).limit(1_000));
    Assumptions.assumeFalse(
        baton.capabilities().encodes(), "An open stage elsewhere holds its worker.");
    Signal gate = given.signal();
    List<TaskFuture<Integer>> futures = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      futures.add(baton.submitAsync(() -> stageOf(gate)));
    }
    gate.awaitTotal(500);
    assertEquals(1, baton.submit(() -> 1).get(Failures.PATIENCE), "the one thread is free");
    gate.open();
    for (TaskFuture<Integer> future : futures) {
      assertEquals(42, future.get(Failures.PATIENCE));
    }
  }

  @Test
  default void aTaskFutureIsAStageToo(Fixture given) throws Exception {
    Baton baton = given.open();
    TaskFuture<Integer> future =
        baton.submitAsync(() -> TaskContext.current().baton().submit(() -> 42));
    assertEquals(42, future.get(Failures.PATIENCE));
    assertNull(future.exception(Failures.PATIENCE));
  }
}
