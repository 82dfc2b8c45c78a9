package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Action;
import dev.baton.Baton;
import dev.baton.Task;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskInfo;
import dev.baton.TaskInfo.Phase;
import dev.baton.TaskOptions;
import dev.baton.TaskTimeoutException;
import dev.baton.TaskTimeoutException.Kind;
import dev.baton.event.BatonEvent;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Eventually;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import dev.baton.testkit.signal.Signal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A body that fails is tried again as often as its options say, and never more often. */
@Promise(Row.FACADE)
public interface RetryContract extends ContractTest {

  /** Never over within a test. */
  Duration LONG = Duration.ofMinutes(5);

  private static boolean isPausing(TaskInfo info) {
    return info.attempt() == 2 && info.phase() == Phase.PENDING;
  }

  private static TaskOptions retries(int retries) {
    return TaskOptions.none().name("flaky").retries(retries);
  }

  /** Counts its attempts, and fails in all but the last. */
  private static Task<Integer> succeedingAt(int attempt, Signal attempts) {
    return () -> {
      int now = attempts.count();
      if (now < attempt) {
        throw new IOException("attempt " + now);
      }
      return TaskContext.current().attempt();
    };
  }

  private static Action failing(Signal attempts) {
    return () -> {
      throw new IOException("attempt " + attempts.count());
    };
  }

  @Test
  default void aBodyThatFailsIsTriedAgain(Fixture given) throws Exception {
    Signal attempts = given.signal();
    TaskFuture<Integer> future = given.open().submit(retries(5), succeedingAt(3, attempts));

    assertEquals(3, future.get(Failures.PATIENCE), "the body knows its attempt");
    assertEquals(3, attempts.total());
    assertEquals(3, future.info().attempt());
    assertEquals(Phase.SUCCESS, future.info().phase());
  }

  @Test
  default void theLastFailureIsTheFutures(Fixture given) {
    Signal attempts = given.signal();
    TaskFuture<Void> future = given.open().submit(retries(2), failing(attempts));

    ExecutionException failed =
        assertThrows(ExecutionException.class, () -> future.get(Failures.PATIENCE));
    assertEquals("attempt 3", Failures.cause(failed).getMessage());
    assertEquals(0, Failures.cause(failed).getSuppressed().length);
    assertTrue(String.valueOf(failed.getMessage()).contains("after 3 attempts"), failed::toString);
    assertEquals(3, attempts.total());
  }

  @Test
  default void onlyWhatThePredicateAllowsIsTriedAgain(Fixture given) {
    Signal attempts = given.signal();
    TaskOptions onlyFirst =
        TaskOptions.none()
            .retries(5, Duration.ZERO, failure -> "attempt 1".equals(failure.getMessage()));
    TaskFuture<Void> future = given.open().submit(onlyFirst, failing(attempts));

    assertEquals("attempt 2", Failures.of(future).getMessage());
    assertEquals(2, attempts.total());
  }

  @Test
  default void aPredicateThatThrowsLeavesTheFailureAsItIs(Fixture given) {
    Signal attempts = given.signal();
    TaskOptions broken =
        TaskOptions.none()
            .retries(
                5,
                Duration.ZERO,
                failure -> {
                  throw new IllegalStateException("broken predicate");
                });
    assertEquals(
        "attempt 1", Failures.of(given.open().submit(broken, failing(attempts))).getMessage());
  }

  @Test
  default void errorsAreNotTriedAgainUnlessAskedFor(Fixture given) {
    Signal attempts = given.signal();
    Action asserting =
        () -> {
          throw new AssertionError("attempt " + attempts.count());
        };
    Baton baton = given.open();

    assertEquals("attempt 1", Failures.of(baton.submit(retries(3), asserting)).getMessage());
    TaskOptions all = TaskOptions.none().retries(1, Duration.ZERO, failure -> true);
    assertEquals("attempt 3", Failures.of(baton.submit(all, asserting)).getMessage());
  }

  @Test
  default void aStageThatFailsIsBegunAgain(Fixture given) throws Exception {
    Signal attempts = given.signal();
    TaskFuture<Integer> future =
        given
            .open()
            .submitAsync(
                retries(3),
                () -> {
                  int now = attempts.count();
                  return now < 3
                      ? CompletableFuture.failedFuture(new IOException("attempt " + now))
                      : CompletableFuture.completedFuture(now);
                });
    assertEquals(3, future.get(Failures.PATIENCE));
  }

  @Test
  default void aTaskInItsPauseIsPendingAndHoldsNoSlot(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Signal attempts = given.signal();
    TaskFuture<Void> pausing = baton.submit(TaskOptions.none().retries(1, LONG), failing(attempts));
    attempts.awaitTotal(1);

    assertEquals(42, baton.submit(() -> 42).get(Failures.PATIENCE));
    Eventually.holds("it is pending", () -> pausing.info().phase() == Phase.PENDING);
    assertEquals(2, pausing.info().attempt());
    assertFalse(pausing.isDone() || pausing.isRunning());
    Eventually.holds("it alone is unfinished", () -> baton.stats().pending() == 1);
    pausing.cancel(true);
  }

