package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Action;
import dev.baton.AsyncTask;
import dev.baton.Await;
import dev.baton.Baton;
import dev.baton.CancelMode;
import dev.baton.GroupOptions;
import dev.baton.MapOptions;
import dev.baton.Results;
import dev.baton.ShutdownMode;
import dev.baton.Task;
import dev.baton.TaskBiFunction;
import dev.baton.TaskContext;
import dev.baton.TaskFunction;
import dev.baton.TaskFuture;
import dev.baton.TaskFutures;
import dev.baton.TaskGroup;
import dev.baton.TaskOptions;
import dev.baton.Until;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.signal.Signal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Bad input is answered with what was wrong, and disturbs nothing else. */
@Promise(Row.BAD_INPUT)
@SuppressWarnings("NullAway") // nulls are what is tested
public interface BadInputContract extends ContractTest {

  private static void assertAllRefuseNull(List<Executable> calls) {
    for (int i = 0; i < calls.size(); i++) {
      assertThrows(NullPointerException.class, calls.get(i), "call number " + i);
    }
  }

  @Test
  default void nullTasksAreRefused(Fixture given) throws Exception {
    Baton baton = given.open();
    TaskOptions options = TaskOptions.none();
    Task<Integer> task = () -> 1;
    assertAllRefuseNull(
        List.of(
            () -> baton.submit((Task<Integer>) null),
            () -> baton.submit((Action) null),
            () -> baton.submit((Callable<Integer>) null),
            () -> baton.submit((Runnable) null),
            () -> baton.submit((Runnable) null, 1),
            () -> baton.submit((TaskFunction<Integer, Integer>) null, 1),
            () -> baton.submit(options, (Task<Integer>) null),
            () -> baton.submit(options, (Action) null),
            () -> baton.submit((TaskOptions) null, task),
            () -> baton.submitAsync((AsyncTask<Integer>) null),
            () -> baton.submitAsync(null, () -> null),
            () -> baton.execute((Runnable) null),
            () -> baton.execute((Action) null)));
    assertEquals(0, baton.stats().submitted());
    assertEquals(1, baton.submit(task).get(), "nothing else is disturbed");
  }

  @Test
  default void nullCollectionsFunctionsAndModesAreRefused(Fixture given) throws Exception {
    Baton baton = given.open();
    assertAllRefuseNull(
        List.of(
            () -> baton.submitAll((List<Task<Integer>>) null),
            () -> baton.invokeAll((List<Task<Integer>>) null),
            () -> baton.invokeAny((List<Task<Integer>>) null),
            () -> baton.map((TaskFunction<Integer, Integer>) null, List.of(1)),
            () -> baton.map((Integer number) -> number, (List<Integer>) null),
            () -> baton.map((MapOptions) null, (Integer number) -> number, List.of(1)),
            () -> baton.bind((TaskFunction<Integer, Integer>) null),
            () -> baton.bind((TaskOptions) null, (Integer number) -> number),
            () -> baton.bind((Task<Integer>) null, (Integer one, Integer two) -> one),
            () -> baton.bind(() -> 1, (TaskBiFunction<Integer, Integer, Integer>) null),
            () -> baton.shutdown((ShutdownMode) null),
            () -> baton.awaitTermination((Duration) null)));
    assertFalse(baton.isShutdown());
    assertEquals(1, baton.submit(() -> 1).get());
  }

  @Test
  default void oneNullAmongManyTasksRefusesAll(Fixture given) throws Exception {
    Baton baton = given.open();
    Signal ran = given.signal();
    Task<Integer> task = ran::count;
    List<Task<Integer>> tasks = Arrays.asList(task, null, task);
    assertAllRefuseNull(
        List.of(
            () -> baton.submitAll(tasks),
            () -> baton.invokeAll(tasks),
            () -> baton.invokeAny(tasks)));
    assertEquals(1, baton.submit(() -> 1).get());
    assertEquals(0, ran.total());
    assertEquals(1, baton.stats().submitted());
  }

  @Test
  default void aFutureOfAnItemInAChunkRefusesNoMode(Fixture given) {
    Baton baton = given.open();
    try (Results<Integer> mapped =
        baton.map(MapOptions.none().chunk(2), (Integer number) -> number, List.of(1, 2))) {
      TaskFuture<Integer> item = mapped.futures().iterator().next();
      assertAllRefuseNull(List.of(() -> item.cancel((CancelMode) null)));
    }
  }

  @Test
  default void aFutureRefusesNulls(Fixture given) throws Exception {
    TaskFuture<Integer> future = given.open().submit(() -> 1);
    Executor direct = Runnable::run;
    assertAllRefuseNull(
        List.of(
            () -> future.cancel((CancelMode) null),
            () -> future.onDone((Consumer<TaskFuture<Integer>>) null),
            () -> future.onDone(null, done -> {}),
            () -> future.onDone(direct, null),
            () -> future.onProgress(null),
            () -> future.thenApply((Function<Integer, Integer>) null),
            () -> future.thenApplyAsync(value -> value, null),
            () -> future.thenRun(null),
            () -> future.thenCombine((CompletionStage<Integer>) null, Integer::sum),
            () -> future.handle(null),
            () -> future.exceptionally(null),
            () -> future.whenComplete(null),
            () -> future.get((Duration) null),
            () -> TaskFutures.waitFor(null, Until.ALL_COMPLETED),
            () -> TaskFutures.waitFor(List.of(future), null),
            () ->
                TaskFutures.waitFor(
                    Collections.singletonList((TaskFuture<Integer>) null), Until.ALL_COMPLETED),
            () -> TaskFutures.waitFor(List.of(future), Until.ALL_COMPLETED, null),
            () -> TaskFutures.asCompleted((List<TaskFuture<Integer>>) null),
            () -> TaskFutures.asCompleted(List.of(future), null),
            () -> TaskFutures.gather((List<TaskFuture<Integer>>) null),
            () -> TaskFutures.gather(Collections.singletonList((TaskFuture<Integer>) null)),
            () -> Await.on((CompletionStage<Integer>) null),
            () -> Await.blocking(null),
            () -> Await.sleep(null)));
    assertEquals(1, future.get());
  }

