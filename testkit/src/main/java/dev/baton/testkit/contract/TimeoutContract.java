package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Action;
import dev.baton.Baton;
import dev.baton.GroupOptions;
import dev.baton.Task;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskGroup;
import dev.baton.TaskInfo.Phase;
import dev.baton.TaskOptions;
import dev.baton.TaskTimeoutException;
import dev.baton.TaskTimeoutException.Kind;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Eventually;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import dev.baton.testkit.signal.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** A timeout counts from the real start, and fails the future with an exception of its own. */
@Promise(Row.TIMEOUTS)
public interface TimeoutContract extends ContractTest {

  /** Long enough for a body to be well under way when it is up. */
  Duration SHORT = Duration.ofMillis(120);

  /** Never up within a test. */
  Duration LONG = Duration.ofMinutes(5);

  private static TaskOptions timeout(Duration limit) {
    return TaskOptions.none().timeout(limit);
  }

  @Test
  default void aBodyThatTakesTooLongIsInterruptedAndFails(Fixture given) throws Exception {
    Signal told = given.signal();
    long start = System.nanoTime();
    TaskFuture<Void> future =
        given
            .open()
            .submit(
                timeout(SHORT).name("slow-one"),
                () -> {
                  TaskContext.current().onCancel(() -> told.append("hook"));
                  try {
                    told.await();
                  } catch (InterruptedException stop) {
                    told.append("interrupt " + TaskContext.current().isCancelled());
                  }
                });

    TaskTimeoutException late = Failures.of(TaskTimeoutException.class, future);
    assertTrue(System.nanoTime() - start >= SHORT.toNanos(), "not before the time is up");
    assertSame(Kind.RUN, late.kind());
    assertTrue(String.valueOf(late.getMessage()).contains("slow-one"), late::toString);
    assertTrue(String.valueOf(late.getMessage()).contains(SHORT.toString()), late::toString);
    assertEquals(Phase.FAILED, future.info().phase());
    assertFalse(future.isCancelled());
    Failures.awaitBody(future);
    Eventually.holds("hook and interrupt came", () -> told.lines().size() == 2);
    assertTrue(told.lines().containsAll(List.of("hook", "interrupt true")), told.lines()::toString);
  }

  @Test
  default void theFutureEndsInTimeEvenIfTheBodyDoesNot(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Signal gate = given.signal();
    TaskFuture<Void> future = baton.submit(timeout(SHORT), (Action) gate::awaitUninterruptibly);
    TaskFuture<Integer> next = baton.submit(() -> 1);

    Failures.of(TaskTimeoutException.class, future);
    if (!baton.capabilities().forcedStop()) {
      assertFalse(future.terminated().isDone());
      assertFalse(next.isDone(), "capacity comes back when the body is over");
    }
    gate.open();
    assertEquals(1, next.get());
    Failures.awaitBody(future);
  }

  @Test
  default void theTimeCountsFromTheRealStart(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Blocker blocker = Blocker.on(baton, given);
    TaskFuture<Integer> waiting = baton.submit(timeout(SHORT), () -> 1);
    Thread.sleep(2 * SHORT.toMillis());

    assertFalse(waiting.isDone(), "it has not begun");
    blocker.release();
    assertEquals(1, waiting.get());
  }

  @Test
  default void aDeadlineCountsFromTheSubmission(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Signal ran = given.signal();
    Blocker blocker = Blocker.on(baton, given);
    TaskFuture<Integer> waiting =
        baton.submit(TaskOptions.none().deadline(SHORT).name("too-late"), ran::count);

    TaskTimeoutException late = Failures.of(TaskTimeoutException.class, waiting);
    assertSame(Kind.DEADLINE, late.kind());
    assertTrue(String.valueOf(late.getMessage()).contains("too-late"), late::toString);
    assertFalse(waiting.isRunning());
    Failures.awaitBody(waiting);
    blocker.release();
    baton.submit(() -> {}).get();
    assertEquals(0, ran.total(), "it never runs");
  }

