package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.CancelMode;
import dev.baton.GroupOptions;
import dev.baton.MapOptions;
import dev.baton.TaskFuture;
import dev.baton.TaskFutures;
import dev.baton.TaskGroup;
import dev.baton.TaskOptions;
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
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/**
 * Tasks that wait for each other in a circle are told so. Their futures have to reach them, so the
 * bodies of these tests stay in this JVM.
 */
@Promise(Row.NESTED_WAITS)
public interface WaitCycleContract extends ContractTest {

  /** Submits under a name what is a {@link Callable} only, for it captures futures. */
  private static TaskFuture<Integer> submit(Baton baton, Callable<Integer> body) {
    return baton.submit(body);
  }

  private static Throwable rootOf(TaskFuture<?> future) {
    Throwable failure = Failures.of(future);
    while (failure.getCause() != null) {
      failure = failure.getCause();
    }
    return failure;
  }

  private static void assertNames(Throwable failure, TaskFuture<?>... tasks) {
    assertEquals(TaskRejectedException.class, failure.getClass(), failure::toString);
    for (TaskFuture<?> task : tasks) {
      String name = task.info().name();
      assertTrue(String.valueOf(failure.getMessage()).contains(name), failure::toString);
    }
  }

  @Test
  default void aTaskThatWaitsForItselfFails(Fixture given) {
    given.assumeShared();
    CompletableFuture<TaskFuture<Integer>> self = new CompletableFuture<>();
    TaskFuture<Integer> future = submit(given.open(Shape.atLeast(1)), () -> self.join().get());
    self.complete(future);
    assertNames(rootOf(future), future);
  }

  @Test
  default void aTaskThatWaitsForItsOwnDependentFails(Fixture given) {
    given.assumeShared();
    CompletableFuture<TaskFuture<Integer>> self = new CompletableFuture<>();
    TaskFuture<Integer> future =
        submit(
            given.open(Shape.atLeast(1)),
            () -> self.join().thenCombine(self.join(), Integer::sum).thenApply(n -> n).get());
    self.complete(future);
    assertNames(rootOf(future), future);
  }

  @Test
  default void tasksThatWaitForEachOtherFail(Fixture given) {
    given.assumeShared();
    Baton baton = given.open(Shape.atLeast(3));
    CompletableFuture<List<TaskFuture<Integer>>> all = new CompletableFuture<>();
    TaskFuture<Integer> one = submit(baton, () -> all.join().get(1).get());
    TaskFuture<Integer> two = submit(baton, () -> all.join().get(2).get());
    TaskFuture<Integer> three = submit(baton, () -> all.join().get(0).get());
    all.complete(List.of(one, two, three));
    for (TaskFuture<Integer> each : List.of(one, two, three)) {
      assertNames(rootOf(each), one, two, three);
    }
  }

  @Test
  default void tasksOfTwoExecutorsThatWaitForEachOtherFail(Fixture given) {
    given.assumeShared();
    Baton baton = given.open(Shape.atLeast(1));
    Baton other = given.open(Shape.atLeast(1));
    CompletableFuture<List<TaskFuture<Integer>>> all = new CompletableFuture<>();
    TaskFuture<Integer> one = submit(baton, () -> all.join().get(1).get());
    TaskFuture<Integer> two = submit(other, () -> all.join().get(0).join());
    all.complete(List.of(one, two));
    assertNames(rootOf(one), one, two);
    assertNames(rootOf(two), one, two);
    assertTrue(
        String.valueOf(rootOf(one).getMessage()).contains(other.name()),
        () -> rootOf(one).toString());
  }

