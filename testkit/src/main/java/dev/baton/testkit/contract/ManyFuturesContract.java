package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.CancelMode;
import dev.baton.Settled;
import dev.baton.TaskFuture;
import dev.baton.TaskFutures;
import dev.baton.Until;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Eventually;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import dev.baton.testkit.signal.Signal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Waiting for many futures at once. */
@Promise(Row.FACADE)
public interface ManyFuturesContract extends ContractTest {

  /** A task that returns a number once its gate is open. */
  private static TaskFuture<Integer> gated(Baton baton, Signal gate, int result) {
    return baton.submit(
        () -> {
          gate.await();
          return result;
        });
  }

  @Test
  default void allCompletedWaitsForAll(Fixture given) throws Exception {
    Baton baton = given.open();
    List<TaskFuture<?>> futures = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      int result = i;
      futures.add(baton.submit(() -> result));
    }
    futures.add(baton.submit(Thrown.CHECKED::raise));
    Settled settled = TaskFutures.waitFor(futures, Until.ALL_COMPLETED);

    assertEquals(List.copyOf(futures), List.copyOf(settled.done()), "in the order given");
    assertEquals(Set.of(), settled.notDone());
  }

  @Test
  default void firstCompletedEndsWithTheFirst(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    Signal never = given.signal();
    TaskFuture<Integer> slow = gated(baton, never, 1);
    TaskFuture<Integer> quick = baton.submit(() -> 2);
    Settled settled = TaskFutures.waitFor(List.of(slow, quick), Until.FIRST_COMPLETED);

    assertEquals(Set.of(quick), settled.done());
    assertEquals(Set.of(slow), settled.notDone());
    assertFalse(slow.isDone(), "it is left alone");
  }

  @Test
  default void firstFailedIgnoresResultsAndCancels(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(3));
    Signal never = given.signal();
    Signal gate = given.signal();
    TaskFuture<Integer> slow = gated(baton, never, 1);
    TaskFuture<Integer> cancelled = gated(baton, never, 2);
    cancelled.cancel(true);
    TaskFuture<Integer> fine = baton.submit(() -> 3);
    TaskFuture<Void> failing =
        baton.submit(
            () -> {
              gate.await();
              Thrown.CHECKED.raise();
            });
    List<TaskFuture<?>> futures = List.of(slow, cancelled, fine, failing);
    fine.get();
    assertEquals(
        Set.of(slow, failing),
        TaskFutures.waitFor(futures, Until.FIRST_FAILED, Duration.ofMillis(20)).notDone());
    gate.open();
    Settled settled = TaskFutures.waitFor(futures, Until.FIRST_FAILED, Failures.PATIENCE);
    assertEquals(Set.of(slow), settled.notDone());
  }

  @Test
  default void aTimeoutIsNoException(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Blocker blocker = Blocker.on(baton, given);
    Settled settled =
        TaskFutures.waitFor(List.of(blocker.future()), Until.ALL_COMPLETED, Duration.ofMillis(20));
    assertEquals(Set.of(), settled.done());
    assertEquals(
        1,
        TaskFutures.waitFor(List.of(blocker.future()), Until.ALL_COMPLETED, Duration.ZERO)
            .notDone()
            .size());
  }

  @Test
  default void duplicatesCountOnceAndNothingIsDoneAtOnce(Fixture given) throws Exception {
    TaskFuture<Integer> future = given.open().submit(() -> 1);
    Settled settled = TaskFutures.waitFor(List.of(future, future, future), Until.ALL_COMPLETED);
    assertEquals(Set.of(future), settled.done());
    for (Until until : Until.values()) {
      assertEquals(
          Set.of(), TaskFutures.waitFor(List.<TaskFuture<?>>of(), until).done(), "no futures");
    }
  }

  @Test
  default void futuresOfSeveralExecutorsAndDependentsMix(Fixture given) throws Exception {
    Baton one = given.open();
    Baton other = given.open();
    TaskFuture<Integer> first = one.submit(() -> 1);
    TaskFuture<Integer> second = other.submit(() -> 2);
    TaskFuture<Integer> sum = first.thenCombine(second, Integer::sum);
    Settled settled =
        TaskFutures.waitFor(List.of(first, second, sum), Until.ALL_COMPLETED, Failures.PATIENCE);
    assertEquals(3, settled.done().size());
    assertEquals(3, sum.resultNow());
  }

  @Test
  default void anInterruptEndsTheWaitAndLeavesTheFutures(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Blocker blocker = Blocker.on(baton, given);
    Future<Boolean> waiter =
        given.beside(
            () -> {
              Thread.currentThread().interrupt();
              assertThrows(
                  InterruptedException.class,
                  () -> TaskFutures.waitFor(List.of(blocker.future()), Until.ALL_COMPLETED));
              Thread.currentThread().interrupt();
              Iterator<TaskFuture<Void>> futures =
                  TaskFutures.asCompleted(List.of(blocker.future())).iterator();
              CompletionException ended = assertThrows(CompletionException.class, futures::next);
              assertInstanceOf(InterruptedException.class, ended.getCause());
              return Thread.interrupted();
            });
    assertTrue(waiter.get());
    assertFalse(blocker.future().isDone());
  }

  @Test
  default void asCompletedHandsFuturesOutAsTheyEnd(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(3));
    List<Signal> gates = List.of(given.signal(), given.signal(), given.signal());
    List<TaskFuture<Integer>> futures = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      futures.add(gated(baton, gates.get(i), i));
    }
    Iterator<TaskFuture<Integer>> done = TaskFutures.asCompleted(futures).iterator();
    for (int next : new int[] {2, 0, 1}) {
      gates.get(next).open();
      assertSame(futures.get(next), done.next());
    }
    assertFalse(done.hasNext());
    assertThrows(NoSuchElementException.class, done::next);
  }

  @Test
  default void asCompletedHandsOutWhatIsDoneFirst(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    Blocker blocker = Blocker.on(baton, given);
    TaskFuture<Void> cancelled = baton.submit(() -> {});
    cancelled.cancel(true);
    TaskFuture<Void> failed = baton.submit(Thrown.CHECKED::raise);
    Failures.of(failed);
    Failures.awaitBody(cancelled);
    List<TaskFuture<Void>> seen = new ArrayList<>();
    for (TaskFuture<Void> future :
        TaskFutures.asCompleted(List.of(blocker.future(), failed, cancelled, failed))) {
      seen.add(future);
      blocker.release();
    }
    assertEquals(3, seen.size(), "duplicates count once");
    assertSame(blocker.future(), seen.getLast());
  }

  @Test
  default void asCompletedHasOneDeadlineFromTheCall(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    Blocker blocker = Blocker.on(baton, given);
    TaskFuture<Void> quick = baton.submit(() -> {});
    quick.get();
    List<TaskFuture<Void>> futures =
        List.of(blocker.future(), quick, baton.submit(blocker.gate()::await));
    Iterator<TaskFuture<Void>> done =
        TaskFutures.asCompleted(futures, Duration.ofMillis(50)).iterator();
    assertSame(quick, done.next());
    CompletionException late = assertThrows(CompletionException.class, done::next);
    assertInstanceOf(TimeoutException.class, late.getCause());
    assertEquals("2 (of 3) futures unfinished", late.getMessage());
    assertSame(
        quick, TaskFutures.asCompleted(futures, Duration.ZERO).iterator().next(), "just looks");
  }

  @Test
  default void asCompletedWithoutTimeHandsOutWhatIsDoneAndIsUp(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    Blocker blocker = Blocker.on(baton, given);
    TaskFuture<Void> one = baton.submit(() -> {});
    TaskFuture<Void> two = baton.submit(Thrown.CHECKED::raise);
    TaskFutures.waitFor(List.of(one, two), Until.ALL_COMPLETED);
    Iterator<TaskFuture<Void>> done =
        TaskFutures.asCompleted(List.of(one, blocker.future(), two), Duration.ZERO).iterator();
    assertSame(one, done.next());
    assertSame(two, done.next());
    assertTrue(done.hasNext());
    CompletionException late = assertThrows(CompletionException.class, done::next);
    assertInstanceOf(TimeoutException.class, late.getCause());
    assertEquals("1 (of 3) futures unfinished", late.getMessage());
    assertFalse(done.hasNext(), "its time is up");
    assertFalse(blocker.future().isDone(), "it is left alone");
  }

  @Test
  default void asCompletedCanBeGoneThroughOnce(Fixture given) {
    Iterable<TaskFuture<Integer>> futures =
        TaskFutures.asCompleted(List.of(given.open().submit(() -> 1)));
    futures.iterator().next();
    assertThrows(IllegalStateException.class, futures::iterator);
  }

  @Test
  default void manyFuturesAreHandedOutQuickly(Fixture given) {
    Baton baton = given.open();
    List<TaskFuture<Integer>> futures = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      int result = i;
      futures.add(baton.submit(() -> result));
    }
    long sum = 0;
    for (TaskFuture<Integer> future : TaskFutures.asCompleted(futures, Failures.PATIENCE)) {
      sum += future.resultNow();
    }
    assertEquals(5_000L * 4_999 / 2, sum);
  }

  @Test
  default void asCompletedIsAStreamToo(Fixture given) {
    Baton baton = given.open();
    List<TaskFuture<Integer>> futures = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      int result = i;
      futures.add(baton.submit(() -> result));
    }
    TaskFutures.Completed<Integer> completed = TaskFutures.asCompleted(futures);
    assertEquals(4_950, completed.stream().mapToInt(TaskFuture::resultNow).sum());
    assertThrows(IllegalStateException.class, completed::stream);
  }

  @Test
  default void closingTheStreamOfAsCompletedLeavesTheOthersAlone(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    Signal gate = given.signal();
    TaskFuture<Integer> slow = gated(baton, gate, 1);
    TaskFuture<Integer> quick = baton.submit(() -> 2);
    TaskFutures.Completed<Integer> completed = TaskFutures.asCompleted(List.of(slow, quick));
    try (Stream<TaskFuture<Integer>> stream = completed.stream()) {
      assertSame(quick, stream.findFirst().orElseThrow());
    }
    assertThrows(IllegalStateException.class, completed::iterator);
    assertFalse(slow.isDone(), "it goes on");
    gate.open();
    assertEquals(1, slow.get(Failures.PATIENCE));
  }

  @Test
  default void gatherHasAllResultsInTheOrderGiven(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(3));
    Signal gate = given.signal();
    TaskFuture<Integer> slow = gated(baton, gate, 1);
    TaskFuture<@Nullable Integer> empty = baton.submit(() -> null);
    TaskFuture<List<@Nullable Integer>> all =
        TaskFutures.gather(List.of(slow, empty, baton.submit(() -> 3), slow));
    assertFalse(all.isDone());
    gate.open();
    assertEquals(Arrays.asList(1, null, 3, 1), all.get());
    assertEquals(List.of(), TaskFutures.gather(List.<TaskFuture<Integer>>of()).get());
  }

  @Test
  default void gatherFailsWithTheFirstFailureAndLeavesTheOthers(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    Signal gate = given.signal();
    TaskFuture<Integer> slow = gated(baton, gate, 1);
    TaskFuture<Integer> failing =
        baton.submit(
            () -> {
              Thrown.CHECKED.raise();
              return 2;
            });
    TaskFuture<List<Integer>> all = TaskFutures.gather(List.of(slow, failing));
    assertSame(Failures.of(failing), Failures.of(all));
    assertFalse(slow.isDone());
    assertFalse(all.cancel(true), "it is too late");
    assertFalse(slow.isDone());
  }

  @Test
  default void gatherIsCancelledWithAMemberAndCancelsItsMembers(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    Signal gate = given.signal();
    TaskFuture<Integer> one = gated(baton, gate, 1);
    TaskFuture<Integer> other = gated(baton, gate, 2);
    TaskFuture<List<Integer>> first = TaskFutures.gather(List.of(one, other));
    one.cancel(true);
    Failures.assertCancelled(first);
    assertFalse(other.isDone(), "it is left alone");

    TaskFuture<Integer> third = gated(baton, gate, 3);
    TaskFuture<List<Integer>> second = TaskFutures.gather(List.of(other, third));
    assertTrue(second.cancel(true));
    Failures.assertCancelled(other);
    Failures.assertCancelled(third);
    Failures.awaitBody(other);
    Failures.awaitBody(third);
  }

  @Test
  default void aGatheringIsPendingAsLongAsOneOfItsMembersIs(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Signal gate = given.signal();
    TaskFuture<Integer> running = gated(baton, gate, 1);
    Eventually.holds("it runs", running::isRunning);
    TaskFuture<List<Integer>> begun = TaskFutures.gather(List.of(running));
    assertFalse(begun.cancel(CancelMode.IF_PENDING));
    TaskFuture<Integer> pending = baton.submit(() -> 2);
    TaskFuture<List<Integer>> both = TaskFutures.gather(List.of(running, pending));
    assertTrue(both.cancel(CancelMode.IF_PENDING));
    Failures.assertCancelled(both);
    Failures.assertCancelled(pending);
    gate.open();
    assertEquals(List.of(1), begun.get(Failures.PATIENCE));
  }

  @Test
  default void aGatheringIsCancelledInTheWayAskedFor(Fixture given) throws Exception {
    Signal gate = given.signal();
    Signal over = given.signal();
    TaskFuture<Void> member =
        given
            .open(Shape.atLeast(1))
            .submit(
                () -> {
                  gate.count();
                  gate.await();
                  over.count();
                });
    gate.awaitTotal(1);
    assertTrue(TaskFutures.gather(List.of(member)).cancel(CancelMode.ABANDON));
    Failures.assertCancelled(member);
    gate.open();
    Failures.awaitBody(member);
    assertEquals(1, over.total(), "the body ran on");
  }

  @Test
  default void futuresThatAreNotBatonsMixToo(Fixture given) throws Exception {
    TaskFuture<Integer> ours = given.open().submit(() -> 1);
    TaskFuture<Integer> foreign = Foreign.around(ours.thenApply(number -> number + 1));
    assertEquals(List.of(1, 2), TaskFutures.gather(List.of(ours, foreign)).get());
    List<TaskFuture<Integer>> both = List.of(ours, foreign);
    assertEquals(
        Set.copyOf(both), TaskFutures.waitFor(both, Until.ALL_COMPLETED, Failures.PATIENCE).done());
    assertEquals(
        Set.copyOf(both), TaskFutures.asCompleted(both).stream().collect(Collectors.toSet()));
  }

  /** A future of somebody else's making that ends as a promise does. */
  private static TaskFuture<Integer> foreign(Baton baton, CompletableFuture<Integer> promise) {
    return Foreign.around(baton.submit(() -> 0).thenCompose(zero -> promise));
  }

  @Test
  default void futuresOfTwoBackendsMix(Fixture given) throws Exception {
    Signal near = given.signal();
    Signal far = given.signal();
    Baton one = given.open(Shape.atLeast(1));
    Baton other = Baton.open("virtual");
    try {
      TaskFuture<Integer> first = gated(one, near, 1);
      TaskFuture<Integer> second = gated(other, far, 2);
      List<TaskFuture<Integer>> both = List.of(first, second);
      TaskFuture<List<Integer>> all = TaskFutures.gather(both);
      Iterator<TaskFuture<Integer>> done =
          TaskFutures.asCompleted(both, Failures.PATIENCE).iterator();

      far.open();
      assertSame(second, done.next());
      Settled settled = TaskFutures.waitFor(both, Until.FIRST_COMPLETED, Failures.PATIENCE);
      assertEquals(Set.of(second), settled.done());
      assertEquals(Set.of(first), settled.notDone());
      assertFalse(all.isDone());

      near.open();
      assertSame(first, done.next());
      assertFalse(done.hasNext());
      assertEquals(
          both,
          List.copyOf(TaskFutures.waitFor(both, Until.ALL_COMPLETED, Failures.PATIENCE).done()));
      assertEquals(List.of(1, 2), all.get(Failures.PATIENCE));
    } finally {
      other.shutdownNow();
      assertTrue(other.awaitTermination(Failures.PATIENCE));
    }
  }

  @Test
  default void aGatheringOfTwoBackendsFailsWithEitherAndCancelsBoth(Fixture given)
      throws Exception {
    Signal never = given.signal();
    Baton one = given.open(Shape.atLeast(1));
    Baton other = Baton.open("virtual");
    try {
      TaskFuture<Integer> first = gated(one, never, 1);
      TaskFuture<Integer> second = gated(other, never, 2);
      TaskFuture<Integer> failing =
          other.submit(
              () -> {
                Thrown.CHECKED.raise();
                return 3;
              });
      TaskFuture<List<Integer>> failed = TaskFutures.gather(List.of(first, failing));
      assertSame(Failures.of(failing), Failures.of(failed));
      Settled settled =
          TaskFutures.waitFor(
              List.of(first, second, failing), Until.FIRST_FAILED, Failures.PATIENCE);
      assertEquals(Set.of(failing), settled.done());
      assertEquals(Set.of(first, second), settled.notDone(), "they are left alone");

      TaskFuture<List<Integer>> all = TaskFutures.gather(List.of(first, second));
      assertTrue(all.cancel(true));
      Failures.assertCancelled(first);
      Failures.assertCancelled(second);
      Failures.awaitBody(first);
      Failures.awaitBody(second);
    } finally {
      other.shutdownNow();
      assertTrue(other.awaitTermination(Failures.PATIENCE));
    }
  }

  @Test
  default void aFailureThatIsNotBatonsEndsTheWaitForTheFirst(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    TaskFuture<Integer> slow = gated(baton, given.signal(), 1);
    CompletableFuture<Integer> promise = new CompletableFuture<>();
    TaskFuture<Integer> foreign = foreign(baton, promise);
    List<TaskFuture<Integer>> both = List.of(slow, foreign);
    Future<Settled> waiting =
        given.beside(() -> TaskFutures.waitFor(both, Until.FIRST_FAILED, Failures.PATIENCE));
    Eventually.holds("it waits", given::allWait);
    assertFalse(waiting.isDone());
    promise.completeExceptionally(new IOException("elsewhere"));

    Settled settled = waiting.get();
    assertEquals(Set.of(foreign), settled.done());
    assertEquals(Set.of(slow), settled.notDone());
    assertSame(foreign, TaskFutures.asCompleted(both, Failures.PATIENCE).iterator().next());
  }

  @Test
  default void aCancelThatIsNotBatonsIsNoFailure(Fixture given) throws Exception {
    Duration time = Duration.ofMillis(50);
    Baton baton = given.open(Shape.atLeast(2));
    TaskFuture<Integer> slow = gated(baton, given.signal(), 1);
    CompletableFuture<Integer> promise = new CompletableFuture<>();
    TaskFuture<Integer> foreign = foreign(baton, promise);
    promise.cancel(true);
    Failures.assertCancelled(foreign);

    long start = System.nanoTime();
    Settled settled = TaskFutures.waitFor(List.of(foreign, slow), Until.FIRST_FAILED, time);
    assertTrue(System.nanoTime() - start >= time.toNanos(), "it waits on");
    assertEquals(Set.of(foreign), settled.done());
    assertEquals(Set.of(slow), settled.notDone());
  }

  @Test
  default void theCancelOfAGatheringReachesMembersThatAreNotBatons(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    Signal never = given.signal();
    TaskFuture<Integer> ours = gated(baton, never, 1);
    TaskFuture<Integer> theirs = Foreign.around(gated(baton, never, 2));
    assertTrue(TaskFutures.gather(List.of(ours, theirs)).cancel(true));
    for (TaskFuture<Integer> member : List.of(ours, theirs)) {
      Failures.assertCancelled(member);
      Failures.awaitBody(member);
    }
  }

  @Test
  default void aGatheringEndsWithAMemberThatIsNotBatons(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    TaskFuture<Integer> slow = gated(baton, given.signal(), 1);
    CompletableFuture<Integer> fails = new CompletableFuture<>();
    TaskFuture<List<Integer>> failed = TaskFutures.gather(List.of(slow, foreign(baton, fails)));
    IOException failure = new IOException("elsewhere");
    fails.completeExceptionally(failure);
    assertSame(failure, Failures.of(failed));

    CompletableFuture<Integer> isCancelled = new CompletableFuture<>();
    TaskFuture<List<Integer>> cancelled =
        TaskFutures.gather(List.of(slow, foreign(baton, isCancelled)));
    isCancelled.cancel(true);
    Failures.assertCancelled(cancelled);
    assertFalse(slow.isDone(), "it is left alone");
  }
}
