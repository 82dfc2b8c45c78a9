package dev.baton.verification.loopback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.TaskTimeoutException;
import dev.baton.testkit.guard.NoLeftovers;
import dev.baton.testkit.guard.Watchdog;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith({Watchdog.class, NoLeftovers.class})
class LoopbackTimeoutTest {

  private static final Duration LONG = Duration.ofSeconds(10);
  private static final Duration TIMEOUT = Duration.ofMillis(200);
  private static final AtomicLong BEGAN = new AtomicLong();

  private final Faults faults = new Faults();

  /** How core learns that a body has begun. */
  private enum Word {
    IS_TOLD,
    ASKS,
    IS_TOLD_AND_ASKS
  }

  private Baton openOneWorker(Word word) {
    switch (word) {
      case IS_TOLD -> faults.forgetStarts();
      case ASKS -> faults.beSilentAboutStarts();
      case IS_TOLD_AND_ASKS -> {}
    }
    return Baton.open(LoopbackOptions.defaults().workers(1).ahead(2).faults(faults));
  }

  @ParameterizedTest
  @EnumSource
  void aTimeoutCountsFromTheRealStartAlsoOfARunThatWasSentAhead(Word word) throws Exception {
    Gate busy = Gate.closed();
    Gate late = Gate.closed();
    try (Baton baton = openOneWorker(word)) {
      TaskFuture<Void> first = baton.submit(busy::pass);
      busy.awaitArrivals(1);
      TaskFuture<Void> ahead =
          baton.submit(
              TaskOptions.none().timeout(TIMEOUT),
              () -> {
                BEGAN.set(System.nanoTime());
                late.pass();
              });
      LockSupport.parkNanos(TIMEOUT.multipliedBy(2).toNanos());
      assertFalse(ahead.isDone());
      busy.release();
      assertInstanceOf(TaskTimeoutException.class, ahead.exception(LONG));
      Duration ran = Duration.ofNanos(System.nanoTime() - BEGAN.get());
      assertTrue(ran.compareTo(TIMEOUT.minusMillis(20)) > 0, "it ran for only " + ran);
      ahead.terminated().get(LONG);
      first.get();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBodyThatEndsInTimeIsLeftAlone(Word word) throws Exception {
    try (Baton baton = openOneWorker(word)) {
      TaskFuture<Integer> quick = baton.submit(TaskOptions.none().timeout(LONG), () -> 7);
      assertEquals(7, quick.get());
      assertNull(quick.exception(Duration.ZERO));
    }
  }

  @Test
  void aDeadlineEndsARunThatWasSentAheadAndItNeverBegins() throws Exception {
    Gate busy = Gate.closed();
    Gate never = Gate.open();
    try (Baton baton = openOneWorker(Word.IS_TOLD_AND_ASKS)) {
      TaskFuture<Void> first = baton.submit(busy::pass);
      busy.awaitArrivals(1);
      TaskFuture<Void> ahead = baton.submit(TaskOptions.none().deadline(TIMEOUT), never::pass);
      TaskTimeoutException late =
          assertInstanceOf(TaskTimeoutException.class, ahead.exception(LONG));
      assertEquals(TaskTimeoutException.Kind.DEADLINE, late.kind());
      busy.release();
      first.get();
    }
    assertEquals(0, never.arrivals());
  }
}
