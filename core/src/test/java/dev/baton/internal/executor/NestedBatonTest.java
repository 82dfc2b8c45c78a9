package dev.baton.internal.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Action;
import dev.baton.Baton;
import dev.baton.CancelMode;
import dev.baton.GroupOptions;
import dev.baton.ShutdownMode;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskGroup;
import dev.baton.TaskOptions;
import dev.baton.TaskRejectedException;
import dev.baton.TaskTimeoutException;
import dev.baton.internal.task.SubmittedTask;
import dev.baton.spi.Outcome;
import dev.baton.spi.RemoteExecutor;
import dev.baton.spi.Slot;
import dev.baton.spi.TaskRun;
import dev.baton.spi.WorkerScope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An executor that is elsewhere, as the tasks see it that run here. */
@Timeout(60)
@SuppressWarnings("serial") // these tasks stay in this JVM
class NestedBatonTest {

  /** Keeps what it is given, and lends what it is asked for. */
  private static final class Elsewhere implements RemoteExecutor, Slot {
    final List<TaskRun> runs = new CopyOnWriteArrayList<>();
    final List<String> said = new ArrayList<>();
    @Nullable String refusal;
    @Nullable Duration timeout;
    volatile OptionalLong begunAt = OptionalLong.empty();

    /** What else happens while it is told of a cancel. */
    Consumer<TaskRun> whileStopped = run -> {};

    /** Tells of each cancel that it was told. */
    final List<String> stopped = new CopyOnWriteArrayList<>();

    /** Opened when a second attempt is being submitted. */
    final CountDownLatch isTriedAgain = new CountDownLatch(1);

    /** Holds the submission of a second attempt. */
    final CountDownLatch answer = new CountDownLatch(1);

    @Override
    public String name() {
      return "reports";
    }

    @Override
    public String backend() {
      return "far";
    }

    @Override
    public @Nullable Duration timeout() {
      return timeout;
    }

    @Override
    public boolean ownsClaim() {
      return true;
    }

    @Override
    public OptionalLong begunAt(TaskRun run) {
      return begunAt;
    }

    @Override
    public void prepare(TaskRun run) {
      if (refusal != null) {
        throw new TaskRejectedException(refusal);
      }
      if (run.attempt() > 1) {
        isTriedAgain.countDown();
        try {
          answer.await();
        } catch (InterruptedException unexpected) {
          throw new AssertionError(unexpected);
        }
      }
    }

    @Override
    public Withdrawal cancel(TaskRun run, CancelMode mode) {
      whileStopped.accept(run);
      stopped.add(mode + " of " + run.name() + ", attempt " + run.attempt());
      return Withdrawal.BEGUN;
    }

    @Override
    public void start(TaskRun run) {
      runs.add(run);
    }

    @Override
    public boolean isShutdown() {
      return said.contains("NOW");
    }

    @Override
    public void shutdown(ShutdownMode mode) {
      said.add(mode.name());
    }

    @Override
    public void shutdownNow() {
      said.add("NOW");
    }

    @Override
    public void close() {
      throw new AssertionError("It is never closed.");
    }

    @Override
    public boolean lend(long awaited, String description) {
      said.add("lend for " + awaited + " " + description);
      // what is waited for comes about while the slot is lent
      runs.getLast().complete(new Outcome.Success(42));
      return true;
    }

    @Override
    public void resume() {
      said.add("resume");
    }
  }

  private final Elsewhere elsewhere = new Elsewhere();
  private final Baton baton = WorkerScope.open(elsewhere);

  /** What a task here knows of itself. */
  private record Context(@Nullable Instant deadline, Baton baton) implements TaskContext {

    @Override
    public long id() {
      return 7;
    }

    @Override
    public String name() {
      return "report";
    }

    @Override
    public int attempt() {
      return 1;
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public void onCancel(Action hook) {}

    @Override
    public void progress(long done, long total, @Nullable String message) {}

    @Override
    public <R> R resource(Class<R> type) {
      throw new IllegalArgumentException(type.getName());
    }
  }

  private void asTask(@Nullable Instant deadline, Action body) throws Exception {
    try (WorkerScope scope = new WorkerScope(Map.of())) {
      scope.call(
          new Context(deadline, baton),
          elsewhere,
          () -> {
            body.perform();
            return "";
          });
    }
  }

