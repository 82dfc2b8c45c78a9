package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.Task;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Eventually;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import dev.baton.testkit.signal.Signal;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** {@code invokeAll} and {@code invokeAny}, as {@code ExecutorService} describes them. */
@Promise(Row.FACADE)
public interface InvokeContract extends ContractTest {

  private static Task<Integer> waiting(Signal gate) {
    return () -> {
      gate.count();
      gate.await();
      return 0;
    };
  }

  private static Task<Integer> failing(Thrown thrown) {
    return () -> {
      thrown.raise();
      return 0;
    };
  }

  private static Task<Integer> returning(int result) {
    return () -> result;
  }

  @Test
  default void invokeAllWaitsForAll(Fixture given) throws Exception {
    List<Future<Integer>> futures =
        given.open().invokeAll(List.of(returning(1), failing(Thrown.CHECKED), returning(3)));

    assertTrue(futures.stream().allMatch(Future::isDone));
    assertEquals(1, futures.get(0).get());
    assertSame(Thrown.CHECKED.get().getClass(), Failures.of(futures.get(1)).getClass());
    assertEquals(3, futures.get(2).get());
    assertEquals(List.of(), given.open().invokeAll(List.<Task<Integer>>of()));
  }

  @Test
  default void invokeAllCancelsWhatIsLateAndKeepsTheRest(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    baton.submit(() -> 0).get(Failures.PATIENCE); // a worker is there before time counts
    Signal never = given.signal();
    List<Future<Integer>> futures =
        baton.invokeAll(
            List.of(returning(1), waiting(never), waiting(never), waiting(never)),
            500,
            TimeUnit.MILLISECONDS);

    assertEquals(1, futures.get(0).get());
    assertTrue(futures.stream().skip(1).allMatch(Future::isCancelled));
    assertEquals(2, baton.submit(() -> 2).get(), "the running ones were interrupted");
  }

  @Test
  default void anInterruptedInvokeAllCancelsTheRest(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal never = given.signal();
    Future<Boolean> caller =
        given.beside(
            () -> {
              Thread.currentThread().interrupt();
              assertThrows(
                  InterruptedException.class,
                  () -> baton.invokeAll(List.of(waiting(never), waiting(never))));
              return Thread.interrupted();
            });
    assertFalse(caller.get());
    assertEquals(1, baton.submit(() -> 1).get());
    Eventually.holds("both are cancelled", () -> baton.stats().cancelled() == 2);
  }

  @Test
  default void invokeAnyReturnsTheFirstResultAndCancelsTheRest(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    Signal never = given.signal();
    int result =
        baton.invokeAny(
            List.of(waiting(never), failing(Thrown.CHECKED), returning(3), waiting(never)));

    assertEquals(3, result);
    assertEquals(4, baton.submit(() -> 4).get(), "the others were stopped");
    Eventually.holds(
        "they are cancelled, the failing one perhaps too",
        () -> baton.stats().cancelled() + baton.stats().failed() == 3);
    assertTrue(baton.stats().cancelled() >= 2);
  }

  @Test
  default void invokeAnyFailsIfAllFail(Fixture given) {
    Baton baton = given.open();
    ExecutionException failed =
        assertThrows(
            ExecutionException.class,
            () -> baton.invokeAny(List.of(failing(Thrown.CHECKED), failing(Thrown.CHECKED))));
    assertSame(Thrown.CHECKED.get().getClass(), Failures.cause(failed).getClass());
    assertThrows(IllegalArgumentException.class, () -> baton.invokeAny(List.<Task<Integer>>of()));
  }

  @Test
  default void invokeAnyWaitsNoLongerThanTold(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal never = given.signal();
    assertThrows(
        TimeoutException.class,
        () -> baton.invokeAny(List.of(waiting(never)), 50, TimeUnit.MILLISECONDS));
    assertEquals(1, baton.submit(() -> 1).get());
  }

  @Test
  default void aTimeoutOfATasksOwnIsAFailureLikeAnyOther(Fixture given) {
    Baton baton = given.open();
    ExecutionException failed =
        assertThrows(
            ExecutionException.class,
            () -> baton.invokeAny(List.of(failing(Thrown.TIMEOUT)), 1, TimeUnit.MINUTES));
    assertSame(TimeoutException.class, Failures.cause(failed).getClass());
  }
}