  @Test
  default void aDeadlineThatIsUpAtOnceLeavesNothingBehind(Fixture given) throws Exception {
    Baton baton = given.open();
    TaskOptions hopeless = TaskOptions.none().deadline(Duration.ofNanos(1));
    for (int i = 0; i < 500; i++) {
      int result = i;
      TaskFuture<Integer> future = baton.submit(hopeless, () -> result);
      Throwable late = future.exception(Failures.PATIENCE);
      assertTrue(late == null || late instanceof TaskTimeoutException, future::toString);
      Failures.awaitBody(future);
    }
    Eventually.holds(
        "nothing is left", () -> baton.stats().running() + baton.stats().pending() == 0);
    assertEquals(1, baton.submit(() -> 1).get());
  }

  @Test
  default void aDeadlineStopsARunningBody(Fixture given) throws Exception {
    Signal never = given.signal();
    TaskFuture<Void> future =
        given.open().submit(TaskOptions.none().deadline(SHORT), (Action) never::await);

    assertSame(Kind.DEADLINE, Failures.of(TaskTimeoutException.class, future).kind());
    Failures.awaitBody(future);
  }

  @Test
  default void theFirstOfTimeoutAndDeadlineCounts(Fixture given) {
    Signal never = given.signal();
    Baton baton = given.open();
    TaskOptions timeoutFirst = timeout(SHORT).deadline(LONG);
    TaskOptions deadlineFirst = timeout(LONG).deadline(SHORT);

    TaskFuture<Void> one = baton.submit(timeoutFirst, (Action) never::await);
    assertSame(Kind.RUN, Failures.of(TaskTimeoutException.class, one).kind());
    TaskFuture<Void> other = baton.submit(deadlineFirst, (Action) never::await);
    assertSame(Kind.DEADLINE, Failures.of(TaskTimeoutException.class, other).kind());
  }

  @Test
  default void aTimeoutOfTheBodysOwnIsNotTakenForIt(Fixture given) {
    Baton baton = given.open();
    TaskFuture<Void> own = baton.submit(timeout(LONG), (Action) Thrown.TIMEOUT::raise);
    TaskFuture<Void> alike =
        baton.submit(
            timeout(LONG),
            () -> {
              throw new TaskTimeoutException("thrown by the body", Kind.STALL);
            });

    assertSame(TimeoutException.class, Failures.of(own).getClass());
    assertSame(Kind.STALL, Failures.of(TaskTimeoutException.class, alike).kind());
  }

  @Test
  default void aTaskThatIsInTimeDisturbsNoLaterTask(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    assertEquals(0, baton.submit(() -> 0).get(), "no deadline is to count the start of a worker");
    Duration limit = SHORT.multipliedBy(4);
    for (int i = 0; i < 20; i++) {
      int result = i;
      assertEquals(i, baton.submit(timeout(limit).deadline(limit), () -> result).get());
    }
    TaskFuture<Integer> next =
        baton.submit(
            () -> {
              Thread.sleep(limit.toMillis() + SHORT.toMillis());
              return 1;
            });
    assertEquals(1, next.get(), "no late interrupt hits the next task");
  }

  @Test
  default void whatTheBodyThrowsAfterTheTimeoutIsSuppressed(Fixture given) throws Exception {
    assertAttached(new IllegalStateException("while stopping"), given);
  }

  @Test
  default void aCancellationThatTheBodyThrowsAfterTheTimeoutIsSuppressed(Fixture given)
      throws Exception {
    assertAttached(new CancellationException("of another task"), given);
  }

  private static void assertAttached(RuntimeException thrown, Fixture given) throws Exception {
    Baton baton = given.open();
    Signal never = given.signal();
    int lines = baton.submit(() -> never.lines().size()).get();
    assertEquals(0, lines, "a new worker is slower than the timeout");
    TaskFuture<Void> future =
        baton.submit(
            timeout(SHORT),
            () -> {
              try {
                never.await();
              } catch (InterruptedException stop) {
                throw thrown;
              }
            });

    TaskTimeoutException late = Failures.of(TaskTimeoutException.class, future);
    Failures.awaitBody(future);
    Eventually.holds("what it threw is attached", () -> late.getSuppressed().length == 1);
    assertEquals(thrown.getMessage(), late.getSuppressed()[0].getMessage());
  }

  @Test
  default void theInterruptThatTheTimeoutCausesIsNotSuppressedInIt(Fixture given) throws Exception {
    Signal never = given.signal();
    TaskFuture<Void> future = given.open().submit(timeout(SHORT), never::await);
    TaskTimeoutException late = Failures.of(TaskTimeoutException.class, future);
    Failures.awaitBody(future);
    assertEquals(List.of(), List.of(late.getSuppressed()));
  }