  @Test
  default void aPauseIsAsLongAsAskedFor(Fixture given) throws Exception {
    Duration pause = Duration.ofMillis(80);
    Signal attempts = given.signal();
    long begin = System.nanoTime();
    given
        .open()
        .submit(TaskOptions.none().retries(2, pause), succeedingAt(3, attempts))
        .get(Failures.PATIENCE);

    long took = System.nanoTime() - begin;
    assertTrue(took >= 3 * pause.toNanos(), () -> took + " ns; the second is twice the first");
  }

  @Test
  default void aCancelEndsThePause(Fixture given) throws Exception {
    Signal attempts = given.signal();
    TaskFuture<Void> future =
        given.open().submit(TaskOptions.none().retries(1, LONG), failing(attempts));
    Eventually.holds("the pause has begun", () -> isPausing(future.info()));

    assertTrue(future.cancel(true));
    Failures.assertCancelled(future);
    Failures.awaitBody(future);
    assertEquals(1, attempts.total());
  }

  @Test
  default void aCancelledBodyIsNotTriedAgain(Fixture given) throws Exception {
    Signal attempts = given.signal();
    Signal never = given.signal();
    TaskFuture<Void> future =
        given
            .open(Shape.atLeast(1))
            .submit(
                retries(5),
                () -> {
                  attempts.count();
                  never.await();
                });
    attempts.awaitTotal(1);
    future.cancel(true);
    Failures.awaitBody(future);
    assertEquals(1, attempts.total());
  }

  @Test
  default void closeWaitsForFurtherAttempts(Fixture given) {
    Baton baton = given.open();
    Signal attempts = given.signal();
    TaskFuture<Integer> future =
        baton.submit(
            TaskOptions.none().retries(2, Duration.ofMillis(30)), succeedingAt(3, attempts));
    baton.close();
    assertEquals(3, future.resultNow());
  }

  @Test
  default void shutdownNowReturnsWhatPauses(Fixture given) throws Exception {
    Baton baton = given.open();
    Signal attempts = given.signal();
    TaskFuture<Integer> future =
        baton.submit(TaskOptions.none().retries(1, LONG), succeedingAt(2, attempts));
    Eventually.holds("the pause has begun", () -> isPausing(future.info()));

    List<Runnable> returned = baton.shutdownNow();
    Failures.assertCancelled(future);
    Failures.awaitBody(future);
    assertEquals(1, returned.size());
    assertTrue(baton.awaitTermination(Failures.PATIENCE));
  }

  @Test
  default void whatFailsInAShutdownNowIsNotTriedAgain(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal attempts = given.signal();
    TaskFuture<Void> future =
        baton.submit(
            retries(3),
            () -> {
              int now = attempts.count();
              try {
                attempts.await();
              } catch (InterruptedException stop) {
                throw new IOException("attempt " + now, stop);
              }
            });
    attempts.awaitTotal(1);
    baton.shutdownNow();
    assertEquals("attempt 1", Failures.of(IOException.class, future).getMessage());
    Failures.awaitBody(future);
    assertTrue(baton.awaitTermination(Failures.PATIENCE));
    assertEquals(1, attempts.total());
  }

  @Test
  default void theDeadlineIsForAllAttempts(Fixture given) throws Exception {
    Signal attempts = given.signal();
    TaskOptions options = TaskOptions.none().retries(1, LONG).deadline(Duration.ofMillis(800));
    TaskFuture<Void> future = given.open().submit(options, failing(attempts));

    assertSame(Kind.DEADLINE, Failures.of(TaskTimeoutException.class, future).kind());
    Failures.awaitBody(future);
    assertEquals(1, attempts.total());
  }

  @Test
  default void aTimeoutIsTriedAgainIfTheTaskIsIdempotent(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal attempts = given.signal();
    Signal never = given.signal();
    Task<Integer> slowAtFirst =
        () -> {
          int now = attempts.count();
          if (now == 1) {
            never.await();
          }
          return now;
        };
    TaskOptions limited = retries(1).timeout(Duration.ofMillis(800));

    assertEquals(2, baton.submit(limited.idempotent(), slowAtFirst).get(Failures.PATIENCE));
    attempts.drop();
    TaskFuture<Integer> once = baton.submit(limited, slowAtFirst);
    assertSame(Kind.RUN, Failures.of(TaskTimeoutException.class, once).kind());
  }

