package dev.baton.verification.loopback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.CancelMode;
import dev.baton.Task;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.TaskTimeoutException;
import dev.baton.testkit.guard.NoLeftovers;
import dev.baton.testkit.guard.Watchdog;
import dev.baton.verification.loopback.Faults.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({Watchdog.class, NoLeftovers.class})
class LoopbackCancelTest {

  private static final Duration LONG = Duration.ofSeconds(10);

  private final Faults faults = new Faults();

  private Baton open(int workers, int ahead) {
    return Baton.open(LoopbackOptions.defaults().workers(workers).ahead(ahead).faults(faults));
  }

  private static TaskOptions named(String name) {
    return TaskOptions.none().name(name);
  }

  @Test
  void runsSentAheadAreCancelledExactlyIfTheyArePending() throws Exception {
    Gate busy = Gate.closed();
    Gate never = Gate.open();
    try (Baton baton = open(1, 3)) {
      TaskFuture<Void> running = baton.submit(busy::pass);
      busy.awaitArrivals(1);
      List<TaskFuture<Void>> ahead = List.of(baton.submit(never::pass), baton.submit(never::pass));
      assertFalse(running.cancel(CancelMode.IF_PENDING));
      ahead.forEach(future -> assertTrue(future.cancel(CancelMode.IF_PENDING)));
      ahead.forEach(future -> assertTrue(future.terminated().isDone()));
      busy.release();
      running.get();
      assertEquals(7, baton.submit(() -> 7).get());
    }
    assertEquals(0, never.arrivals());
  }

  private static final int RACES = 2_000;
  private static final AtomicIntegerArray BEGUN = new AtomicIntegerArray(RACES);

  @Test
  void aBodyBeginsOnceUnlessItsFutureIsCancelledInNoRace() throws Exception {
    List<TaskFuture<Integer>> futures = new ArrayList<>();
    try (Baton baton = open(2, 3)) {
      Thread canceller = Thread.startVirtualThread(() -> {});
      for (int i = 0; i < RACES; i++) {
        int n = i;
        TaskFuture<Integer> future = baton.submit(() -> BEGUN.incrementAndGet(n));
        futures.add(future);
        if (i % 2 == 0) {
          canceller = Thread.startVirtualThread(() -> future.cancel(CancelMode.IF_PENDING));
        }
      }
      canceller.join();
    }
    for (int i = 0; i < RACES; i++) {
      assertEquals(futures.get(i).isCancelled() ? 0 : 1, BEGUN.get(i), futures.get(i).toString());
    }
  }

  @Test
  void cancellingABodyEndsItsFutureAtOnceAndItsPlaceComesBackWhenItHasStopped() throws Exception {
    Gate stubborn = Gate.closed();
    try (Baton baton = open(1, 0)) {
      TaskFuture<Void> running = baton.submit(stubborn::passStubbornly);
      stubborn.awaitArrivals(1);
      TaskFuture<Integer> next = baton.submit(() -> 7);
      assertTrue(running.cancel(CancelMode.INTERRUPT));
      assertThrows(CancellationException.class, running::get);
      assertFalse(running.terminated().isDone());
      assertFalse(next.isDone());
      stubborn.release();
      running.terminated().get(LONG);
      assertEquals(7, next.get(LONG));
    }
  }

  @Test
  void aCancelDecidesThoughTheBodyStopsBeforeTheBackendHasAnswered() throws Exception {
    Gate body = Gate.closed();
    CountDownLatch over = new CountDownLatch(1);
    try (Baton baton = open(1, 0)) {
      TaskFuture<Void> running = baton.submit(named("quick"), body::pass);
      running.terminated().onDone(done -> over.countDown());
      body.awaitArrivals(1);
      faults.at(Moment.CANCEL, "quick", over::await);
      assertTrue(running.cancel(CancelMode.INTERRUPT), running::toString);
    }
  }

  @Test
  void aTimeoutDecidesThoughTheBodyStopsBeforeTheBackendHasAnswered() throws Exception {
    Gate body = Gate.closed();
    CountDownLatch over = new CountDownLatch(1);
    try (Baton baton = open(1, 0)) {
      faults.at(Moment.CANCEL, "quick", over::await);
      TaskFuture<Void> running =
          baton.submit(named("quick").timeout(Duration.ofMillis(20)), body::pass);
      running.terminated().onDone(done -> over.countDown());
      assertInstanceOf(TaskTimeoutException.class, running.exception(LONG));
    }
  }

  @Test
  void anOutcomeThatArrivesAfterTheCancelChangesNothing() throws Exception {
    Gate body = Gate.open();
    CountDownLatch onItsWay = new CountDownLatch(1);
    CountDownLatch delay = new CountDownLatch(1);
    faults.at(
        Moment.COMPLETE,
        "late",
        () -> {
          onItsWay.countDown();
          delay.await();
        });
    try (Baton baton = open(1, 0)) {
      TaskFuture<Integer> late =
          baton.submit(
              named("late"),
              () -> {
                body.pass();
                return 1;
              });
      onItsWay.await();
      assertFalse(late.cancel(CancelMode.IF_PENDING));
      assertTrue(late.cancel(CancelMode.ABANDON));
      assertFalse(late.terminated().isDone());
      delay.countDown();
      late.terminated().get(LONG);
      assertTrue(late.isCancelled());
    }
  }

  @Test
  void anAbandonedBodyRunsOn() throws Exception {
    Gate body = Gate.closed();
    try (Baton baton = open(1, 0)) {
      TaskFuture<Void> abandoned = baton.submit(body::pass);
      body.awaitArrivals(1);
      assertTrue(abandoned.cancel(CancelMode.ABANDON));
      assertFalse(abandoned.terminated().isDone());
      body.release();
      abandoned.terminated().get(LONG);
    }
  }

  @Test
  void noInterruptHitsTheNextTaskOfAWorker() throws Exception {
    Task<Boolean> wasInterrupted = () -> Thread.currentThread().isInterrupted();
    try (Baton baton = open(1, 3)) {
      for (int i = 0; i < 1_000; i++) {
        TaskFuture<Integer> victim = baton.submit(() -> 1);
        TaskFuture<Boolean> next = baton.submit(wasInterrupted);
        victim.cancel(CancelMode.INTERRUPT);
        assertFalse(next.get());
      }
    }
  }
}
