package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Action;
import dev.baton.Baton;
import dev.baton.TaskFuture;
import dev.baton.TaskInfo.Phase;
import dev.baton.TaskOptions;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Eventually;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A task's exception arrives as it is. */
@Promise(Row.FAILURES)
public interface FailureContract extends ContractTest {

  @ParameterizedTest
  @EnumSource
  default void whateverABodyThrowsIsTheCause(Thrown thrown, Fixture given) throws Exception {
    Throwable object = thrown.get();
    TaskFuture<Void> future = given.open().submit(() -> Thrown.rethrow(object));

    Throwable cause = Failures.of(future);
    assertSameTrace(object, cause);
    assertEquals(Phase.FAILED, future.info().phase());
    assertFalse(future.isCancelled());
    assertSame(cause, future.exception(Failures.PATIENCE));
    assertSame(cause, assertThrows(CompletionException.class, future::join).getCause());
  }

  private static void assertSameTrace(@Nullable Throwable expected, @Nullable Throwable actual) {
    if (expected == null || actual == null) {
      assertSame(expected, actual);
      return;
    }
    assertSame(expected.getClass(), actual.getClass());
    assertEquals(expected.getMessage(), actual.getMessage());
    assertEquals(List.of(expected.getStackTrace()), List.of(actual.getStackTrace()));
    assertSameTrace(expected.getCause(), actual.getCause());
    assertEquals(expected.getSuppressed().length, actual.getSuppressed().length);
    for (int i = 0; i < expected.getSuppressed().length; i++) {
      assertSameTrace(expected.getSuppressed()[i], actual.getSuppressed()[i]);
    }
  }

  @ParameterizedTest
  @EnumSource
  default void inTheSameJvmItIsTheVeryObject(Thrown thrown, Fixture given) {
    given.assumeShared();
    Throwable object = thrown.get();
    StackTraceElement[] stack = object.getStackTrace();
    int suppressed = object.getSuppressed().length;

    TaskFuture<Void> future = given.open().submit(thrown::raise);

    assertSame(object, Failures.of(future));
    assertSame(object, Failures.of(future.thenRun(() -> {})));
    assertEquals(Arrays.toString(stack), Arrays.toString(object.getStackTrace()));
    assertEquals(suppressed, object.getSuppressed().length, "nothing is added to it");
  }

  @Test
  default void eachGetThrowsANewExecutionException(Fixture given) {
    TaskFuture<Void> future = given.open().submit(Thrown.CHECKED::raise);

    ExecutionException first = assertThrows(ExecutionException.class, future::get);
    ExecutionException second = assertThrows(ExecutionException.class, future::get);
    assertNotSame(first, second);
    assertSame(first.getCause(), second.getCause());
    CompletionException third = assertThrows(CompletionException.class, future::join);
    assertNotSame(third, assertThrows(CompletionException.class, future::join));
  }

  @Test
  default void theStackOfAWaiterIsInTheExecutionException(Fixture given) {
    TaskFuture<Void> future = given.open().submit(Thrown.CHECKED::raise);

    ExecutionException failed = assertThrows(ExecutionException.class, future::get);
    assertTrue(
        Arrays.stream(failed.getStackTrace())
            .anyMatch(frame -> frame.getMethodName().startsWith("theStackOfAWaiter")),
        () -> Arrays.toString(failed.getStackTrace()));
  }

  @Test
  default void theMessageSaysWhatFailedAndWhere(Fixture given) {
    Baton baton = given.open();
    TaskOptions named = TaskOptions.none().name("doomed-task");
    TaskFuture<Void> future = baton.submit(named, (Action) Thrown.UNCHECKED::raise);

    ExecutionException failed = assertThrows(ExecutionException.class, future::get);
    String message = String.valueOf(failed.getMessage());
    String worker = future.info().worker();
    assertNotNull(worker);
    assertTrue(message.contains("doomed-task"), message);
    assertTrue(message.contains(baton.name()), message);
    assertTrue(message.contains(worker), () -> message + " should name " + worker);
    assertTrue(message.contains("bad state"), message);
    assertEquals("bad state", Failures.cause(failed).getMessage(), "it is left as it is");
  }

  @Test
  default void theStackShowsWhereTheBodyThrew(Fixture given) {
    TaskFuture<Void> future =
        given
            .open()
            .submit(
                () -> {
                  throw new IOException("from here");
                });

    Throwable cause = Failures.of(future);
    assertTrue(
        Arrays.stream(cause.getStackTrace())
            .anyMatch(frame -> frame.getClassName().equals(FailureContract.class.getName())),
        () -> Arrays.toString(cause.getStackTrace()));
  }

  @Test
  default void anEndlessRecursionIsAFailureLikeAnyOther(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    TaskFuture<Integer> future = baton.submit(() -> Recursion.depth(1));

    assertInstanceOf(StackOverflowError.class, Failures.of(future));
    assertEquals("next", baton.submit(() -> "next").get());
  }

  @Test
  default void anArrayThatIsTooLargeIsAFailureLikeAnyOther(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    TaskFuture<Integer> future = baton.submit(() -> new long[Integer.MAX_VALUE][0].length);

    assertInstanceOf(OutOfMemoryError.class, Failures.of(future));
    assertEquals("next", baton.submit(() -> "next").get());
  }

  @Test
  default void anExceptionThatIsItsOwnDistantCauseArrives(Fixture given) {
    TaskFuture<Void> future =
        given
            .open()
            .submit(
                () -> {
                  RuntimeException inner = new RuntimeException("inner");
                  RuntimeException outer = new RuntimeException("outer", inner);
                  inner.initCause(outer);
                  throw outer;
                });

    ExecutionException failed = assertThrows(ExecutionException.class, future::get);
    failed.printStackTrace(new PrintWriter(new StringWriter()));
    assertEquals("outer", Failures.cause(failed).getMessage());
    assertTrue(future.toString().contains("outer"), future::toString);
  }

  @Test
  default void anExceptionThatCannotTellOfItselfEndsItsTask(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    TaskFuture<Void> future =
        baton.submit(
            () -> {
              throw new UntoldException();
            });

    Failures.awaitBody(future);
    assertSame(Future.State.FAILED, future.state());
    assertEquals("next", baton.submit(() -> "next").get());
  }

  @Test
  default void failuresLeaveTheWorkerAtWork(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    for (Thrown thrown : Thrown.values()) {
      baton.submit(thrown::raise);
    }
    assertEquals("next", baton.submit(() -> "next").get());
    long failures = Thrown.values().length;
    Eventually.holds("all are counted", () -> baton.stats().failed() == failures);
  }

  @Test
  default void aRunnablesCheckedExceptionIsNotWrapped(Fixture given) {
    Runnable asRunnable = (Action) Thrown.CHECKED::raise;

    assertSame(
        Thrown.CHECKED.get().getClass(), Failures.of(given.open().submit(asRunnable)).getClass());
  }
}
