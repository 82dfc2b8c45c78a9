package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Await;
import dev.baton.Baton;
import dev.baton.GroupOptions;
import dev.baton.MapOptions;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskFutures;
import dev.baton.TaskGroup;
import dev.baton.TaskRejectedException;
import dev.baton.Until;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Eventually;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import dev.baton.testkit.signal.Signal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * A wait that any of several may end is a circle once all of them wait for the waiter: when the
 * last of them begins to, or comes to nothing. The bodies of these tests stay in this JVM.
 */
@Promise(Row.NESTED_WAITS)
public interface LastWayOutContract extends ContractTest {

  /** The task that waits; in a static, since the function of a map has to be able to travel. */
  final class Waiter {
    private static final AtomicReference<CompletableFuture<TaskFuture<Integer>>> TASK =
        new AtomicReference<>(new CompletableFuture<>());

    private Waiter() {}

    /** Waits for the task that waits for this. */
    static int result() throws ExecutionException, InterruptedException {
      return TASK.get().join().get();
    }

    static int plusItsResult(int number) throws ExecutionException, InterruptedException {
      return result() + number;
    }

    /** Submits the task, whose body captures futures. */
    static TaskFuture<Integer> submit(Baton baton, Callable<Integer> body) {
      CompletableFuture<TaskFuture<Integer>> self = new CompletableFuture<>();
      TASK.set(self);
      TaskFuture<Integer> task = baton.submit(body);
      self.complete(task);
      return task;
    }
  }

  /** Waits for futures, of which it takes one result. */
  @FunctionalInterface
  interface WaitForAny {
    int resultOf(List<TaskFuture<Integer>> futures) throws Exception;
  }

  private static List<WaitForAny> waitsForAny() {
    return List.of(
        futures -> TaskFutures.asCompleted(futures).iterator().next().get(),
        futures -> firstOf(futures, Until.FIRST_COMPLETED),
        futures -> firstOf(futures, Until.FIRST_FAILED),
        futures -> TaskFutures.gather(futures).get().getFirst(),
        futures -> TaskFutures.gather(futures).thenApply(List::getFirst).get(),
        futures -> futures.get(0).applyToEither(futures.get(1), n -> n).get());
  }

  private static int firstOf(List<TaskFuture<Integer>> futures, Until until) throws Exception {
    return TaskFutures.waitFor(futures, until).done().iterator().next().get() instanceof Integer n
        ? n
        : -1;
  }

  private static void assertIsToldOfTheCircle(TaskFuture<?> task) {
    Throwable root = Failures.of(task);
    while (root.getCause() != null) {
      root = root.getCause();
    }
    assertInstanceOf(TaskRejectedException.class, root);
    assertTrue(String.valueOf(root.getMessage()).contains(task.info().name()), root::toString);
  }

  @Test
  default void aTaskThatWaitsForAnyOfThoseThatWaitForItIsToldSo(Fixture given) {
    given.assumeShared();
    Baton baton = given.open(Shape.atLeast(3));
    for (WaitForAny wait : waitsForAny()) {
      CompletableFuture<List<TaskFuture<Integer>>> both = new CompletableFuture<>();
      TaskFuture<Integer> task = Waiter.submit(baton, () -> wait.resultOf(both.join()));
      both.complete(List.of(baton.submit(Waiter::result), baton.submit(Waiter::result)));
      assertIsToldOfTheCircle(task);
    }
  }

  @Test
  @SuppressWarnings("serial") // the members stay in this JVM
  default void aTaskThatJoinsMembersThatAllWaitForItIsToldSo(Fixture given) {
    given.assumeShared();
    Baton baton = given.open(Shape.atLeast(3));
    GroupOptions all = GroupOptions.none();
    for (GroupOptions options : List.of(all, all.firstSuccess(), all.collectAll())) {
      TaskFuture<Integer> task =
          Waiter.submit(
              baton,
              () -> {
                try (TaskGroup group = baton.group(options)) {
                  TaskFuture<Integer> one = group.submit(Waiter::result);
                  TaskFuture<Integer> two = group.submit(Waiter::result);
                  group.join();
                  return one.get() + two.get();
                }
              });
      assertIsToldOfTheCircle(task);
    }
  }

  @Test
  default void aTaskThatMapsItemsThatAllWaitForItIsToldSo(Fixture given) {
    given.assumeShared();
    Baton baton = given.open(Shape.atLeast(3));
    MapOptions plain = MapOptions.none();
    for (MapOptions options : List.of(plain.unordered(), plain.failFast())) {
      TaskFuture<Integer> task =
          Waiter.submit(
              baton,
              () -> baton.map(options, Waiter::plusItsResult, List.of(1, 2, 3)).iterator().next());
      assertIsToldOfTheCircle(task);
    }
  }

  @Test
  default void aTaskIsToldWhenTheLastOtherWayOutComesToNothing(Fixture given) {
    given.assumeShared();
    Baton baton = given.open(Shape.slots(3));
    Signal gate = given.signal();
    TaskFuture<Integer> other =
        baton.submit(
            () -> {
              gate.await();
              return 1;
            });
    CompletableFuture<TaskFuture<Integer>> circular = new CompletableFuture<>();
    TaskFuture<Integer> task =
        Waiter.submit(
            baton, () -> TaskFutures.gather(List.of(circular.join(), other)).get().getFirst());
    circular.complete(baton.submit(Waiter::result));
    Eventually.holds("both wait", () -> baton.stats().lent() == 2);
    gate.open();
    assertIsToldOfTheCircle(task);
  }

  @Test
  @SuppressWarnings("serial") // the members stay in this JVM
  default void aWaitThatOneOfManyStillEndsIsLeftAloneHoweverLongItTakes(Fixture given)
      throws Exception {
    given.assumeShared();
    Baton baton = given.open(Shape.atLeast(3));
    TaskFuture<Integer> task =
        Waiter.submit(
            baton,
            () -> {
              try (TaskGroup group = baton.group(GroupOptions.none().firstSuccess())) {
                group.submit(
                    () -> {
                      TaskContext.current().onCancel(() -> Thread.sleep(50)); // interrupted later
                      return Waiter.result();
                    });
                group.submit(
                    () -> {
                      Await.sleep(Duration.ofMillis(1_500)); // past the first look
                      return 7;
                    });
                group.join();
                return group.result(Integer.class);
              }
            });
    assertEquals(7, task.get(Failures.PATIENCE));
  }
}