  @Test
  void aTaskIsElsewhereWhenItsSubmissionReturns() throws Exception {
    TaskFuture<Integer> future = baton.submit(() -> 1);
    elsewhere.runs.getFirst().started("worker-2", System.nanoTime());
    assertTrue(future.isRunning());
    elsewhere.runs.getFirst().complete(new Outcome.Success(2));
    assertEquals(2, future.get());
    assertEquals("reports", future.info().executor());
    assertEquals("far", future.info().backend());
    assertEquals("worker-2", future.info().worker());
  }

  @Test
  void whatIsRejectedThereIsRejectedHere() {
    elsewhere.refusal = "full";
    TaskRejectedException rejected =
        assertThrows(TaskRejectedException.class, () -> baton.submit(() -> 1));
    assertEquals("full", rejected.getMessage());
    assertEquals(List.of(), elsewhere.runs);
  }

  @Test
  void whatIsWithdrawnHereWhileItIsSubmittedIsStoppedThere() throws Exception {
    TaskFuture<Integer> future = baton.submit(TaskOptions.none().name("twice").retries(1), () -> 1);
    elsewhere.runs.getFirst().complete(new Outcome.Failure(new IllegalStateException("again")));
    elsewhere.isTriedAgain.await();
    assertTrue(future.cancel(CancelMode.IF_PENDING));
    future.terminated().join();
    assertEquals(List.of(), elsewhere.stopped, "it may not be there yet");
    elsewhere.answer.countDown();
    Awaitility.await()
        .untilAsserted(
            () -> assertEquals(List.of("INTERRUPT of twice, attempt 2"), elsewhere.stopped));
    assertEquals(1, elsewhere.runs.size(), "nobody waits for it");
  }

  /** Submits a task whose second attempt begins as soon as the first has failed. */
  private TaskFuture<Integer> submitTwice(TaskOptions options) {
    elsewhere.answer.countDown();
    return baton.submit(options.name("twice").idempotent().retries(1), () -> 1);
  }

  private void failTheFirst() {
    elsewhere.runs.getFirst().complete(new Outcome.Failure(new IllegalStateException("again")));
    Awaitility.await().until(() -> elsewhere.runs.size() == 2);
  }

  @Test
  void anAttemptThatFailsWhileItIsStoppedIsMeantAndNotTheNext() throws Exception {
    elsewhere.begunAt = OptionalLong.of(System.nanoTime());
    elsewhere.whileStopped =
        run -> {
          elsewhere.begunAt = OptionalLong.empty();
          failTheFirst();
        };
    TaskFuture<Integer> future = submitTwice(TaskOptions.none().timeout(Duration.ofMillis(20)));
    Awaitility.await()
        .untilAsserted(
            () -> assertEquals(List.of("INTERRUPT of twice, attempt 1"), elsewhere.stopped));
    elsewhere.runs.getLast().complete(new Outcome.Success(2));
    assertEquals(2, future.get());
  }

  @Test
  void theStopOfAnAttemptThatIsOverStopsNothing() throws Exception {
    TaskFuture<Integer> future = submitTwice(TaskOptions.none());
    failTheFirst();
    SubmittedTask<?> task = assertInstanceOf(SubmittedTask.class, future);
    task.owner().stopSent(task, 1, CancelMode.INTERRUPT);
    assertEquals(List.of(), elsewhere.stopped);
    task.owner().stopSent(task, 2, CancelMode.INTERRUPT);
    assertEquals(List.of("INTERRUPT of twice, attempt 2"), elsewhere.stopped);
    elsewhere.runs.getLast().complete(new Outcome.Success(2));
    assertEquals(2, future.get());
  }

  @Test
  void whatIsCancelledThereIsCancelledHere() {
    TaskFuture<Integer> future = baton.submit(() -> 1);
    elsewhere.runs.getFirst().complete(new Outcome.Cancelled("shut down"));
    assertEquals(Future.State.CANCELLED, future.state());
    assertEquals("shut down", assertThrows(CancellationException.class, future::join).getMessage());
  }

  @Test
  void aWaitInATaskLendsItsSlotByTheIdOfWhatItWaitsFor() throws Exception {
    asTask(
        null,
        () -> {
          TaskFuture<Integer> future = baton.submit(TaskOptions.none().name("part"), () -> 1);
          assertEquals(42, future.get());
          assertEquals(
              List.of("lend for " + future.info().id() + " part", "resume"), elsewhere.said);
        });
  }

  @Test
  void aJoinOfAGroupInATaskLendsItsSlot() throws Exception {
    asTask(
        null,
        () -> {
          try (TaskGroup group = baton.group()) {
            TaskFuture<Integer> member = group.submit(() -> 1);
            group.join();
            assertEquals(42, member.resultNow());
          }
          assertEquals(List.of("lend for 0 report.1", "resume"), elsewhere.said);
        });
  }

