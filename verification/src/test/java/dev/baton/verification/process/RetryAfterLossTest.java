package dev.baton.verification.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.Task;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.WorkerLostException;
import dev.baton.process.ProcessOptions;
import dev.baton.testkit.guard.NoLeftovers;
import dev.baton.testkit.guard.Watchdog;
import dev.baton.testkit.signal.Signal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What retries do when somebody kills the worker of a task. */
@ExtendWith({Watchdog.class, NoLeftovers.class})
class RetryAfterLossTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(300);

  private final Signal begun = Signal.create();

  /** What the predicate of retries was asked about. */
  private final List<Throwable> asked = Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void forget() {
    begun.drop();
  }

  private static Baton open() {
    return Baton.open(ProcessOptions.defaults().workers(2).heap(32));
  }

  /** Says who works on it, waits to be killed so often, and then returns its attempt. */
  private Task<Integer> killed(int times) {
    Signal told = begun;
    return () -> {
      told.append(String.valueOf(ProcessHandle.current().pid()));
      if (told.count() <= times) {
        told.await();
      }
      return TaskContext.current().attempt();
    };
  }

  private TaskOptions retries(int retries, Duration backoff, boolean allowed) {
    return TaskOptions.none()
        .name("killed")
        .retries(
            retries,
            backoff,
            failure -> {
              asked.add(failure);
              return allowed;
            });
  }

  /** Kills the worker in which an attempt is. */
  private void kill(int attempt) throws InterruptedException {
    begun.awaitTotal(attempt);
    long pid = Long.parseLong(begun.lines().get(attempt - 1));
    assertTrue(ProcessHandle.of(pid).orElseThrow().destroyForcibly());
  }

  private static void assertLost(TaskFuture<?> future) throws Exception {
    assertInstanceOf(WorkerLostException.class, future.exception(LONG));
  }

  @Test
  void anIdempotentTaskIsTriedAgain() throws Exception {
    try (Baton baton = open()) {
      TaskFuture<Integer> future =
          baton.submit(retries(3, Duration.ZERO, true).idempotent(), killed(1));
      kill(1);
      assertEquals(2, future.get(LONG), "the body knows its attempt");
      assertEquals(2, future.info().attempt());
    }
    assertEquals(2, begun.lines().stream().distinct().count(), "in another worker");
    assertEquals(1, asked.size());
    assertInstanceOf(WorkerLostException.class, asked.getFirst());
  }

  @Test
  void itIsTriedAsOftenAsItsRetriesSayAndNoMoreOften() throws Exception {
    try (Baton baton = open()) {
      TaskFuture<Integer> future =
          baton.submit(retries(2, Duration.ZERO, true).idempotent(), killed(9));
      for (int attempt = 1; attempt <= 3; attempt++) {
        kill(attempt);
      }
      assertLost(future);
      assertEquals(3, future.info().attempt());
    }
    assertEquals(3, begun.total());
  }

  @Test
  void aTaskThatIsNotIdempotentIsNot() throws Exception {
    try (Baton baton = open()) {
      TaskFuture<Integer> future = baton.submit(retries(3, Duration.ZERO, true), killed(1));
      kill(1);
      assertLost(future);
      assertEquals(1, future.info().attempt());
    }
    assertEquals(1, begun.total());
    assertEquals(List.of(), asked, "nobody may allow it");
  }

  @Test
  void norIsOneWhosePredicateRefusesTheLoss() throws Exception {
    try (Baton baton = open()) {
      TaskFuture<Integer> future =
          baton.submit(retries(3, Duration.ZERO, false).idempotent(), killed(1));
      kill(1);
      assertLost(future);
      assertEquals(1, future.info().attempt());
    }
    assertEquals(1, begun.total());
    assertEquals(1, asked.size());
  }

  @Test
  void aPredicateThatKnowsNothingOfLossesRefusesThem() throws Exception {
    TaskOptions onlyIo =
        TaskOptions.none().retries(3, Duration.ZERO, IOException.class::isInstance).idempotent();
    try (Baton baton = open()) {
      TaskFuture<Integer> future = baton.submit(onlyIo, killed(1));
      kill(1);
      assertLost(future);
    }
    assertEquals(1, begun.total());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void theNextAttemptComesNoEarlierThanItsPause(int kills) throws Exception {
    try (Baton baton = open()) {
      TaskFuture<Integer> future =
          baton.submit(retries(kills, PAUSE, true).idempotent(), killed(kills));
      long before = 0;
      for (int attempt = 1; attempt <= kills; attempt++) {
        begun.awaitTotal(attempt);
        before = System.nanoTime();
        kill(attempt);
      }
      begun.awaitTotal(kills + 1);
      long pause = System.nanoTime() - before;
      long least = kills * PAUSE.toNanos(); // the second is twice the first
      assertTrue(pause >= least, () -> pause + " ns, and not " + least);
      assertEquals(kills + 1, future.get(LONG));
    }
  }
}
