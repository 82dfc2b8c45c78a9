package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Eventually;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What dependents see, in which order, and how they mix with other stages. */
@Promise(Row.CALLBACKS)
public interface DependentContract extends ContractTest {

  private static TaskFuture<Integer> failing(Baton baton) {
    return baton.submit(
        () -> {
          Thrown.CHECKED.raise();
          return 0;
        });
  }

  @ParameterizedTest
  @EnumSource
  default void aHandlerIsGivenTheVeryException(Recovery recovery, Fixture given) throws Exception {
    TaskFuture<Integer> source = failing(given.open());
    List<@Nullable Throwable> seen = Collections.synchronizedList(new ArrayList<>());
    TaskFuture<Integer> dependent = recovery.attach(source, seen::add);

    Throwable cause = Failures.of(source);
    if (recovery.recovers()) {
      assertEquals(1, dependent.get(Failures.PATIENCE));
    } else {
      assertSame(cause, Failures.of(dependent));
    }
    assertEquals(1, seen.size());
    assertSame(cause, seen.getFirst());
  }

  @ParameterizedTest
  @EnumSource
  default void aHandlerOfACancelledFutureIsGivenACancellation(Recovery recovery, Fixture given)
      throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Blocker blocker = Blocker.on(baton, given);
    List<@Nullable Throwable> seen = Collections.synchronizedList(new ArrayList<>());
    TaskFuture<Integer> source = blocker.future().thenApply(nothing -> 0);
    TaskFuture<Integer> dependent = recovery.attach(source, seen::add);
    blocker.future().cancel(true);

