package dev.baton.verification.loopback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.baton.Baton;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.WorkerLostException;
import dev.baton.testkit.guard.NoLeftovers;
import dev.baton.testkit.guard.Watchdog;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Slots that bodies elsewhere lend while they wait. */
@ExtendWith({Watchdog.class, NoLeftovers.class})
class LoopbackNestedTest {

  private static final Duration LONG = Duration.ofSeconds(10);

  private final Faults faults = new Faults();

  private Baton open() {
    return Baton.open(LoopbackOptions.defaults().workers(1).ahead(0).faults(faults));
  }

  private static TaskOptions named(String name) {
    return TaskOptions.none().name(name);
  }

  @Test
  void aWorkerThatIsLostWhileItsBodyWaitsGivesBackWhatItHasLent() throws Exception {
    Gate gate = Gate.closed();
    try (Baton baton = open()) {
      TaskFuture<Void> outer =
          baton.submit(
              named("outer"), () -> TaskContext.current().baton().submit(gate::pass).get());
      gate.awaitArrivals(1);
      assertEquals(1, baton.stats().lent());
      faults.loseWorker(Objects.requireNonNull(outer.info().worker()));

      assertInstanceOf(WorkerLostException.class, outer.exception(LONG));
      assertEquals(0, baton.stats().lent());
      TaskFuture<Integer> next = baton.submit(() -> 1);
      assertFalse(next.isRunning(), "the one slot is the borrower's");
      gate.release();
      assertEquals(1, next.get(LONG));
      Awaitility.await().atMost(LONG).until(() -> baton.stats().running() == 0);
    }
  }

  @Test
  void anAttemptThatFollowsMayLendAgain() throws Exception {
    Gate gate = Gate.closed();
    Gate begun = Gate.open();
    try (Baton baton = open()) {
      TaskFuture<Integer> outer =
          baton.submit(
              named("outer").idempotent(),
              () -> {
                begun.pass();
                return TaskContext.current()
                    .baton()
                    .submit(
                        () -> {
                          gate.pass();
                          return 42;
                        })
                    .get();
              });
      gate.awaitArrivals(1);
      assertEquals(1, baton.stats().lent());
      faults.loseWorker(Objects.requireNonNull(outer.info().worker()));
      gate.release();
      assertEquals(42, outer.get(LONG));
      Awaitility.await().atMost(LONG).until(() -> baton.stats().lent() == 0);
      assertEquals(2, begun.arrivals());
      assertEquals(0, baton.stats().failed());
    }
  }
}