  @Test
  default void aBodyWhoseFutureIsDoneIsToldOfItsCircleToo(Fixture given) throws Exception {
    given.assumeShared();
    Baton baton = given.open(Shape.slots(2));
    CompletableFuture<List<TaskFuture<Integer>>> both = new CompletableFuture<>();
    Signal begun = given.signal();
    Signal gate = given.signal();
    Signal told = given.signal();
    TaskFuture<Integer> abandoned =
        submit(
            baton,
            () -> {
              begun.count();
              gate.await();
              try {
                return both.join().get(1).get();
              } catch (TaskRejectedException circle) {
                told.count();
                throw circle;
              }
            });
    TaskFuture<Integer> patient =
        submit(
            baton,
            () -> {
              both.join().get(0).terminated().get();
              return 1;
            });
    both.complete(List.of(abandoned, patient));
    begun.awaitTotal(1);
    abandoned.cancel(CancelMode.ABANDON);
    Eventually.holds("it waits for the body", () -> baton.stats().lent() == 1);
    gate.open();
    told.awaitTotal(1);
    assertEquals(1, patient.get(Failures.PATIENCE));
  }

  @Test
  @SuppressWarnings("serial") // the member stays in this JVM
  default void aMemberThatWaitsForTheTaskOfItsGroupDoesNotHoldTheClose(Fixture given) {
    given.assumeShared();
    Baton baton = given.open(Shape.atLeast(2));
    CompletableFuture<TaskFuture<Integer>> self = new CompletableFuture<>();
    Signal begun = given.signal();
    TaskFuture<Integer> future =
        submit(
            baton,
            () -> {
              try (TaskGroup group = baton.group()) {
                group.submit(
                    () -> {
                      begun.count();
                      return self.join().join();
                    });
                begun.awaitTotal(1);
                return 1;
              }
            });
    self.complete(future);
    Throwable toldToOneOfThem = Failures.of(future);
    assertTrue(
        toldToOneOfThem instanceof TaskRejectedException
            || toldToOneOfThem instanceof IllegalStateException,
        toldToOneOfThem::toString);
  }

  @Test
  default void aTaskThatWaitsForManyAndItselfFails(Fixture given) {
    given.assumeShared();
    Baton baton = given.open(Shape.atLeast(2));
    CompletableFuture<TaskFuture<Integer>> self = new CompletableFuture<>();
    TaskFuture<Integer> other = baton.submit(() -> 1);
    TaskFuture<Integer> future =
        submit(
            baton,
            () -> {
              TaskFutures.waitFor(List.of(other, self.join()), Until.ALL_COMPLETED);
              return 1;
            });
    self.complete(future);
    assertNames(rootOf(future), future);
  }

  /** The task that maps; in a static, since the function of a map has to be able to travel. */
  final class Mapping {
    private static final AtomicReference<CompletableFuture<TaskFuture<Integer>>> TASK =
        new AtomicReference<>(new CompletableFuture<>());

    private Mapping() {}

    static int plusItsResult(int number) throws Exception {
      return TASK.get().join().get() + number;
    }
  }

  @Test
  default void aTaskWhoseMapWaitsForTheTaskFails(Fixture given) {
    given.assumeShared();
    Baton baton = given.open(Shape.atLeast(2));
    MapOptions plain = MapOptions.none();
    for (MapOptions options : List.of(plain, plain.unordered(), plain.failFast())) {
      CompletableFuture<TaskFuture<Integer>> self = new CompletableFuture<>();
      Mapping.TASK.set(self);
      TaskFuture<Integer> future =
          submit(
              baton,
              () -> baton.map(options, Mapping::plusItsResult, List.of(1)).iterator().next());
      self.complete(future);
      assertNames(rootOf(future), future);
    }
  }

  @Test
  default void aTaskThatWaitsForTheNextToCompleteWhichIsItselfFails(Fixture given) {
    given.assumeShared();
    CompletableFuture<TaskFuture<Integer>> self = new CompletableFuture<>();
    TaskFuture<Integer> future =
        submit(
            given.open(Shape.atLeast(1)),
            () -> TaskFutures.asCompleted(List.of(self.join())).iterator().next().get());
    self.complete(future);
    assertNames(rootOf(future), future);
  }

