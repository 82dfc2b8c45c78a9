package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.CancelMode;
import dev.baton.TaskFuture;
import dev.baton.TaskInfo.Phase;
import dev.baton.TaskOptions;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Eventually;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import dev.baton.testkit.signal.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A future is pending, running, then done in one of three ways, once. */
@Promise(Row.ONE_END)
public interface FutureContract extends ContractTest {

  @Test
  default void aTaskIsPendingThenRunningThenASuccess(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Signal first = given.signal();
    Signal second = given.signal();
    TaskFuture<Void> blocker = baton.submit(first::await);
    TaskFuture<Integer> future =
        baton.submit(
            () -> {
              second.count();
              second.await();
              return 42;
            });

    assertEquals(Phase.PENDING, future.info().phase());
    assertFalse(future.isRunning());
    assertEquals(Future.State.RUNNING, future.state(), "as the JDK says until it is done");
    first.open();
    blocker.get();
    second.awaitTotal(1);
    Eventually.holds("the phase is RUNNING", () -> future.info().phase() == Phase.RUNNING);
    assertTrue(future.isRunning());
    assertFalse(future.isDone());
    second.open();
    assertEquals(42, future.get());
    assertEquals(Phase.SUCCESS, future.info().phase());
    assertFalse(future.isRunning());
  }

  @Test
  default void aSuccessIsTheSameThroughEveryAccessor(Fixture given) throws Exception {
    TaskFuture<String> future = given.open().submit(() -> "done");

    assertEquals("done", future.get());
    assertEquals("done", future.get(1, TimeUnit.SECONDS));
    assertEquals("done", future.get(Duration.ZERO));
    assertEquals("done", future.join());
    assertEquals("done", future.getNow("absent"));
    assertEquals("done", future.resultNow());
    assertNull(future.exception(Duration.ZERO));
    assertThrows(IllegalStateException.class, future::exceptionNow);
    assertEquals(Future.State.SUCCESS, future.state());
    assertTrue(future.isDone());
    assertFalse(future.isCancelled());
    assertFalse(future.cancel(CancelMode.KILL));
    assertEquals("done", future.get(), "a cancel that comes late changes nothing");
  }

  @Test
  default void aFailureIsTheSameThroughEveryAccessor(Fixture given) throws Exception {
    TaskFuture<String> future =
        given
            .open()
            .submit(
                () -> {
                  throw new IllegalStateException("on purpose");
                });

    Throwable failure = future.exception(Duration.ofSeconds(10));
    assertEquals("on purpose", String.valueOf(failure == null ? null : failure.getMessage()));
    assertEquals(failure, future.exceptionNow());
    assertEquals(
        failure, assertThrows(CompletionException.class, () -> future.getNow("")).getCause());
    assertEquals(failure, assertThrows(CompletionException.class, future::join).getCause());
    assertThrows(IllegalStateException.class, future::resultNow);
    assertEquals(Future.State.FAILED, future.state());
    assertEquals(Phase.FAILED, future.info().phase());
    assertTrue(future.isDone());
    assertFalse(future.isCancelled());
    assertFalse(future.cancel(true));
    assertEquals(Future.State.FAILED, future.state());
  }

  @Test
  default void aCancelIsTheSameThroughEveryAccessor(Fixture given) {
    Baton baton = given.open(Shape.slots(1));
    Signal release = given.signal();
    baton.submit(release::await);
    TaskFuture<Integer> future = baton.submit(() -> 1);

    assertTrue(future.cancel(true));
    assertThrows(CancellationException.class, future::get);
    assertThrows(CancellationException.class, () -> future.get(Duration.ZERO));
    assertThrows(CancellationException.class, future::join);
    assertThrows(CancellationException.class, () -> future.getNow(2));
    assertThrows(CancellationException.class, () -> future.exception(Duration.ZERO));
    assertThrows(IllegalStateException.class, future::resultNow);
    assertThrows(IllegalStateException.class, future::exceptionNow);
    assertEquals(Future.State.CANCELLED, future.state());
    assertEquals(Phase.CANCELLED, future.info().phase());
    assertTrue(future.isDone());
    assertTrue(future.isCancelled());
  }

  @Test
  default void aNullResultIsASuccess(Fixture given) throws Exception {
    Baton baton = given.open();

    assertNull(baton.<@Nullable String>submit(() -> null).get());
    assertNull(baton.submit(() -> {}).get());
    TaskFuture<Void> action = baton.submit(() -> {});
    action.join();
    assertEquals(Future.State.SUCCESS, action.state());
    assertNull(action.resultNow());
  }

  @Test
  default void aWaitThatIsTooShortLeavesTheTaskAlone(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal release = given.signal();
    TaskFuture<Integer> future =
        baton.submit(
            () -> {
              release.await();
              return 1;
            });

    assertThrows(TimeoutException.class, () -> future.get(10, TimeUnit.MILLISECONDS));
    assertThrows(TimeoutException.class, () -> future.get(Duration.ZERO));
    assertThrows(TimeoutException.class, () -> future.exception(Duration.ofMillis(-1)));
    assertEquals(0, future.getNow(0));
    release.open();
    assertEquals(1, future.get());
  }

