package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Action;
import dev.baton.Baton;
import dev.baton.Results;
import dev.baton.Task;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.TaskRejectedException;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import dev.baton.testkit.signal.Signal;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Tasks that come too late are rejected, with the executor's state. */
@Promise(Row.SHUTDOWN)
public interface RejectionContract extends ContractTest {

  @Test
  default void everyWayToSubmitIsRejectedAfterTheShutdown(Fixture given) {
    Baton baton = given.open();
    Function<Integer, TaskFuture<Integer>> bound = baton.bind((Integer number) -> number + 1);
    Signal ran = given.signal();
    Task<Integer> task = ran::count;
    Action action = ran::count;
    Callable<Integer> callable = task;
    Runnable runnable = action;
    baton.close();

    List<Executable> ways =
        List.of(
            () -> baton.submit(task),
            () -> baton.submit(action),
            () -> baton.submit(callable),
            () -> baton.submit(runnable),
            () -> baton.submit(runnable, 1),
            () -> baton.submit((Integer number) -> number + 1, 1),
            () -> baton.submit(TaskOptions.none(), task),
            () -> baton.submit(TaskOptions.none(), action),
            () -> baton.submitAll(List.of(task)),
            () -> baton.submitAsync(() -> CompletableFuture.completedFuture(1)),
            () -> baton.execute(action),
            () -> baton.execute(runnable),
            () -> baton.invokeAll(List.of(callable)),
            () -> baton.invokeAny(List.of(callable)),
            () -> baton.invokeAny(List.of(callable), 1, TimeUnit.SECONDS),
            () -> bound.apply(1),
            () -> ((ExecutorService) baton).submit(() -> 1));
    for (Executable way : ways) {
      TaskRejectedException rejected = assertThrows(TaskRejectedException.class, way);
      assertSaysState(baton, rejected);
    }
    assertEquals(0, ran.total());
    assertEquals(0, baton.stats().submitted());
    assertEquals(ways.size(), baton.stats().rejected());
  }

  private static void assertSaysState(Baton baton, RejectedExecutionException rejected) {
    String message = String.valueOf(rejected.getMessage());
    assertTrue(message.contains(baton.name()), message);
    assertTrue(message.contains("shut down"), message);
    assertTrue(message.contains("terminated"), message);
  }

  @Test
  default void aMapAfterTheShutdownSaysSoAtItsFirstResult(Fixture given) {
    Baton baton = given.open();
    baton.close();
    try (Results<Integer> results = baton.map((Integer number) -> number + 1, List.of(1, 2))) {
      assertThrows(TaskRejectedException.class, () -> results.iterator().next());
      assertFalse(results.iterator().hasNext());
    }
  }

  @Test
  default void theMessageNamesTheRejectedTask(Fixture given) {
    Baton baton = given.open();
    baton.shutdown();
    TaskRejectedException rejected =
        assertThrows(
            TaskRejectedException.class,
            () -> baton.submit(TaskOptions.none().name("latecomer"), () -> 1));
    assertTrue(String.valueOf(rejected.getMessage()).contains("latecomer"), rejected::toString);
  }

  @Test
  default void whileItDrainsItRejectsAndSaysSo(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Blocker blocker = Blocker.on(baton, given);
    baton.shutdown();
    TaskRejectedException rejected =
        assertThrows(TaskRejectedException.class, () -> baton.submit(() -> 1));
    assertTrue(String.valueOf(rejected.getMessage()).contains("shutting down"), rejected::toString);
    assertFalse(blocker.future().isDone(), "nothing else is disturbed");
  }
}