  @Test
  default void aContextRefusesNulls(Fixture given) throws Exception {
    Signal told = given.signal();
    given
        .open()
        .submit(
            () -> {
              TaskContext context = TaskContext.current();
              try {
                context.onCancel(null);
              } catch (NullPointerException expected) {
                told.append("hook");
              }
              try {
                context.resource((Class<Integer>) null);
              } catch (NullPointerException expected) {
                told.append("resource");
              }
            })
        .get();
    assertEquals(List.of("hook", "resource"), told.lines());
  }

  @Test
  default void optionsRefuseWhatMakesNoSense() {
    List<Executable> calls =
        List.of(
            () -> TaskOptions.none().timeout(Duration.ZERO),
            () -> TaskOptions.none().timeout(Duration.ofMillis(-5)),
            () -> TaskOptions.none().deadline(Duration.ZERO),
            () -> TaskOptions.none().deadline(Duration.ofMillis(-5)),
            () -> TaskOptions.none().queueTimeout(Duration.ZERO),
            () -> TaskOptions.none().queueTimeout(Duration.ofMillis(-5)),
            () -> TaskOptions.none().stallTimeout(Duration.ZERO),
            () -> TaskOptions.none().stallTimeout(Duration.ofMillis(-5)),
            () -> TaskOptions.none().retries(-1),
            () -> TaskOptions.none().retries(-1, Duration.ZERO),
            () -> TaskOptions.none().retries(1, Duration.ofMillis(-5)),
            () -> TaskOptions.none().retries(1, Duration.ofMillis(-5), failure -> true),
            () -> TaskOptions.none().name(" "),
            () -> TaskOptions.none().key(" "),
            () -> GroupOptions.none().deadline(Duration.ZERO),
            () -> GroupOptions.none().deadline(Duration.ofMillis(-5)),
            () -> GroupOptions.none().name(" "),
            () -> MapOptions.none().window(0),
            () -> MapOptions.none().window(-1),
            () -> MapOptions.none().chunk(0),
            () -> MapOptions.none().chunk(-1),
            () -> MapOptions.none().timeout(Duration.ofMillis(-5)));
    for (Executable call : calls) {
      IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, call);
      assertTrue(
          String.valueOf(refused.getMessage()).contains("must"),
          () -> refused + " says what is allowed");
    }
    assertAllRefuseNull(
        List.of(
            () -> TaskOptions.none().timeout(null),
            () -> TaskOptions.none().deadline(null),
            () -> TaskOptions.none().queueTimeout(null),
            () -> TaskOptions.none().stallTimeout(null),
            () -> TaskOptions.none().retries(1, null),
            () -> TaskOptions.none().retries(1, Duration.ZERO, null),
            () -> TaskOptions.none().name(null),
            () -> TaskOptions.none().key(null),
            () -> GroupOptions.none().deadline(null),
            () -> GroupOptions.none().name(null)));
  }

  @Test
  default void noRetriesAndNoBackoffAreAllowed(Fixture given) throws Exception {
    Baton baton = given.open();
    Signal attempts = given.signal();
    Action failing =
        () -> {
          throw new IllegalStateException("attempt " + attempts.count());
        };
    Failures.of(baton.submit(TaskOptions.none().retries(0), failing));
    assertEquals(1, attempts.total());
    Failures.of(baton.submit(TaskOptions.none().retries(1, Duration.ZERO), failing));
    assertEquals(3, attempts.total());
  }

  @Test
  default void aGroupRefusesNulls(Fixture given) throws Exception {
    Baton baton = given.open();
    TaskOptions options = TaskOptions.none();
    Task<Integer> task = () -> 1;
    Action action = () -> {};
    assertAllRefuseNull(List.of(() -> baton.group((GroupOptions) null)));
    try (TaskGroup group = baton.group(GroupOptions.none().firstSuccess())) {
      assertAllRefuseNull(
          List.of(
              () -> group.submit((Task<Integer>) null),
              () -> group.submit((Action) null),
              () -> group.submit((TaskFunction<Integer, Integer>) null, 1),
              () -> group.submit(options, (Task<Integer>) null),
              () -> group.submit(options, (Action) null),
              () -> group.submit((TaskOptions) null, task),
              () -> group.submit((TaskOptions) null, action),
              () -> group.result(null)));
      assertEquals(0, baton.stats().submitted());
      assertEquals(1, group.submit(task).get(), "nothing else is disturbed");
      group.join();
      assertEquals(1, group.result(Integer.class));
    }
  }
}
