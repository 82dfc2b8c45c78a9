package dev.baton.verification.loopback;

import static dev.baton.verification.MessageAssertions.assertMessageHas;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.BackendException;
import dev.baton.Baton;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.TaskRejectedException;
import dev.baton.testkit.guard.NoLeftovers;
import dev.baton.testkit.guard.Watchdog;
import dev.baton.verification.loopback.Faults.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith({Watchdog.class, NoLeftovers.class})
class LoopbackRefusalTest {

  private static final Duration LONG = Duration.ofSeconds(10);

  private final Faults faults = new Faults();

  private LoopbackOptions oneWorker() {
    return LoopbackOptions.defaults().workers(1).ahead(1).faults(faults);
  }

  @ParameterizedTest
  @EnumSource(
      value = Moment.class,
      names = {"PREPARE", "START"})
  void aRefusalFailsOnlyTheFutureOfTheTaskThatIsRefused(Moment moment) throws Exception {
    IllegalStateException refusal = new IllegalStateException("not today");
    Gate never = Gate.open();
    faults.at(
        moment,
        "unwanted",
        () -> {
          throw refusal;
        });
    try (Baton baton = Baton.open(oneWorker())) {
      for (int i = 0; i < 10; i++) {
        TaskFuture<Void> refused = baton.submit(TaskOptions.none().name("unwanted"), never::pass);
        assertSame(refusal, refused.exception(LONG));
        assertTrue(refused.terminated().isDone());
        assertEquals(i, baton.submit(Integer::valueOf, i).get(LONG));
      }
    }
    assertEquals(0, never.arrivals());
  }

  @Test
  void aRejectionIsThrownBySubmit() throws Exception {
    TaskRejectedException rejection = new TaskRejectedException("full");
    faults.at(
        Moment.PREPARE,
        "unwanted",
        () -> {
          throw rejection;
        });
    try (Baton baton = Baton.open(oneWorker())) {
      assertSame(
          rejection,
          assertThrows(
              TaskRejectedException.class,
              () -> baton.submit(TaskOptions.none().name("unwanted"), () -> 1)));
      assertEquals(7, baton.submit(() -> 7).get(LONG));
    }
  }

  @Test
  void aBackendThatBreaksFailsAllThatIsUnfinishedAndTakesNoMore() throws Exception {
    Gate body = Gate.closed();
    Gate never = Gate.open();
    IllegalStateException cause = new IllegalStateException("out of processes");
    try (Baton baton = Baton.open(oneWorker())) {
      List<TaskFuture<Void>> unfinished = new ArrayList<>();
      unfinished.add(baton.submit(body::pass));
      body.awaitArrivals(1);
      for (int i = 0; i < 4; i++) {
        unfinished.add(baton.submit(never::pass));
      }
      faults.breakDown(cause);
      for (TaskFuture<Void> future : unfinished) {
        BackendException failure = assertInstanceOf(BackendException.class, future.exception(LONG));
        assertSame(cause, failure.getCause());
      }
      assertThrows(TaskRejectedException.class, () -> baton.submit(() -> 1));
    }
    assertEquals(1, body.arrivals());
    assertEquals(0, never.arrivals());
  }

  @Test
  void aBackendThatBreaksWhileItOpensFailsTheOpening() {
    IllegalStateException cause = new IllegalStateException("no memory page");
    faults.breakWhileOpening(cause);
    BackendException failure =
        assertThrows(BackendException.class, () -> Baton.open(oneWorker()).close());
    assertSame(cause, failure.getCause());
  }

  @Test
  void aSettingThatIsOutOfRangeIsAnError() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> Baton.configured("reports", Map.of("backend", "loopback", "workers", "0")));
    assertMessageHas(refused, "workers");
    assertMessageHas(refused, "\"0\"");
  }
}