  @Test
  default void anInterruptedWaitLeavesTheTaskAlone(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal release = given.signal();
    TaskFuture<Void> future = baton.submit(release::await);
    Future<Boolean> waiting =
        given.beside(
            () -> {
              Thread.currentThread().interrupt();
              assertThrows(InterruptedException.class, future::get);
              return Thread.interrupted();
            });

    assertFalse(waiting.get(), "the flag is cleared when the exception tells of the interrupt");
    assertFalse(future.isDone());
    release.open();
    assertNull(future.get());
  }

  @Test
  default void joinGoesOnThroughAnInterruptAndSetsTheFlagAgain(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal release = given.signal();
    TaskFuture<Void> future = baton.submit(release::await);
    Signal waiting = given.signal();
    Future<Boolean> flag =
        given.beside(
            () -> {
              Thread.currentThread().interrupt();
              waiting.open();
              future.join();
              return Thread.interrupted();
            });

    waiting.await();
    release.open();
    assertTrue(flag.get());
  }

  @Test
  default void aRaceOfCancelsAndResultsHasOneWinner(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      int result = i;
      TaskFuture<Integer> future = baton.submit(() -> result);
      AtomicInteger callbacks = new AtomicInteger();
      future.onDone(done -> callbacks.incrementAndGet());
      boolean cancelled = future.cancel(i % 2 == 0);
      Future.State first = future.state();
      future.terminated().get();
      if (cancelled != (first == Future.State.CANCELLED) || first != future.state()) {
        wrong.add(cancelled + ", then " + first + ", then " + future.state());
      }
      Eventually.holds("the callback ran once", () -> callbacks.get() == 1);
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  default void everyWaiterIsWoken(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal release = given.signal();
    TaskFuture<Integer> future =
        baton.submit(
            () -> {
              release.await();
              return 7;
            });
    List<Future<Integer>> waiters = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      waiters.add(given.beside(i % 2 == 0 ? future::get : future::join));
    }
    release.open();
    for (Future<Integer> waiter : waiters) {
      assertEquals(7, waiter.get(10, TimeUnit.SECONDS));
    }
  }

  @Test
  default void aWaiterIsWokenWhileOthersAddCallbacks(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    for (int i = 0; i < 500; i++) {
      int result = i;
      TaskFuture<Integer> future = baton.submit(() -> result);
      Future<Integer> waiter = given.beside(() -> future.get(Failures.PATIENCE));
      for (int added = 0; added < 1_000 && !future.isDone(); added++) {
        future.onDone(done -> {});
      }
      assertEquals(i, waiter.get());
    }
  }

  @Test
  default void closeLeavesNothingWaiting(Fixture given) {
    Baton baton = given.open();
    List<TaskFuture<Integer>> futures = new ArrayList<>();
    try (baton) {
      for (int i = 0; i < 100; i++) {
        int result = i;
        futures.add(baton.submit(() -> result));
      }
    }
    for (int i = 0; i < 100; i++) {
      assertEquals(i, futures.get(i).resultNow());
    }
  }

  @Test
  default void shutdownNowWakesEveryWaiter(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    Signal never = given.signal();
    List<TaskFuture<Void>> futures = new ArrayList<>();
    List<Future<?>> waiters = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      TaskFuture<Void> future = baton.submit(never::await);
      futures.add(future);
      waiters.add(given.beside(() -> future.get(Failures.PATIENCE)));
    }
    baton.shutdownNow();

    for (Future<?> waiter : waiters) {
      Throwable end = Failures.of(waiter);
      assertFalse(end instanceof TimeoutException, "cancelled, or failed by the interrupt");
    }
    assertTrue(baton.awaitTermination(Duration.ofSeconds(10)));
    assertTrue(futures.stream().allMatch(TaskFuture::isDone));
  }

  @Test
  default void aBodyThatIgnoresItsInterruptIsNamed(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Assumptions.assumeFalse(
        baton.capabilities().forcedStop(), "This backend stops such a body by force.");
    Signal release = given.signal();
    TaskOptions named = TaskOptions.none().name("stubborn-one");
    TaskFuture<Void> future =
        baton.submit(
            named,
            () -> {
              release.count();
              release.awaitUninterruptibly();
            });
    release.awaitTotal(1);
    assertFalse(baton.toString().contains("stubborn-one"), baton::toString);
    baton.shutdownNow();

    Eventually.holds("toString names it", () -> baton.toString().contains("stubborn-one"));
    assertTrue(baton.dump().contains("stubborn-one"), baton::dump);
    assertFalse(future.isDone());
    assertFalse(baton.awaitTermination(Duration.ofMillis(50)));
    release.open();
    assertNull(future.get());
    assertTrue(baton.awaitTermination(Duration.ofSeconds(10)));
  }
}
