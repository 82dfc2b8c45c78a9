package dev.baton.verification.loopback;

import static dev.baton.verification.MessageAssertions.assertMessageHas;
import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.CancelMode;
import dev.baton.MapOptions;
import dev.baton.Results;
import dev.baton.TaskContext;
import dev.baton.TaskFunction;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.WorkerLostException;
import dev.baton.testkit.guard.NoLeftovers;
import dev.baton.testkit.guard.Watchdog;
import dev.baton.verification.loopback.Faults.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({Watchdog.class, NoLeftovers.class})
class LoopbackLossTest {

  private static final Duration LONG = Duration.ofSeconds(10);

  private final Faults faults = new Faults();

  private Baton open(int workers, int ahead) {
    return Baton.open(LoopbackOptions.defaults().workers(workers).ahead(ahead).faults(faults));
  }

  private static TaskOptions named(String name) {
    return TaskOptions.none().name(name);
  }

  private static String workerOf(TaskFuture<?> future) {
    return requireNonNull(future.info().worker());
  }

  @Test
  void aLostWorkerFailsOnlyTheTaskItHadBegun() throws Exception {
    Gate doomed = Gate.closed();
    Gate other = Gate.closed();
    Gate ahead = Gate.open();
    try (Baton baton = open(2, 2)) {
      TaskFuture<Void> lost = baton.submit(named("doomed"), doomed::pass);
      doomed.awaitArrivals(1);
      TaskFuture<Void> safe = baton.submit(other::pass);
      other.awaitArrivals(1);
      List<TaskFuture<Void>> sentAhead = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        sentAhead.add(baton.submit(ahead::pass));
      }
      String worker = workerOf(lost);
      faults.loseWorker(worker);
      WorkerLostException loss = assertInstanceOf(WorkerLostException.class, lost.exception(LONG));
      assertMessageHas(loss, "doomed");
      assertMessageHas(loss, worker);
      lost.terminated().get(LONG);
      other.release();
      safe.get(LONG);
      for (TaskFuture<Void> future : sentAhead) {
        future.get(LONG);
        assertNotEquals(worker, workerOf(future));
      }
    }
    assertEquals(1, doomed.arrivals());
    assertEquals(4, ahead.arrivals());
  }

  private static final Queue<Integer> ORDER = new ConcurrentLinkedQueue<>();

  @Test
  void whatComesBackFromALostWorkerKeepsItsPlaceInTheQueue() throws Exception {
    ORDER.clear();
    Gate doomed = Gate.closed();
    try (Baton baton = open(1, 3)) {
      TaskFuture<Void> lost = baton.submit(doomed::pass);
      doomed.awaitArrivals(1);
      for (int i = 0; i < 6; i++) {
        int n = i;
        baton.submit(() -> ORDER.add(n));
      }
      faults.loseWorker(workerOf(lost));
    }
    assertEquals(List.of(0, 1, 2, 3, 4, 5), List.copyOf(ORDER));
  }

  @Test
  void anIdempotentBodyIsBegunOnceMoreAfterALoss() throws Exception {
    Gate body = Gate.closed();
    try (Baton baton = open(1, 1)) {
      TaskFuture<Integer> future =
          baton.submit(
              TaskOptions.none().idempotent(),
              () -> {
                body.pass();
                return TaskContext.current().attempt();
              });
      body.awaitArrivals(1);
      faults.loseWorker(workerOf(future));
      body.awaitArrivals(2);
      assertFalse(future.isDone());
      body.release();
      assertEquals(2, future.get(LONG));
    }
    assertEquals(2, body.arrivals());
  }

  @Test
  void anItemOfAMapThatIsIdempotentIsBegunOnceMoreAfterALoss() throws Exception {
    Gate body = Gate.closed();
    TaskFunction<Gate, Integer> item =
        gate -> {
          gate.pass();
          return TaskContext.current().attempt();
        };
    try (Baton baton = open(1, 1);
        Results<Integer> results = baton.map(MapOptions.none().idempotent(), item, List.of(body))) {
      body.awaitArrivals(1);
      faults.loseWorker("loopback-1");
      body.release();
      assertEquals(2, results.iterator().next());
    }
    assertEquals(2, body.arrivals());
  }

  @Test
  void anIdempotentBodyIsNotBegunAThirdTime() throws Exception {
    Gate body = Gate.closed();
    try (Baton baton = open(1, 1)) {
      TaskFuture<Void> future = baton.submit(TaskOptions.none().idempotent(), body::pass);
      body.awaitArrivals(1);
      faults.loseWorker("loopback-1");
      body.awaitArrivals(2);
      faults.loseWorker("loopback-2");
      assertInstanceOf(WorkerLostException.class, future.exception(LONG));
    }
    assertEquals(2, body.arrivals());
  }

  @Test
  void anIdempotentBodyThatIsLostInAShutdownNowIsNotBegunAgain() throws Exception {
    Gate body = Gate.closed();
    try (Baton baton = open(1, 1)) {
      TaskFuture<Void> future = baton.submit(TaskOptions.none().idempotent(), body::passStubbornly);
      body.awaitArrivals(1);
      baton.shutdownNow();
      assertFalse(future.isDone());
      faults.loseWorker("loopback-1");
      future.terminated().get(LONG);
      assertTrue(future.isCancelled(), future::toString);
      body.release();
    }
    assertEquals(1, body.arrivals());
  }

  @Test
  void theLastWordOfALostWorkerIsNotHeard() throws Exception {
    faults.speakAfterLoss();
    Gate body = Gate.closed();
    try (Baton baton = open(1, 1)) {
      TaskFuture<Void> future = baton.submit(body::passStubbornly);
      body.awaitArrivals(1);
      faults.loseWorker("loopback-1");
      assertInstanceOf(WorkerLostException.class, future.exception(LONG));
      body.release();
      Awaitility.await().until(() -> faults.ignored() == 1);
    }
    assertEquals(0, faults.heeded());
  }

  @Test
  void theLastWordOfALostWorkerIsNotTakenForTheNextAttempts() throws Exception {
    faults.speakAfterLoss();
    Gate first = Gate.closed();
    Gate second = Gate.closed();
    try (Baton baton = open(1, 1)) {
      TaskFuture<Integer> future =
          baton.submit(
              TaskOptions.none().idempotent(),
              () -> {
                int attempt = TaskContext.current().attempt();
                (attempt == 1 ? first : second).passStubbornly();
                return attempt;
              });
      first.awaitArrivals(1);
      faults.loseWorker("loopback-1");
      second.awaitArrivals(1);
      first.release();
      Awaitility.await().until(() -> faults.ignored() + faults.heeded() == 1);
      second.release();
      assertEquals(2, future.get(LONG));
      assertEquals("loopback-2", workerOf(future));
    }
    assertEquals(0, faults.heeded());
  }

  @Test
  void aTaskThatIsCancelledWhileItComesBackIsNotBegun() throws Exception {
    Gate doomed = Gate.closed();
    Gate never = Gate.open();
    CountDownLatch comesBack = new CountDownLatch(1);
    CountDownLatch isCancelled = new CountDownLatch(1);
    faults.at(
        Moment.RETURN,
        "returned",
        () -> {
          comesBack.countDown();
          isCancelled.await();
        });
    try (Baton baton = open(1, 1)) {
      baton.submit(doomed::pass);
      doomed.awaitArrivals(1);
      TaskFuture<Void> returned = baton.submit(named("returned"), never::pass);
      Thread killer = Thread.startVirtualThread(() -> faults.loseWorker("loopback-1"));
      comesBack.await();
      assertTrue(returned.cancel(CancelMode.INTERRUPT));
      isCancelled.countDown();
      killer.join();
      returned.terminated().get(LONG);
    }
    assertEquals(0, never.arrivals());
  }

  @Test
  void aCancelledTaskIsOverWhenItsWorkerIsLost() throws Exception {
    Gate body = Gate.closed();
    try (Baton baton = open(1, 1)) {
      TaskFuture<Void> future = baton.submit(TaskOptions.none().idempotent(), body::passStubbornly);
      body.awaitArrivals(1);
      assertTrue(future.cancel(CancelMode.INTERRUPT));
      faults.loseWorker("loopback-1");
      future.terminated().get(LONG);
      assertTrue(future.isCancelled());
      body.release();
    }
    assertEquals(1, body.arrivals());
  }
}
