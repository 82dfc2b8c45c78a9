package dev.baton.verification.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.BatonStats;
import dev.baton.CancelMode;
import dev.baton.ShutdownMode;
import dev.baton.Task;
import dev.baton.TaskContext;
import dev.baton.TaskEncodingException;
import dev.baton.TaskFunction;
import dev.baton.TaskFuture;
import dev.baton.TaskGroup;
import dev.baton.TaskOptions;
import dev.baton.TaskRejectedException;
import dev.baton.TaskTimeoutException;
import dev.baton.TaskTimeoutException.Kind;
import dev.baton.WorkerLostException;
import dev.baton.process.ProcessOptions;
import dev.baton.testkit.guard.NoLeftovers;
import dev.baton.testkit.guard.Watchdog;
import dev.baton.testkit.signal.Signal;
import java.io.Serial;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What bodies in worker JVMs submit to their executor. */
@ExtendWith({Watchdog.class, NoLeftovers.class})
class NestedTasksTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final Signal signal = Signal.create();

  @AfterEach
  void drop() {
    signal.open();
    signal.drop();
  }

  private static Baton open(int workers) {
    return Baton.open(options(workers));
  }

  private static ProcessOptions options(int workers) {
    return ProcessOptions.defaults().workers(workers).heap(48).grace(Duration.ofMillis(300));
  }

  private static Baton mine() {
    return TaskContext.current().baton();
  }

  private static long pid() {
    return ProcessHandle.current().pid();
  }

  private static TaskOptions named(String name) {
    return TaskOptions.none().name(name);
  }

  private static Throwable failureOf(TaskFuture<?> future) throws Exception {
    return Objects.requireNonNull(future.exception(LONG), () -> "It succeeded: " + future);
  }

  private static String message(Throwable failure) {
    return String.valueOf(failure.getMessage());
  }

  private static void awaitIdle(Baton baton) {
    Awaitility.await()
        .atMost(LONG)
        .until(
            () -> {
              BatonStats now = baton.stats();
              return now.pending() + now.running() + now.lent() == 0;
            });
  }

  @Test
  void aTreeThreeLevelsDeepComesBackFromSeveralProcesses() throws Exception {
    try (Baton baton = open(1)) {
      List<Long> pids =
          baton
              .submit(
                  () -> {
                    List<Long> all = new ArrayList<>(List.of(pid()));
                    all.addAll(
                        mine()
                            .submit(
                                () -> {
                                  List<Long> below = new ArrayList<>(List.of(pid()));
                                  below.add(mine().submit(() -> pid()).get());
                                  return below;
                                })
                            .get());
                    return all;
                  })
              .get(LONG);
      assertEquals(3, pids.stream().distinct().count(), pids::toString);
      assertFalse(pids.contains(pid()));
      awaitIdle(baton); // a task is counted after its future has been told
      assertEquals(3, baton.stats().succeeded());
    }
  }

  @Test
  void lambdasTravelBothWaysBetweenWorkers() throws Exception {
    try (Baton baton = open(2)) {
      int answer =
          baton
              .submit(
                  () -> {
                    int six = 6;
                    TaskFunction<Integer, Integer> times = n -> n * six;
                    TaskFuture<TaskFunction<Integer, Integer>> inner =
                        mine()
                            .submit(
                                () -> {
                                  int done = times.apply(6);
                                  return n -> n + done;
                                });
                    return inner.get().apply(6);
                  })
              .get(LONG);
      assertEquals(42, answer);
    }
  }

  /** An exception that this test alone knows. */
  static final class OddException extends Exception {
    @Serial private static final long serialVersionUID = 1L;

    OddException(String message) {
      super(message);
    }
  }

  @Test
  void theTasksOwnExceptionReachesTheWaiterWithItsPlace() throws Exception {
    try (Baton baton = open(1)) {
      List<String> seen =
          baton
              .submit(
                  () -> {
                    TaskFuture<Integer> inner =
                        mine()
                            .submit(
                                named("odd-one"),
                                () -> {
                                  throw new OddException("odd");
                                });
                    try {
                      inner.get();
                      return List.of("no exception");
                    } catch (ExecutionException failed) {
                      return List.of(
                          Objects.requireNonNull(failed.getCause()).getClass().getName(),
                          message(failed.getCause()),
                          message(failed));
                    }
                  })
              .get(LONG);
      assertEquals(List.of(OddException.class.getName(), "odd"), seen.subList(0, 2));
      assertTrue(seen.get(2).contains("odd-one"), seen::toString);
      assertTrue(seen.get(2).contains("worker-2 (pid "), seen::toString);
      assertEquals(1, baton.stats().failed());
    }
  }

  @Test
  void aLostWorkerIsToldToTheTaskThatWaits() throws Exception {
    try (Baton baton = open(1)) {
      String seen =
          baton
              .submit(
                  () -> {
                    TaskFuture<Void> inner =
                        mine().submit(named("fatal"), () -> Runtime.getRuntime().halt(9));
                    return inner.exception(LONG) + "";
                  })
              .get(LONG);
      assertTrue(seen.startsWith(WorkerLostException.class.getName()), seen);
      assertTrue(seen.contains("fatal") && seen.contains("exit code 9"), seen);
    }
  }

  @Test
  void whatWasSubmittedGoesOnWhenItsSubmittersWorkerDies() throws Exception {
    Signal gate = signal;
    try (Baton baton = open(1)) {
      TaskFuture<Void> outer =
          baton.submit(
              () -> {
                mine()
                    .submit(
                        () -> {
                          gate.count();
                          gate.await();
                          gate.append("went on");
                        });
                Runtime.getRuntime().halt(9);
              });
      assertInstanceOf(WorkerLostException.class, failureOf(outer));
      gate.awaitTotal(1);
      gate.open();
      awaitIdle(baton);
      assertEquals(List.of("went on"), gate.lines());
    }
  }

  @Test
  void membersOfAGroupAreCancelledWhenTheWorkerDiesThatOpenedIt() throws Exception {
    Signal gate = signal;
    try (Baton baton = open(2)) {
      TaskFuture<Void> outer =
          baton.submit(
              () -> {
                try (TaskGroup group = mine().group()) {
                  group.submit(() -> waitsToBeStopped(gate));
                  group.submit(() -> gate.append("began, too"));
                  gate.awaitTotal(1);
                  Runtime.getRuntime().halt(9);
                }
              });
      assertInstanceOf(WorkerLostException.class, failureOf(outer));
      awaitIdle(baton); // though nobody opens the gate
      assertEquals(List.of("stopped"), gate.lines());
    }
  }

  @Test
  void membersOfAGroupAreCancelledWhenTheBodyThatOpenedItIsKilled() throws Exception {
    Signal gate = signal;
    try (Baton baton = open(2)) {
      TaskFuture<Void> outer = baton.submit(() -> joinsAGroup(gate));
      gate.awaitTotal(1);
      outer.cancel(CancelMode.KILL);
      awaitIdle(baton);
      assertEquals(List.of("stopped"), gate.lines());
    }
  }

  @Test
  void aTimeoutOfTheBodyThatOpenedAGroupStopsItsMembers() throws Exception {
    Signal gate = signal;
    try (Baton baton = open(2)) {
      TaskFuture<Void> outer =
          baton.submit(TaskOptions.none().timeout(Duration.ofSeconds(2)), () -> joinsAGroup(gate));
      gate.awaitTotal(1);
      assertInstanceOf(TaskTimeoutException.class, failureOf(outer));
      awaitIdle(baton);
      assertEquals(List.of("stopped"), gate.lines());
    }
  }

  private static void joinsAGroup(Signal gate) throws Exception {
    try (TaskGroup group = mine().group()) {
      group.submit(() -> waitsToBeStopped(gate));
      group.join();
    }
  }

  private static void waitsToBeStopped(Signal gate) throws InterruptedException {
    gate.count();
    try {
      gate.await();
    } catch (InterruptedException stop) {
      gate.append("stopped");
      throw stop;
    }
  }

  @Test
  void aWorkerThatDiesWhileItsBodyWaitsGivesBackWhatItHasLent() throws Exception {
    Signal gate = signal;
    try (Baton baton = open(1)) {
      TaskFuture<Void> outer =
          baton.submit(
              () -> {
                long waiter = pid();
                mine()
                    .submit(
                        () -> {
                          gate.count();
                          ProcessHandle.of(waiter).ifPresent(ProcessHandle::destroyForcibly);
                          gate.await();
                        })
                    .get();
              });
      gate.awaitTotal(1);
      assertInstanceOf(WorkerLostException.class, failureOf(outer));
      Awaitility.await().atMost(LONG).until(() -> baton.stats().lent() == 0);
      TaskFuture<Integer> next = baton.submit(() -> 1);
      Thread.sleep(50);
      assertFalse(next.isDone(), "the one slot is the borrower's");
      gate.open();
      assertEquals(1, next.get(LONG));
      awaitIdle(baton);
      TaskFuture<Integer> again = baton.submit(() -> mine().submit(() -> 7).get());
      assertEquals(7, again.get(LONG));
    }
  }

  @Test
  void workersThatNobodyNeedsAnyMoreLeave() throws Exception {
    try (Baton baton = open(1)) {
      assertEquals(1, baton.submit(() -> mine().submit(() -> 1).get()).get(LONG));
      assertEquals(2, workersOf(baton), "one has been added");
      Awaitility.await().atMost(LONG).until(() -> workersOf(baton) == 1);
      assertEquals(1, baton.submit(() -> 1).get(LONG));
    }
  }

  private static long workersOf(Baton baton) {
    return baton.dump().lines().filter(line -> line.startsWith("worker-")).count();
  }

  @Test
  void aPendingNestedTaskThatIsCancelledNeverRuns() throws Exception {
    Signal gate = signal;
    try (Baton baton = open(1)) {
      TaskFuture<List<Boolean>> outer =
          baton.submit(
              () -> {
                TaskFuture<Void> pending = mine().submit(() -> gate.append("it ran"));
                boolean cancelled = pending.cancel(CancelMode.IF_PENDING);
                pending.terminated().get();
                return List.of(cancelled, pending.isCancelled());
              });
      assertEquals(List.of(true, true), outer.get(LONG));
      awaitIdle(baton);
      assertEquals(List.of(), gate.lines());
      assertEquals(1, baton.stats().cancelled());
    }
  }

  @Test
  void aRunningNestedTaskCanBeSeenAndStopped() throws Exception {
    try (Baton baton = open(2)) {
      TaskFuture<List<Object>> outer =
          baton.submit(
              () -> {
                TaskFuture<Void> inner = mine().submit(() -> Thread.sleep(60_000));
                Awaitility.await().atMost(LONG).until(inner::isRunning);
                boolean ifPending = inner.cancel(CancelMode.IF_PENDING);
                String worker = String.valueOf(inner.info().worker());
                boolean stopped = inner.cancel(CancelMode.INTERRUPT);
                inner.terminated().get();
                return List.of(ifPending, worker.startsWith("worker-"), stopped);
              });
      assertEquals(List.of(false, true, true), outer.get(LONG));
      awaitIdle(baton);
      assertEquals(1, baton.stats().cancelled());
    }
  }

  private static void ignoresInterrupts(Signal gate) {
    gate.append(String.valueOf(pid()));
    gate.count();
    boolean isStopped = false;
    while (!isStopped) {
      try {
        gate.await();
        isStopped = true;
      } catch (InterruptedException ignored) {
        gate.count();
      }
    }
  }

  private static boolean isAlive(String pid) {
    return ProcessHandle.of(Long.parseLong(pid)).map(ProcessHandle::isAlive).orElse(false);
  }

  @Test
  void aRunningNestedTaskThatIgnoresItsInterruptCanBeKilled() throws Exception {
    Signal gate = signal;
    try (Baton baton = Baton.open(options(2).grace(LONG))) {
      TaskFuture<Boolean> outer =
          baton.submit(
              () -> {
                TaskFuture<Void> inner = mine().submit(() -> ignoresInterrupts(gate));
                Awaitility.await().atMost(LONG).until(inner::isRunning);
                gate.awaitTotal(1);
                inner.cancel(CancelMode.INTERRUPT);
                gate.awaitTotal(2);
                inner.cancel(CancelMode.KILL);
                inner.terminated().get(Duration.ofSeconds(10));
                return isAlive(gate.lines().getFirst());
              });
      assertFalse(outer.get(LONG));
    }
  }

  @Test
  void aNestedTaskIsNotTerminatedBeforeItsBodyHoweverOftenItIsCancelled() throws Exception {
    Signal gate = signal;
    try (Baton baton = Baton.open(options(2).grace(LONG))) {
      TaskFuture<List<Boolean>> outer =
          baton.submit(
              () -> {
                TaskFuture<Void> inner = mine().submit(() -> ignoresInterrupts(gate));
                gate.awaitTotal(1);
                inner.cancel(CancelMode.INTERRUPT);
                gate.awaitTotal(2);
                inner.cancel(CancelMode.INTERRUPT);
                boolean isTerminated = inner.terminated().isDone();
                inner.cancel(CancelMode.KILL);
                inner.terminated().get(Duration.ofSeconds(10));
                return List.of(isTerminated, isAlive(gate.lines().getFirst()));
              });
      assertEquals(List.of(false, false), outer.get(LONG));
    }
  }

  @Test
  void aNestedTaskThatIsInterruptedTwiceTerminates() throws Exception {
    try (Baton baton = open(2)) {
      TaskFuture<Void> outer =
          baton.submit(
              () -> {
                for (int round = 0; round < 50; round++) {
                  TaskFuture<Void> inner = mine().submit(() -> Thread.sleep(60_000));
                  Awaitility.await().atMost(LONG).until(inner::isRunning);
                  inner.cancel(CancelMode.INTERRUPT);
                  inner.cancel(CancelMode.INTERRUPT); // its body may be over by now
                  inner.terminated().get(Duration.ofSeconds(10));
                }
              });
      assertNull(outer.get(LONG));
    }
  }

  @Test
  void aNestedTaskThatIsRetriedKnowsItsAttempt() throws Exception {
    try (Baton baton = open(1)) {
      int attempts =
          baton
              .submit(
                  () ->
                      mine()
                          .submit(
                              TaskOptions.none().retries(3, Duration.ZERO, any -> true),
                              () -> {
                                int attempt = TaskContext.current().attempt();
                                if (attempt < 3) {
                                  throw new IllegalStateException("attempt " + attempt);
                                }
                                return attempt;
                              })
                          .get())
              .get(LONG);
      assertEquals(3, attempts);
    }
  }

  @Test
  void aNestedTaskThatIsRetriedIsBegunNoMoreOftenThoughItIsIdempotent() throws Exception {
    Signal attempts = signal;
    try (Baton baton = open(1)) {
      TaskFuture<Integer> outer =
          baton.submit(
              () ->
                  mine()
                      .submit(
                          TaskOptions.none().idempotent().retries(1),
                          () -> {
                            attempts.append("attempt " + TaskContext.current().attempt());
                            Runtime.getRuntime().halt(9);
                            return 0;
                          })
                      .get());
      assertInstanceOf(ExecutionException.class, failureOf(outer));
      assertEquals(List.of("attempt 1", "attempt 2"), attempts.lines());
    }
  }

  @Test
  void aNestedTaskHasNoMoreTimeThanItsSubmitter() throws Exception {
    try (Baton baton = open(2)) {
      TaskFuture<Boolean> outer =
          baton.submit(
              TaskOptions.none().deadline(Duration.ofMinutes(1)),
              () ->
                  mine()
                          .submit(TaskOptions.none().deadline(Duration.ofHours(1)), () -> left())
                          .get()
                          .compareTo(Duration.ofMinutes(1))
                      <= 0);
      assertTrue(outer.get(LONG));
    }
  }

  private static Duration left() {
    return Duration.between(
        Instant.now(), Objects.requireNonNull(TaskContext.current().deadline()));
  }

  @Test
  void timeoutsOfNestedTasksCount() throws Exception {
    try (Baton baton = Baton.open(options(1).timeout(Duration.ofSeconds(2)))) {
      TaskFuture<String> outer =
          baton.submit(
              TaskOptions.none().timeout(LONG),
              () -> {
                TaskFuture<Void> slow = mine().submit(() -> Thread.sleep(60_000));
                TaskFuture<Void> slower =
                    mine()
                        .submit(
                            TaskOptions.none().timeout(Duration.ofMillis(200)),
                            () -> Thread.sleep(60_000));
                return slow.exception(LONG) + " " + slower.exception(LONG);
              });
      String seen = outer.get(LONG);
      assertEquals(2, seen.split(TaskTimeoutException.class.getSimpleName(), -1).length - 1, seen);
      assertTrue(seen.contains("PT2S") && seen.contains("PT0.2S"), seen);
    }
  }

  @Test
  void aNestedTaskIsNotBegunAgainAfterItsTimeout() throws Exception {
    Signal told = signal;
    List<Kind> kinds;
    try (Baton baton = open(3)) {
      TaskFuture<List<Kind>> outer =
          baton.submit(
              () -> {
                TaskOptions options = TaskOptions.none().timeout(Duration.ofMillis(300)).retries(1);
                List<TaskFuture<Void>> all = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                  String begun = "begun " + i;
                  all.add(mine().submit(options, () -> saysAndSleeps(told, begun)));
                }
                List<Kind> found = new ArrayList<>();
                for (TaskFuture<Void> each : all) {
                  found.add(kindOf(each));
                }
                return found;
              });
      kinds = outer.get(Duration.ofSeconds(40));
    }
    assertEquals(Collections.nCopies(20, Kind.RUN), kinds);
    assertEquals(20, told.lines().size(), () -> told.lines().toString());
    assertEquals(20, told.lines().stream().distinct().count());
  }

  private static void saysAndSleeps(Signal told, String what) throws InterruptedException {
    told.append(what);
    Thread.sleep(60_000);
  }

  @Test
  void theTimeLimitOfAnotherThatANestedBodyThrowsIsTriedAgain() throws Exception {
    try (Baton baton = open(2)) {
      TaskFuture<Integer> outer =
          baton.submit(
              () ->
                  mine()
                      .submit(
                          TaskOptions.none().timeout(LONG).retries(1),
                          () -> {
                            int attempt = TaskContext.current().attempt();
                            if (attempt == 1) {
                              throw new TaskTimeoutException("another was slow", Kind.RUN);
                            }
                            return attempt;
                          })
                      .get());
      assertEquals(2, outer.get(LONG));
    }
  }

  private static int attemptAfterTheFirst(TaskOptions limited) throws Exception {
    return mine()
        .submit(
            limited.idempotent().retries(1),
            () -> {
              int attempt = TaskContext.current().attempt();
              if (attempt == 1) {
                Thread.sleep(60_000);
              }
              return attempt;
            })
        .get();
  }

  @Test
  void anIdempotentNestedTaskIsTriedAgainAfterItsTimeout() throws Exception {
    try (Baton baton = open(2)) {
      TaskFuture<Integer> outer =
          baton.submit(
              () -> attemptAfterTheFirst(TaskOptions.none().timeout(Duration.ofMillis(500))));
      assertEquals(2, outer.get(LONG));
    }
  }

  @Test
  void anIdempotentNestedTaskIsTriedAgainAfterItStalled() throws Exception {
    try (Baton baton = open(2)) {
      TaskFuture<Integer> outer =
          baton.submit(
              () -> attemptAfterTheFirst(TaskOptions.none().stallTimeout(Duration.ofMillis(500))));
      assertEquals(2, outer.get(LONG));
    }
  }

  private static TaskOptions watched() {
    return TaskOptions.none().stallTimeout(Duration.ofSeconds(1));
  }

  private static Kind kindOf(TaskFuture<?> future) throws Exception {
    return assertInstanceOf(TaskTimeoutException.class, failureOf(future)).kind();
  }

  @Test
  void aNestedTaskThatFallsSilentStallsAndIsStopped() throws Exception {
    Signal gate = signal;
    try (Baton baton = open(1)) {
      TaskFuture<Kind> outer =
          baton.submit(() -> kindOf(mine().submit(watched(), () -> waitsToBeStopped(gate))));
      assertEquals(Kind.STALL, outer.get(LONG));
      awaitIdle(baton); // though nobody opens the gate
      assertEquals(List.of("stopped"), gate.lines());
    }
  }

  @Test
  void aNestedTaskStallsOnceItsStallTimeoutIsUpAndNoLater() throws Exception {
    Signal gate = signal;
    try (Baton baton = open(2)) {
      TaskFuture<Duration> outer =
          baton.submit(
              () -> {
                mine().submit(() -> 1).get(); // so that there is a worker for the next
                TaskOptions options = TaskOptions.none().stallTimeout(Duration.ofSeconds(2));
                Instant submitted = Instant.now();
                kindOf(mine().submit(options, () -> waitsToBeStopped(gate)));
                return Duration.between(submitted, Instant.now());
              });
      Duration taken = outer.get(LONG);
      assertTrue(taken.compareTo(Duration.ofMillis(3_500)) < 0, taken::toString);
    }
  }

  @Test
  void aNestedTaskThatTellsOfItsProgressDoesNotStall() throws Exception {
    try (Baton baton = open(1)) {
      TaskFuture<Integer> outer =
          baton.submit(() -> mine().submit(watched(), () -> tellFor(Duration.ofSeconds(2))).get());
      assertTrue(outer.get(LONG) > 0);
    }
  }

  private static int tellFor(Duration time) throws InterruptedException {
    long start = System.nanoTime();
    int told = 0;
    while (System.nanoTime() - start < time.toNanos()) {
      TaskContext.current().progress(told++, -1, null);
      Thread.sleep(50);
    }
    return told;
  }

  @Test
  void aNestedTaskThatWaitsTooLongBehindAnotherNeverBegins() throws Exception {
    Signal gate = signal;
    try (Baton baton = open(1)) {
      TaskFuture<Kind> outer =
          baton.submit(
              () -> {
                mine()
                    .submit(
                        () -> {
                          gate.count();
                          gate.await();
                        });
                TaskOptions impatient = TaskOptions.none().queueTimeout(Duration.ofMillis(300));
                return kindOf(mine().submit(impatient, () -> gate.append("it ran")));
              });
      Throwable failure = outer.exception(LONG);
      gate.open(); // the other has the slot that its submitter lent
      assertNull(failure);
      assertEquals(Kind.QUEUE, outer.resultNow());
      awaitIdle(baton);
      assertEquals(List.of(), gate.lines());
    }
  }

  @Test
  void aNestedTaskWhoseTimeIsUpWhileItIsSubmittedDoesNotRunOn() throws Exception {
    Signal gate = signal;
    try (Baton baton = open(2)) {
      TaskFuture<Void> outer =
          baton.submit(
              () -> {
                TaskOptions atOnce = TaskOptions.none().queueTimeout(Duration.ofNanos(1));
                for (int round = 0; round < 50; round++) {
                  TaskFuture<Void> inner = mine().submit(atOnce, () -> gate.await());
                  if (!inner.isDone()) {
                    inner.cancel(CancelMode.INTERRUPT); // its time was up too late: it has begun
                  }
                }
              });
      assertNull(outer.get(LONG));
      awaitIdle(baton); // though nobody opens the gate
    }
  }

  @Test
  void afterAShutdownNestedTasksAreRejectedWithTheExecutorsState() throws Exception {
    Signal gate = signal;
    try (Baton baton = open(1)) {
      TaskFuture<String> outer =
          baton.submit(
              () -> {
                gate.count();
                gate.await();
                boolean isShutdown = mine().isShutdown();
                try {
                  mine().submit(named("late"), () -> 1);
                  return "accepted";
                } catch (TaskRejectedException rejected) {
                  return isShutdown + " " + message(rejected);
                }
              });
      gate.awaitTotal(1);
      baton.shutdown();
      gate.open();
      String seen = outer.get(LONG);
      assertTrue(seen.startsWith("true ") && seen.contains("late"), seen);
      assertTrue(seen.contains(baton.name() + " on process, shutting down"), seen);
    }
  }

  @Test
  void aShutdownThatCancelsWhatIsPendingReachesTheTaskThatWaitsForIt() throws Exception {
    try (Baton baton = Baton.open(options(1).limit(1))) {
      TaskFuture<String> outer =
          baton.submit(
              () -> {
                TaskFuture<Integer> inner = mine().submit(named("inner"), () -> 1);
                mine().shutdown(ShutdownMode.CANCEL_PENDING);
                try {
                  return "" + inner.get();
                } catch (CancellationException cancelled) {
                  return message(cancelled);
                }
              });
      String seen = outer.get(LONG);
      assertTrue(seen.contains("inner") && seen.contains("shutdown"), seen);
    }
  }

  @Test
  void whatCannotBeEncodedFailsInItsSubmittersHands() throws Exception {
    try (Baton baton = open(1)) {
      TaskFuture<String> outer =
          baton.submit(
              () -> {
                Thread notToTravel = Thread.currentThread();
                return mine().submit(() -> notToTravel.getName()).exception(LONG) + "";
              });
      String seen = outer.get(LONG);
      assertTrue(seen.startsWith(TaskEncodingException.class.getName()), seen);
      assertEquals(1, baton.stats().submitted(), "the executor never saw it");
    }
  }

  @Test
  void progressOfANestedTaskIsHeardByItsSubmitter() throws Exception {
    Signal gate = signal;
    try (Baton baton = open(2)) {
      TaskFuture<Long> outer =
          baton.submit(
              () -> {
                List<Long> heard = new CopyOnWriteArrayList<>();
                TaskFuture<Void> inner =
                    mine()
                        .submit(
                            () -> {
                              gate.await();
                              TaskContext.current().progress(5, 10, "half");
                            });
                inner.onProgress(progress -> heard.add(progress.done()));
                gate.open();
                inner.get();
                Awaitility.await().atMost(LONG).until(() -> !heard.isEmpty());
                return heard.getFirst();
              });
      assertEquals(5, outer.get(LONG));
    }
  }

  @Test
  void clientsOfNestedTasksAndOfTheParentDoNotMix() throws Exception {
    try (Baton baton = open(1)) {
      Function<Integer, TaskFuture<String>> outside =
          baton.bind(() -> "outside", (String client, Integer n) -> client + n);
      assertEquals("outside1", outside.apply(1).get(LONG));
      Task<String> body =
          () -> {
            Function<Integer, TaskFuture<Integer>> inside =
                mine().bind(() -> 40, (Integer client, Integer n) -> client + n);
            return "" + inside.apply(2).get();
          };
      assertEquals("42", baton.submit(body).get(LONG));
      assertEquals("outside2", outside.apply(2).get(LONG));
    }
  }

  @Test
  void aLargeValueGoesFromWorkerToWorker() throws Exception {
    try (Baton baton = open(2)) {
      TaskFuture<Integer> outer =
          baton.submit(
              () -> {
                byte[] large = new byte[1_000_000];
                large[999_999] = 7;
                return mine().submit(bytes -> bytes.clone(), large).get()[999_999] + 0;
              });
      assertEquals(7, outer.get(LONG));
    }
  }

  @Test
  void onTheCheckedTransportItIsTheSame() throws Exception {
    try (Baton baton = Baton.open(options(1).transport(ProcessOptions.Transport.STREAMS))) {
      assertEquals(42, baton.submit(() -> mine().submit(() -> 42).get()).get(LONG));
    }
  }

  @Test
  void aNameAndAnIdTellWhoseTaskItIs() throws Exception {
    try (Baton baton = open(1)) {
      String name =
          baton
              .submit(
                  named("parent"), () -> mine().submit(() -> TaskContext.current().name()).get())
              .get(LONG);
      assertEquals("parent.1", name);
      assertNotEquals(0, baton.stats().submitted());
      assertNull(baton.submit(() -> {}).get(LONG));
    }
  }
}
