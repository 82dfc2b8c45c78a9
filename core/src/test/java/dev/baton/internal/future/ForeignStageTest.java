package dev.baton.internal.future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.TaskFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Stages that Baton did not make, and copies that are not Baton's any more. */
@Timeout(60)
class ForeignStageTest {

  private final BodilessFuture<String> future = new BodilessFuture<>();

  /** A stage that supports less than the interface asks for. */
  private static final class Refusing extends CompletableFuture<String> {
    @Override
    public CompletableFuture<String> whenComplete(
        BiConsumer<? super String, ? super Throwable> action) {
      throw new UnsupportedOperationException("not here");
    }
  }

  @Test
  void aFollowedStageThatRefusesToBeFollowedFailsTheDependentAndNobodyElse() {
    TaskFuture<String> dependent = future.thenCompose(value -> new Refusing());
    List<String> next = new ArrayList<>();
    future.onDone(done -> next.add("called"));

    future.settleAndDrain("value");

    assertTrue(dependent.isDone(), dependent::toString);
    assertEquals("not here", dependent.exceptionNow().getMessage());
    assertEquals(List.of("called"), next);
    future.onDone(done -> next.add("called again"));
    assertEquals(List.of("called", "called again"), next);
  }

  @Test
  void aRecoveryThatRefusesToBeFollowedFailsTheDependent() {
    future.settleAndDrain(new End.Failed(new IllegalStateException("no")));
    TaskFuture<String> dependent = future.exceptionallyCompose(failure -> new Refusing());
    assertTrue(dependent.isDone(), dependent::toString);
    assertEquals("not here", dependent.exceptionNow().getMessage());
  }

  @Test
  void theJdksWrapperIsTakenOffAForeignFailure() {
    IllegalStateException failure = new IllegalStateException("no");
    CompletableFuture<String> foreign =
        CompletableFuture.<String>failedFuture(failure).thenApply(value -> value);
    future.settleAndDrain("value");
    assertSame(failure, future.thenCompose(value -> foreign).exceptionNow());
  }

  @Test
  void aCompletionExceptionOfATasksOwnIsLeftAlone() {
    CompletionException own = new CompletionException("mine", new IllegalStateException("no"));
    future.settleAndDrain(new End.Failed(own));
    assertSame(own, future.thenApply(value -> value).exceptionNow());
    ExecutionException thrown = assertThrows(ExecutionException.class, future::get);
    assertSame(own, thrown.getCause());
    assertNotSameTwice();
  }

  private void assertNotSameTwice() {
    Throwable first = assertThrows(CompletionException.class, future::join);
    Throwable second = assertThrows(CompletionException.class, future::join);
    assertTrue(first != second, "each call throws an exception of its own");
  }

  @Test
  void aCancelledForeignStageCancelsWhoFollowsIt() {
    CompletableFuture<String> foreign = new CompletableFuture<>();
    future.settleAndDrain("value");
    TaskFuture<String> dependent = future.thenCompose(value -> foreign);
    foreign.cancel(true);
    assertTrue(dependent.isCancelled());
  }

  @Test
  void cancellingADependentReachesNeitherItsSourceNorTheStageThatItFollows() {
    CompletableFuture<String> foreign = new CompletableFuture<>();
    TaskFuture<String> dependent = future.thenCompose(value -> foreign);
    TaskFuture<String> other = future.thenApply(value -> value);
    other.cancel(true);
    assertFalse(future.isDone());
    future.settleAndDrain("value");
    dependent.cancel(true);
    assertFalse(foreign.isDone());
    foreign.complete("too late");
    assertTrue(dependent.isCancelled());
  }

  @Test
  void aCopyEndsAsItsSourceWithTheVeryException() {
    IllegalStateException failure = new IllegalStateException("no");
    CompletableFuture<String> copy = future.toCompletableFuture();
    future.settleAndDrain(new End.Failed(failure));
    assertSame(failure, copy.exceptionNow());
    assertSame(failure, future.toCompletableFuture().exceptionNow());
  }

  @Test
  void aCopyOfACancelledFutureIsCancelled() {
    CompletableFuture<String> copy = future.toCompletableFuture();
    future.cancel(true);
    assertTrue(copy.isCancelled());
  }

  @Test
  void cancellingACopyCancelsItsSource() {
    CompletableFuture<String> copy = future.toCompletableFuture();
    assertTrue(copy.cancel(true));
    assertTrue(copy.isCancelled());
    assertTrue(future.isCancelled());
  }

  @Test
  void completingACopyByHandLeavesItsSourceAlone() {
    CompletableFuture<String> copy = future.toCompletableFuture();
    copy.complete("by hand");
    copy.obtrudeException(new IllegalStateException("by force"));
    assertFalse(future.isDone());
    future.settleAndDrain("value");
    assertEquals("value", future.join());
  }

  @Test
  void everyCopyIsAnother() {
    assertTrue(future.toCompletableFuture() != future.toCompletableFuture());
  }

  @Test
  void cancelledMessagesSayWhoWasCancelled() {
    future.thenApply(value -> value);
    future.cancel(true);
    CancellationException thrown = assertThrows(CancellationException.class, future::get);
    assertEquals("A future without a task was cancelled.", thrown.getMessage());
  }

  @Test
  void aDependentOfAFutureWithoutATaskHasNoTaskEither() {
    TaskFuture<String> dependent = future.thenApply(value -> value);
    assertEquals("TaskFuture[a future without a task, not done]", dependent.toString());
  }
}