  @Test
  default void anExecutorGivesItsTimeoutToTasksWithoutOne(Fixture given) throws Exception {
    Baton baton = given.open(Shape.any().timeout(SHORT));
    Signal never = given.signal();
    TaskFuture<Void> without = baton.submit(never::await);
    assertSame(Kind.RUN, Failures.of(TaskTimeoutException.class, without).kind());

    TaskFuture<Integer> with =
        baton.submit(
            timeout(LONG),
            () -> {
              Thread.sleep(2 * SHORT.toMillis());
              return 1;
            });
    assertEquals(1, with.get(), "its own timeout counts");
  }

  @Test
  default void aBoundCallHasItsTimeout(Fixture given) {
    Signal never = given.signal();
    TaskFuture<Boolean> future =
        given
            .open()
            .bind(
                timeout(SHORT),
                (Signal signal) -> {
                  signal.await();
                  return true;
                })
            .apply(never);
    assertInstanceOf(TaskTimeoutException.class, Failures.of(future));
  }

  @Test
  default void aCancelBeforeTheTimeoutStays(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal gate = given.signal();
    TaskFuture<Void> future =
        baton.submit(
            timeout(Duration.ofSeconds(1)), // so long that the cancel comes first on a busy machine
            () -> {
              gate.count();
              gate.awaitUninterruptibly();
            });
    gate.awaitTotal(1);
    future.cancel(false);
    Thread.sleep(1_200);
    gate.open();
    Failures.assertCancelled(future);
  }

  @Test
  default void theLongestTimesAreAllowed(Fixture given) throws Exception {
    Duration forever = Duration.ofSeconds(Long.MAX_VALUE);
    TaskOptions options = TaskOptions.none().timeout(forever).deadline(forever);
    assertEquals(1, given.open().submit(options, () -> 1).get(forever));
  }

  @Test
  default void aTaskThatWaitsTooLongForItsStartNeverRuns(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Blocker blocker = Blocker.on(baton, given);
    Signal ran = given.signal();
    TaskOptions impatient = TaskOptions.none().queueTimeout(SHORT);
    TaskFuture<Integer> future = baton.submit(impatient, ran::count);

    TaskTimeoutException late = Failures.of(TaskTimeoutException.class, future);
    assertSame(Kind.QUEUE, late.kind());
    assertTrue(String.valueOf(late.getMessage()).contains("PT0.12S"), late::toString);
    Failures.awaitBody(future);
    blocker.release();
    baton.close();
    assertEquals(0, ran.total());
  }

  @Test
  default void aTaskThatHasStartedIsNotInTheQueue(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal gate = given.signal();
    TaskFuture<Integer> future =
        baton.submit(
            TaskOptions.none().queueTimeout(LONG),
            () -> {
              gate.count();
              gate.await();
              return 1;
            });
    TaskFuture<Integer> quick =
        baton.submit(
            TaskOptions.none().queueTimeout(Duration.ofSeconds(2)),
            () -> {
              Thread.sleep(2_100);
              return 2;
            });
    gate.awaitTotal(1);
    gate.open();
    assertEquals(1, future.get(Failures.PATIENCE));
    assertEquals(2, quick.get(Failures.PATIENCE));
  }

  @Test
  default void aBodyThatTellsOfNoProgressStalls(Fixture given) throws Exception {
    Signal never = given.signal();
    TaskOptions watched = TaskOptions.none().stallTimeout(SHORT);
    TaskFuture<Void> future = given.open().submit(watched, never::await);

    TaskTimeoutException late = Failures.of(TaskTimeoutException.class, future);
    assertSame(Kind.STALL, late.kind());
    Failures.awaitBody(future);
  }

  @Test
  default void aBodyThatTellsOfItsProgressDoesNotStall(Fixture given) throws Exception {
    Duration stall = Duration.ofSeconds(1);
    TaskFuture<Integer> future =
        given
            .open()
            .submit(
                TaskOptions.none().stallTimeout(stall),
                () -> {
                  for (int i = 0; i < 15; i++) {
                    Thread.sleep(100);
                    TaskContext.current().progress(i, 15, null);
                  }
                  return 15;
                });
    assertEquals(15, future.get(Failures.PATIENCE));
  }