    if (recovery.recovers()) {
      assertEquals(1, dependent.get(Failures.PATIENCE));
    } else {
      Failures.assertCancelled(dependent);
    }
    assertInstanceOf(CancellationException.class, seen.getFirst());
  }

  @ParameterizedTest
  @EnumSource
  default void aHandlerSeesASuccessOnlyIfItIsMadeForBoth(Recovery recovery, Fixture given)
      throws Exception {
    TaskFuture<Integer> source = given.open().submit(() -> 7);
    List<@Nullable Throwable> seen = Collections.synchronizedList(new ArrayList<>());
    TaskFuture<Integer> dependent = recovery.attach(source, seen::add);

    boolean handles = recovery.name().startsWith("HANDLE");
    assertEquals(handles ? 1 : 7, dependent.get(Failures.PATIENCE));
    assertEquals(recovery.seesSuccess() ? Collections.singletonList(null) : List.of(), seen);
  }

  @Test
  default void whatWhenCompleteThrowsIsSuppressedByTheFailure(Fixture given) {
    TaskFuture<Integer> source =
        given
            .open()
            .submit(
                () -> {
                  throw new IOException("the first");
                });
    IllegalStateException second = new IllegalStateException("the second");
    TaskFuture<Integer> dependent =
        source.whenComplete(
            (value, failure) -> {
              throw second;
            });

    Throwable first = Failures.of(dependent);
    assertEquals("the first", first.getMessage());
    assertSame(second, first.getSuppressed()[0]);
  }

  @Test
  default void dependentsAndCallbacksShareOneOrder(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Blocker blocker = Blocker.on(baton, given);
    List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
    blocker.future().thenRun(() -> seen.add(1));
    blocker.future().onDone(done -> seen.add(2));
    blocker.future().whenComplete((value, failure) -> seen.add(3)).thenRun(() -> seen.add(4));
    blocker.future().onDone(done -> seen.add(5));
    blocker.future().thenAccept(value -> seen.add(6));
    blocker.release();

    Eventually.holds("all have run", () -> seen.size() == 6);
    assertEquals(List.of(1, 2, 3, 4, 5, 6), seen);
  }

  @Test
  default void aCallbackMayWaitForADependentOfItsDoneFuture(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Blocker blocker = Blocker.on(baton, given);
    List<@Nullable Object> seen = Collections.synchronizedList(new ArrayList<>());
    blocker.future().onDone(done -> seen.add(done.handle((value, failure) -> "dependent").join()));
    blocker.release();
    Eventually.holds("the callback is through", () -> seen.equals(List.of("dependent")));
  }

  @Test
  default void aLongChainDoesNotOverflowTheStack(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Blocker blocker = Blocker.on(baton, given);
    TaskFuture<Integer> end = blocker.future().thenApply(nothing -> 0);
    for (int i = 0; i < 50_000; i++) {
      end = end.thenApply(value -> value + 1);
    }
    blocker.release();
    assertEquals(50_000, end.get(Failures.PATIENCE));
  }

  @Test
  default void eitherTakesTheEndOfTheFirst(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Blocker blocker = Blocker.on(baton, given);
    TaskFuture<Integer> slow = blocker.future().thenApply(nothing -> 1);
    CompletableFuture<Integer> quick = new CompletableFuture<>();
    CompletableFuture<Integer> bad = new CompletableFuture<>();
    TaskFuture<Integer> first = slow.applyToEither(quick, value -> value + 1);
    TaskFuture<Integer> failed = slow.applyToEither(bad, value -> value + 1);
    quick.complete(41);
    IOException failure = new IOException("on purpose");
    bad.completeExceptionally(failure);

    assertEquals(42, first.get(Failures.PATIENCE));
    assertSame(failure, Failures.of(failed));
    assertFalse(slow.isDone());
  }

  @Test
  default void bothWaitForBoth(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Blocker blocker = Blocker.on(baton, given);
    CompletableFuture<Integer> other = new CompletableFuture<>();
    TaskFuture<Integer> sum =
        blocker.future().thenApply(nothing -> 40).thenCombine(other, Integer::sum);
    other.complete(2);
    assertFalse(sum.isDone());
    blocker.release();
    assertEquals(42, sum.get(Failures.PATIENCE));
  }

  @Test
  default void aForeignStagesExceptionComesUnwrapped(Fixture given) {
    IOException failure = new IOException("on purpose");
    CompletableFuture<Integer> origin = new CompletableFuture<>();
    CompletionStage<Integer> wrapping = origin.thenApply(value -> value);
    origin.completeExceptionally(failure);
    TaskFuture<Integer> task = given.open().submit(() -> 1);

    assertSame(failure, Failures.of(task.thenCompose(value -> wrapping)));
    assertSame(failure, Failures.of(task.thenCombine(wrapping, Integer::sum)));
  }

  @Test
  default void composeFollowsATaskOfTheSameExecutor(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    TaskFuture<Integer> sum =
        baton
            .submit(() -> 1)
            .thenCompose(one -> baton.submit(() -> one + 1))
            .thenCompose(two -> baton.submit(() -> two * 21));
    assertEquals(42, sum.get(Failures.PATIENCE));
  }

  @Test
  @SuppressWarnings("NullAway") // that is what is tested
  default void composeThatReturnsNoStageFails(Fixture given) {
    TaskFuture<Integer> task = given.open().submit(() -> 1);
    assertInstanceOf(NullPointerException.class, Failures.of(task.thenCompose(one -> null)));
  }

  @Test
  default void nobodyCanCompleteATaskFuture(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Blocker blocker = Blocker.on(baton, given);
    Object future = blocker.future();

    assertFalse(future instanceof CompletableFuture);
    CompletableFuture<Void> copy = blocker.future().toCompletableFuture();
    copy.completeExceptionally(new IOException("by hand"));
    assertFalse(blocker.future().isDone(), "a copy completed by hand is only a copy");
    blocker.release();
    assertNull(blocker.future().get());
  }

  @Test
  default void aCompletableFutureIsACopyThatForwardsACancel(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Blocker blocker = Blocker.on(baton, given);
    CompletableFuture<Void> copy = blocker.future().toCompletableFuture();

    assertTrue(copy.cancel(true));
    assertTrue(blocker.future().isCancelled());
    Failures.awaitBody(blocker.future());
    assertEquals(7, baton.submit(() -> 7).toCompletableFuture().get());
    CompletableFuture<Integer> failed = failing(baton).toCompletableFuture();
    assertSame(Thrown.CHECKED.get().getClass(), Failures.of(failed).getClass());
  }

  @Test
  default void aCompletableFutureMayDependOnATask(Fixture given) {
    Baton baton = given.open();
    TaskFuture<Integer> task = baton.submit(() -> 40);
    CompletableFuture<Integer> sum =
        CompletableFuture.completedFuture(2).thenCombine(task, Integer::sum);
    assertEquals(42, sum.join());
    CompletableFuture<Integer> composed =
        CompletableFuture.completedFuture(2).thenCompose(two -> failing(baton));
    CompletionException failed = assertThrows(CompletionException.class, composed::join);
    assertSame(Thrown.CHECKED.get().getClass(), Failures.cause(failed).getClass());
  }

  @Test
  default void aDependentSaysWhatItDependsOn(Fixture given) {
    Baton baton = given.open();
    TaskOptions named = TaskOptions.none().name("origin");
    TaskFuture<Integer> dependent = baton.submit(named, () -> 1).thenApply(value -> value + 1);
    assertEquals(2, dependent.join());
    assertTrue(dependent.toString().contains("origin"), dependent::toString);
    assertEquals(baton.name(), dependent.info().executor());
    assertNull(dependent.terminated().join());
    assertFalse(dependent.isRunning());
  }
}