  @Test
  default void eachAttemptHasTheWholeTimeout(Fixture given) throws Exception {
    Signal deadlines = given.signal();
    TaskOptions options = TaskOptions.none().timeout(LONG).retries(1, Duration.ofMillis(50));
    Task<Instant> once =
        () -> {
          Instant mine = Objects.requireNonNull(TaskContext.current().deadline());
          deadlines.append(mine.toString());
          if (deadlines.count() == 1) {
            throw new IOException("attempt 1");
          }
          return mine;
        };
    Instant second = given.open().submit(options, once).get(Failures.PATIENCE);
    Instant first = Instant.parse(deadlines.lines().getFirst());
    assertTrue(second.isAfter(first), () -> first + ", then " + second);
  }

  @Test
  default void theLastTimeoutIsTheFutures(Fixture given) throws Exception {
    Signal attempts = given.signal();
    Signal never = given.signal();
    TaskFuture<Void> future =
        given
            .open(Shape.atLeast(1))
            .submit(
                retries(1).timeout(Duration.ofMillis(400)).idempotent(),
                () -> {
                  attempts.count();
                  never.await();
                });
    assertSame(Kind.RUN, Failures.of(TaskTimeoutException.class, future).kind());
    Failures.awaitBody(future);
    assertEquals(2, future.info().attempt());
  }

  @Test
  default void listenersHearOfEachAttempt(Fixture given) throws Exception {
    ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
    Baton baton =
        given.open(
            Shape.any()
                .listener(
                    event -> {
                      if (event instanceof BatonEvent.TaskStarted started) {
                        heard.add("started " + started.task().attempt());
                      } else if (event instanceof BatonEvent.TaskRetried retried) {
                        heard.add("retried " + retried.failure().getMessage());
                      } else if (event instanceof BatonEvent.TaskDone done) {
                        heard.add("done " + done.task().attempt());
                      }
                    }));
    Signal attempts = given.signal();
    TaskFuture<Integer> future = baton.submit(retries(1), succeedingAt(2, attempts));
    future.get(Failures.PATIENCE);

    Eventually.holds("the last event", () -> heard.contains("done 2"));
    assertEquals(
        List.of("started 1", "retried attempt 1", "started 2", "done 2"), List.copyOf(heard));
    assertSame(Future.State.SUCCESS, future.state());
  }

  @Test
  default void aStallIsTriedAgainIfTheTaskIsIdempotent(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal attempts = given.signal();
    Signal never = given.signal();
    Task<Integer> silentAtFirst =
        () -> {
          int now = attempts.count();
          if (now == 1) {
            TaskContext.current().progress(0, 1, "begun");
            never.await();
          }
          return now;
        };
    TaskOptions watched =
        TaskOptions.none()
            .stallTimeout(Duration.ofMillis(800))
            .retries(
                1,
                Duration.ZERO,
                failure ->
                    failure instanceof TaskTimeoutException late && late.kind() == Kind.STALL);

    assertEquals(2, baton.submit(watched.idempotent(), silentAtFirst).get(Failures.PATIENCE));
    attempts.drop();
    TaskFuture<Integer> once = baton.submit(watched, silentAtFirst);
    assertSame(Kind.STALL, Failures.of(TaskTimeoutException.class, once).kind());
    Failures.awaitBody(once);
    assertEquals(1, attempts.total());
  }

  @Test
  default void aStallThatThePredicateRefusesIsNotTriedAgain(Fixture given) throws Exception {
    Signal attempts = given.signal();
    Signal never = given.signal();
    TaskOptions watched =
        TaskOptions.none()
            .stallTimeout(Duration.ofMillis(400))
            .retries(3, Duration.ZERO, IOException.class::isInstance)
            .idempotent();
    TaskFuture<Void> future =
        given
            .open(Shape.atLeast(1))
            .submit(
                watched,
                () -> {
                  attempts.count();
                  never.await();
                });
    assertSame(Kind.STALL, Failures.of(TaskTimeoutException.class, future).kind());
    Failures.awaitBody(future);
    assertEquals(1, future.info().attempt());
  }

  @Test
  default void aTaskThatWaitedTooLongForItsStartIsNeverTried(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Signal ran = given.signal();
    AtomicInteger asked = new AtomicInteger();
    Blocker blocker = Blocker.on(baton, given);
    TaskOptions impatient =
        TaskOptions.none()
            .queueTimeout(Duration.ofMillis(100))
            .retries(3, Duration.ZERO, failure -> asked.incrementAndGet() > 0);
    List<TaskFuture<Integer>> futures =
        List.of(
            baton.submit(impatient, ran::count), baton.submit(impatient.idempotent(), ran::count));

    for (TaskFuture<Integer> future : futures) {
      assertSame(Kind.QUEUE, Failures.of(TaskTimeoutException.class, future).kind());
      Failures.awaitBody(future);
    }
    blocker.release();
    baton.close();
    assertEquals(0, ran.total());
    assertEquals(0, asked.get(), "its body did not fail");
  }
}