  @Test
  default void aTaskThatGathersItselfFails(Fixture given) throws Exception {
    given.assumeShared();
    Baton baton = given.open(Shape.atLeast(2));
    CompletableFuture<TaskFuture<Integer>> self = new CompletableFuture<>();
    TaskFuture<Integer> done = baton.submit(() -> 1);
    done.get();
    TaskFuture<Integer> future =
        submit(
            baton,
            () -> TaskFutures.gather(List.of(done, self.join(), self.join())).get().getFirst());
    self.complete(future);
    assertNames(rootOf(future), future);
  }

  @Test
  default void tasksThatGatherEachOtherFail(Fixture given) {
    given.assumeShared();
    Baton baton = given.open(Shape.atLeast(2));
    CompletableFuture<List<TaskFuture<Integer>>> all = new CompletableFuture<>();
    TaskFuture<Integer> one =
        submit(baton, () -> TaskFutures.gather(List.of(all.join().get(1))).get().getFirst());
    TaskFuture<Integer> two =
        submit(
            baton,
            () -> TaskFutures.gather(List.of(all.join().get(0))).thenApply(List::getFirst).get());
    all.complete(List.of(one, two));
    for (TaskFuture<Integer> each : List.of(one, two)) {
      assertNames(rootOf(each), one, two);
    }
  }

  @Test
  default void aGatheringThatAnotherMemberCanEndIsNoCircle(Fixture given) throws Exception {
    given.assumeShared();
    Baton baton = given.open(Shape.slots(2));
    Signal gate = given.signal();
    TaskFuture<Integer> failing =
        baton.submit(
            () -> {
              gate.await();
              Thrown.CHECKED.raise();
              return 1;
            });
    CompletableFuture<TaskFuture<Integer>> self = new CompletableFuture<>();
    TaskFuture<Integer> future =
        submit(baton, () -> TaskFutures.gather(List.of(self.join(), failing)).get().getFirst());
    self.complete(future);
    Eventually.holds("it waits", () -> baton.stats().lent() == 1);
    gate.open();
    assertSame(Failures.of(failing), Failures.cause(Failures.of(future)));
  }

  @Test
  @SuppressWarnings("serial") // the member stays in this JVM
  default void aTaskThatJoinsAGroupWhoseMemberWaitsForTheTaskFails(Fixture given) {
    given.assumeShared();
    Baton baton = given.open(Shape.atLeast(2));
    GroupOptions all = GroupOptions.none();
    for (GroupOptions options : List.of(all, all.firstSuccess(), all.collectAll())) {
      CompletableFuture<TaskFuture<Integer>> self = new CompletableFuture<>();
      TaskFuture<Integer> future =
          submit(
              baton,
              () -> {
                try (TaskGroup group = baton.group(options)) {
                  TaskFuture<Integer> member = group.submit(() -> self.join().join());
                  group.join();
                  return member.get();
                }
              });
      self.complete(future);
      assertNames(rootOf(future), future);
    }
  }

  @Test
  default void aWaitWithATimeLimitIsNoCircle(Fixture given) throws Exception {
    given.assumeShared();
    Baton baton = given.open(Shape.atLeast(2));
    CompletableFuture<TaskFuture<Integer>> patient = new CompletableFuture<>();
    TaskFuture<Integer> limited =
        submit(
            baton,
            () -> {
              try {
                return patient.join().get(Duration.ofMillis(100));
              } catch (TimeoutException late) {
                return 1;
              }
            });
    TaskFuture<Integer> waiting = submit(baton, limited::get);
    patient.complete(waiting);
    assertEquals(1, waiting.get(Failures.PATIENCE));
  }

  @Test
  default void aLongChainOfWaitsIsNoCircle(Fixture given) throws Exception {
    given.assumeShared();
    Baton baton = given.open(Shape.atLeast(20));
    Signal gate = given.signal();
    TaskFuture<Integer> last =
        baton.submit(
            TaskOptions.none().name("first"),
            () -> {
              gate.await();
              return 1;
            });
    for (int i = 1; i < 20; i++) {
      TaskFuture<Integer> next = last;
      last = submit(baton, () -> next.get() + 1);
    }
    gate.open();
    assertEquals(20, last.get(Failures.PATIENCE));
  }
}