  @Test
  void aGroupThatATaskLeavesOpenEndsWithIt() throws Exception {
    List<TaskFuture<Integer>> members = new ArrayList<>();
    asTask(null, () -> members.add(baton.group().submit(() -> 1)));
    Awaitility.await().until(members.getFirst()::isCancelled);
    elsewhere.runs.getFirst().complete(new Outcome.Cancelled("stopped"));
  }

  @Test
  void noSlotIsLentForWhatIsDoneOrOfNoConcern() throws Exception {
    asTask(
        null,
        () -> {
          TaskFuture<Integer> done = baton.submit(() -> 1);
          elsewhere.runs.getFirst().complete(new Outcome.Success(1));
          done.get();
          try (Baton other = Baton.open("threads")) {
            other.submit(() -> 2).get();
          }
        });
    assertEquals(List.of(), elsewhere.said);
  }

  @Test
  void outsideATaskNothingIsLent() throws Exception {
    TaskFuture<Integer> future = baton.submit(() -> 1);
    Thread.startVirtualThread(() -> elsewhere.runs.getFirst().complete(new Outcome.Success(3)));
    assertEquals(3, future.get());
    assertEquals(List.of(), elsewhere.said);
  }

  @Test
  void aTaskOfATaskIsNamedAfterItAndHasNoMoreTime() throws Exception {
    asTask(
        Instant.now().plusSeconds(30),
        () -> {
          baton.submit(() -> 1);
          baton.submit(TaskOptions.none().name("own").deadline(Duration.ofSeconds(5)), () -> 1);
        });
    TaskOptions first = elsewhere.runs.getFirst().options();
    assertEquals("report.1", first.name());
    Duration deadline = first.deadline();
    assertTrue(deadline != null && deadline.compareTo(Duration.ofSeconds(30)) <= 0);
    assertEquals("own", elsewhere.runs.getLast().options().name());
    assertEquals(Duration.ofSeconds(5), elsewhere.runs.getLast().options().deadline());
    elsewhere.runs.forEach(run -> run.complete(new Outcome.Success(1)));
  }

  @Test
  void aMemberOfAGroupHasNoMoreTimeThanTheGroup() throws Exception {
    GroupOptions options = GroupOptions.none().deadline(Duration.ofSeconds(20));
    asTask(
        Instant.now().plusSeconds(30),
        () -> {
          try (TaskGroup group = baton.group(options)) {
            group.submit(() -> 1);
            elsewhere.runs.getFirst().complete(new Outcome.Success(1));
            group.join();
          }
        });
    Duration deadline = elsewhere.runs.getFirst().options().deadline();
    assertTrue(deadline != null && deadline.compareTo(Duration.ofSeconds(20)) <= 0);
  }

  @Test
  void theDefaultTimeoutIsThatOfTheExecutor() throws Exception {
    elsewhere.timeout = Duration.ofMillis(20);
    elsewhere.begunAt = OptionalLong.of(System.nanoTime());
    TaskFuture<Integer> future = WorkerScope.open(elsewhere).submit(() -> 1);
    assertInstanceOf(TaskTimeoutException.class, future.exception(Duration.ofSeconds(20)));
    elsewhere.runs.getFirst().complete(new Outcome.Success(1));
  }

  @Test
  void itIsShutDownElsewhereAndNeverClosedFromHere() throws Exception {
    baton.shutdown();
    baton.shutdown(ShutdownMode.TERMINATE);
    assertFalse(baton.isShutdown());
    assertEquals(List.of(), baton.shutdownNow());
    assertTrue(baton.isShutdown());
    assertFalse(baton.isTerminated());
    assertEquals(List.of("DRAIN", "TERMINATE", "NOW"), elsewhere.said);
    assertThrows(IllegalStateException.class, baton::close);
    asTask(
        null,
        () -> {
          String refused =
              String.valueOf(assertThrows(IllegalStateException.class, baton::close).getMessage());
          assertTrue(refused.contains("report") && refused.contains("reports"), refused);
          assertSame(baton, TaskContext.current().baton());
        });
  }

  @Test
  void itTellsOfItselfAsTheExecutorDoes() {
    assertEquals("reports", baton.name());
    assertEquals(elsewhere.capabilities(), baton.capabilities());
    assertTrue(baton.toString().contains("reports on far"), baton::toString);
    assertTrue(baton.dump().contains("reports on far"), baton::dump);
    assertEquals(0, baton.stats().submitted());
  }
}
