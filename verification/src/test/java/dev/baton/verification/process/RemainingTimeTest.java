package dev.baton.verification.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.MapOptions;
import dev.baton.Results;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.process.ProcessOptions;
import dev.baton.testkit.guard.NoLeftovers;
import dev.baton.testkit.guard.Watchdog;
import dev.baton.testkit.signal.Signal;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is known in worker JVMs of the time that a task has left. */
@ExtendWith({Watchdog.class, NoLeftovers.class})
class RemainingTimeTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  /** So much of it is spent in the queue; more than clocks differ and messages take. */
  private static final Duration SPENT = Duration.ofSeconds(2);

  private final Signal gate = Signal.create();

  @AfterEach
  void drop() {
    gate.open();
    gate.drop();
  }

  /**
   * What a body sees.
   *
   * @param now by its clock
   * @param end when it has to be over
   */
  private record Seen(Instant now, Instant end) implements Serializable {

    static Seen here() {
      Instant end = Objects.requireNonNull(TaskContext.current().deadline(), "no deadline");
      return new Seen(Instant.now(), end);
    }

    Duration left() {
      return Duration.between(now, end);
    }
  }

  private static Baton mine() {
    return TaskContext.current().baton();
  }

  /** Looks here, then in a nested task and in the items of a nested map. */
  private static List<Seen> lookAround() throws Exception {
    List<Seen> all = new ArrayList<>(List.of(Seen.here()));
    all.add(mine().submit(() -> Seen.here()).get());
    MapOptions chunks = MapOptions.none().chunk(2);
    try (Results<Seen> items = mine().map(chunks, number -> Seen.here(), List.of(1, 2))) {
      items.forEach(all::add);
    }
    return all;
  }

  private TaskFuture<Void> holdTheWorker(Baton baton) throws InterruptedException {
    Signal held = gate;
    TaskFuture<Void> holding =
        baton.submit(
            () -> {
              held.count();
              held.await();
            });
    held.awaitTotal(1);
    return holding;
  }

  @Test
  void whatWasSpentInTheQueueIsGoneInTheWorkerAndForWhatIsSubmittedThere() throws Exception {
    try (Baton baton = Baton.open(ProcessOptions.defaults().workers(1).heap(48))) {
      TaskFuture<Void> holding = holdTheWorker(baton);
      TaskFuture<List<Seen>> waiting =
          baton.submit(TaskOptions.none().deadline(DEADLINE), () -> lookAround());
      long submitted = System.nanoTime();
      Awaitility.await().atMost(LONG).until(() -> System.nanoTime() - submitted >= SPENT.toNanos());
      assertFalse(waiting.isRunning());
      gate.open();
      holding.get(LONG);
      assertLessAndLess(waiting.get(LONG));
    }
  }

  private static void assertLessAndLess(List<Seen> seen) {
    assertEquals(4, seen.size());
    Duration most = DEADLINE.minus(SPENT.dividedBy(2));
    for (Seen each : seen) {
      Duration left = each.left();
      Duration limit = most;
      assertTrue(left.compareTo(limit) <= 0, () -> left + " left of " + limit);
      most = left;
    }
  }
}