  @Test
  default void progressLengthensNoTimeout(Fixture given) throws Exception {
    long patience = Failures.PATIENCE.dividedBy(2).toNanos();
    TaskFuture<Void> future =
        given
            .open()
            .submit(
                timeout(SHORT).stallTimeout(LONG),
                () -> {
                  long start = System.nanoTime();
                  while (System.nanoTime() - start < patience) {
                    TaskContext.current().progress(1, -1, null);
                    Thread.sleep(20);
                  }
                });
    assertSame(Kind.RUN, Failures.of(TaskTimeoutException.class, future).kind());
    Failures.awaitBody(future);
  }

  @Test
  default void theBodySeesWhenItHasToBeOver(Fixture given) throws Exception {
    Baton baton = given.open();
    long without = baton.submit(() -> TaskContext.current().deadline() == null ? 0L : 1L).get();
    long left =
        baton
            .submit(
                timeout(LONG).deadline(LONG.multipliedBy(2)),
                () ->
                    Duration.between(
                            Instant.now(), Objects.requireNonNull(TaskContext.current().deadline()))
                        .toMillis())
            .get();

    assertEquals(0, without);
    assertTrue(left <= LONG.toMillis() && left > LONG.toMillis() / 2, () -> left + " ms");
  }

  @Test
  default void aNestedTaskWithoutAFutureHasNoMoreTimeEither(Fixture given) throws Exception {
    Signal told = given.signal();
    given
        .open(Shape.slots(1))
        .submit(
            TaskOptions.none().deadline(LONG),
            () ->
                TaskContext.current()
                    .baton()
                    .execute(
                        () -> {
                          boolean isBounded = TaskContext.current().deadline() != null;
                          told.append("bounded: " + isBounded);
                          told.count();
                        }))
        .get(Failures.PATIENCE);
    told.awaitTotal(1);
    assertEquals(List.of("bounded: true"), told.lines());
  }

  @Test
  default void aNestedTaskHasNoMoreTimeThanTheOneThatSubmitsIt(Fixture given) throws Exception {
    given.assumeShared();
    Baton baton = given.open(Shape.atLeast(2));
    Task<List<Instant>> ask =
        () -> {
          Task<Instant> inner = () -> Objects.requireNonNull(TaskContext.current().deadline());
          Baton mine = TaskContext.current().baton();
          return List.of(
              Objects.requireNonNull(TaskContext.current().deadline()),
              mine.submit(inner).get(),
              mine.submit(timeout(LONG).deadline(LONG.multipliedBy(3)), inner).get(),
              mine.submit(TaskOptions.none().deadline(Duration.ofMinutes(1)), inner).get());
        };
    List<Instant> ends =
        baton.submit(TaskOptions.none().deadline(LONG), ask).get(Failures.PATIENCE);

    assertEquals(ends.get(0), ends.get(1), "inherited");
    assertEquals(ends.get(0), ends.get(2), "the tighter one counts");
    assertTrue(ends.get(3).isBefore(ends.get(0)), "its own is tighter");
  }

  private static Task<Duration> timeOfAMember(Duration deadline) {
    return () -> {
      Baton mine = TaskContext.current().baton();
      try (TaskGroup group = mine.group(GroupOptions.none().deadline(deadline))) {
        TaskFuture<Instant> end =
            group.submit(() -> Objects.requireNonNull(TaskContext.current().deadline()));
        group.join();
        return Duration.between(Instant.now(), end.resultNow());
      }
    };
  }

  @Test
  default void aGroupInABodyHasTheTimeOfTheOneOfBothThatHasLess(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    Duration longer = LONG.multipliedBy(3);
    TaskOptions shortTask = TaskOptions.none().deadline(LONG);
    TaskOptions longTask = TaskOptions.none().deadline(longer);
    Duration ofTask = baton.submit(shortTask, timeOfAMember(longer)).get(Failures.PATIENCE);
    Duration ofGroup = baton.submit(longTask, timeOfAMember(LONG)).get(Failures.PATIENCE);

    assertTrue(ofTask.compareTo(LONG) <= 0, () -> "left of the task's time: " + ofTask);
    assertTrue(ofGroup.compareTo(LONG) <= 0, () -> "left of the group's time: " + ofGroup);
  }

  @Test
  default void aNestedTaskOfAnotherExecutorInheritsToo(Fixture given) throws Exception {
    given.assumeShared();
    Baton baton = given.open(Shape.atLeast(1).timeout(LONG));
    Baton other = given.open(Shape.atLeast(1));
    Callable<Boolean> ask =
        () -> other.submit(() -> TaskContext.current().deadline() != null).get();
    assertEquals(true, baton.submit(ask).get(Failures.PATIENCE));
    assertEquals(false, other.submit(() -> TaskContext.current().deadline() != null).get());
  }

  @Test
  default void aNestedTaskWhoseTimeIsUpFailsAndNamesWhoSetTheLimit(Fixture given) throws Exception {
    given.assumeShared();
    Baton baton = given.open(Shape.atLeast(2));
    Signal never = given.signal();
    baton.submit(
        TaskOptions.none().name("outer").deadline(Duration.ofMillis(300)),
        () -> {
          TaskFuture<Void> inner = TaskContext.current().baton().submit(never::await);
          inner.onDone(done -> never.append(String.valueOf(done.exceptionNow().getMessage())));
          never.await();
        });
    Eventually.holds("the inner has failed", () -> !never.lines().isEmpty());
    assertTrue(never.lines().get(0).contains("task outer"), () -> never.lines().get(0));
  }

  @Test
  default void aCallbackInheritsNothing(Fixture given) throws Exception {
    Baton baton = given.open();
    TaskFuture<Integer> source = baton.submit(timeout(LONG), () -> 1);
    TaskFuture<Boolean> free =
        source.thenCompose(one -> baton.submit(() -> TaskContext.current().deadline() == null));
    assertEquals(true, free.get(Failures.PATIENCE));
  }

  @Test
  default void aBodyThatFallsSilentAfterAWordStallsAWholeLimitLater(Fixture given)
      throws Exception {
    Duration limit = Duration.ofMillis(1_500);
    Duration pause = Duration.ofMillis(300);
    Signal begun = given.signal();
    Signal speak = given.signal();
    Signal never = given.signal();
    TaskFuture<Void> future =
        given
            .open(Shape.atLeast(1))
            .submit(
                TaskOptions.none().stallTimeout(limit).name("silent"),
                () -> {
                  begun.count();
                  speak.await();
                  TaskContext.current().progress(1, 3, "first");
                  TaskContext.current().progress(2, 3, "second");
                  never.await();
                });
    begun.awaitTotal(1);
    long start = System.nanoTime();
    Eventually.holds("part is over", () -> System.nanoTime() - start >= pause.toNanos());
    assertFalse(future.isDone(), future::toString);
    long word = System.nanoTime();
    speak.open();

    TaskTimeoutException late = Failures.of(TaskTimeoutException.class, future);
    long silence = System.nanoTime() - word;
    assertSame(Kind.STALL, late.kind());
    assertTrue(silence >= limit.toNanos(), () -> silence + " ns; it counts from the last word");
    assertTrue(String.valueOf(late.getMessage()).contains("silent"), late::toString);
    assertTrue(String.valueOf(late.getMessage()).contains(limit.toString()), late::toString);
    Failures.awaitBody(future);
  }

  @Test
  default void aBodyMayTakeSeveralLimitsWhileItTellsOfItsProgressAndStallsAfterwards(Fixture given)
      throws Exception {
    Duration limit = Duration.ofSeconds(1);
    long steady = limit.multipliedBy(5).dividedBy(2).toNanos();
    Signal told = given.signal();
    TaskFuture<Void> future =
        given
            .open(Shape.atLeast(1))
            .submit(
                TaskOptions.none().stallTimeout(limit),
                () -> {
                  long start = System.nanoTime();
                  for (int i = 0; System.nanoTime() - start < steady; i++) {
                    TaskContext.current().progress(i, -1, null);
                    Thread.sleep(20);
                  }
                  told.count();
                  told.await();
                });
    told.awaitTotal(1);
    assertSame(Kind.STALL, Failures.of(TaskTimeoutException.class, future).kind());
    Failures.awaitBody(future);
  }
}
