package dev.baton.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Action;
import dev.baton.Await;
import dev.baton.Baton;
import dev.baton.Task;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.event.BatonEvent;
import dev.baton.event.BatonEvent.TaskBlocksLoop;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Tasks that hold their loop too long. */
class SlowTaskTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<BatonEvent> events = new CopyOnWriteArrayList<>();
  private final AsyncOptions quick =
      AsyncOptions.defaults().slowTask(Duration.ofMillis(20)).listener(events::add);

  private List<TaskBlocksLoop> reports() {
    return events.stream()
        .filter(event -> event instanceof TaskBlocksLoop)
        .map(TaskBlocksLoop.class::cast)
        .toList();
  }

  private static void holdTheLoop(CountDownLatch gate) throws InterruptedException {
    gate.await();
  }

  @Test
  void aTaskThatHoldsItsLoopIsReportedWithNameAndStackAndAgainLater() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    try (Baton loop = Baton.open(quick)) {
      Callable<Integer> body =
          () -> {
            holdTheLoop(gate);
            return 1;
          };
      TaskFuture<Integer> slow =
          loop.submit(TaskOptions.none().name("slow-one"), (Task<Integer>) body::call);
      Awaitility.await().atMost(PATIENCE).until(() -> reports().size() >= 2);
      TaskBlocksLoop first = reports().getFirst();
      assertEquals("slow-one", first.task().name());
      assertTrue(first.held().toMillis() >= 20, first::toString);
      assertTrue(
          first.stack().stream().anyMatch(frame -> frame.getMethodName().equals("holdTheLoop")),
          first::toString);
      assertTrue(reports().get(1).held().compareTo(first.held()) > 0, () -> reports().toString());
      assertTrue(loop.dump().contains("Task slow-one has held loop"), loop::dump);
      gate.countDown();
      assertEquals(1, slow.get(), "it is not disturbed");
    }
  }

  @Test
  void aTaskThatAwaitsIsNotReported() throws Exception {
    try (Baton loop = Baton.open(quick)) {
      TaskFuture<Void> patient =
          loop.submit(
              (Action)
                  () -> {
                    Await.sleep(Duration.ofMillis(60));
                    Await.blocking(
                        () -> {
                          Thread.sleep(60);
                          return 0;
                        });
                  });
      patient.get();
    }
    assertEquals(List.of(), reports());
  }

  @Test
  void aLoneTaskThatGivesWayAgainAndAgainIsNotReported() throws Exception {
    Duration slow = Duration.ofMillis(400); // longer than a busy machine holds up the thread
    try (Baton loop = Baton.open(quick.slowTask(slow).strict())) {
      TaskFuture<Void> polite =
          loop.submit(
              (Action)
                  () -> {
                    long end = System.nanoTime() + slow.multipliedBy(3).toNanos();
                    while (System.nanoTime() - end < 0) {
                      Await.yield();
                    }
                  });
      polite.get(PATIENCE);
    }
    assertEquals(List.of(), reports());
  }

  @Test
  void aTaskThatHoldsItsLoopAfterALongAwaitIsReported() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    try (Baton loop = Baton.open(quick)) {
      TaskFuture<Void> slow =
          loop.submit(
              (Action)
                  () -> {
                    Await.sleep(Duration.ofMillis(600)); // the watchdog has lain down meanwhile
                    holdTheLoop(gate);
                  });
      Awaitility.await().atMost(PATIENCE).until(() -> !reports().isEmpty());
      gate.countDown();
      slow.get();
    }
  }

  @Test
  void aStrictLoopFailsTheTaskAndInterruptsIt() throws Exception {
    try (Baton loop = Baton.open(quick.strict())) {
      TaskFuture<Void> slow =
          loop.submit(
              TaskOptions.none().name("strictly"), (Action) () -> Thread.sleep(Duration.ofDays(1)));
      Throwable told = slow.exception(PATIENCE);
      assertSame(IllegalStateException.class, told == null ? null : told.getClass());
      assertTrue(String.valueOf(told).contains("strictly"), () -> "" + told);
      slow.terminated().get(PATIENCE);
      assertEquals(1, loop.submit(() -> 1).get());
    }
  }

  @Test
  void aTaskThatMayGoOnAndLacksACarrierIsNotReported() throws Exception {
    CompletableFuture<Integer> answer = new CompletableFuture<>();
    try (Baton loop = Baton.open(quick.strict())) {
      TaskFuture<Integer> waiting = loop.submit((Callable<Integer>) () -> Await.on(answer));
      Awaitility.await().atMost(PATIENCE).until(() -> loop.dump().contains("1 suspended"));
      try (KeptCarriers kept = new KeptCarriers()) {
        kept.awaitAll();
        answer.complete(42);
        Awaitility.await()
            .during(Duration.ofMillis(200))
            .atMost(PATIENCE)
            .until(() -> reports().isEmpty());
      }
      assertEquals(42, waiting.get(PATIENCE));
    }
  }

  /** Virtual threads that compute on all carriers until they are told to end. */
  private static final class KeptCarriers implements AutoCloseable {
    private final int carriers = Runtime.getRuntime().availableProcessors();
    private final CountDownLatch begun = new CountDownLatch(carriers);
    private volatile boolean over;

    KeptCarriers() {
      for (int i = 0; i < carriers; i++) {
        Thread.startVirtualThread(this::compute);
      }
    }

    private void compute() {
      begun.countDown();
      while (!over) {
        Thread.onSpinWait();
      }
    }

    void awaitAll() throws InterruptedException {
      assertTrue(begun.await(20, TimeUnit.SECONDS), begun::toString);
    }

    @Override
    public void close() {
      over = true;
    }
  }

  @Test
  void aTaskThatWaitsForALockOfASuspendedOneIsNamedAsSuch() throws Exception {
    ReentrantLock lock = new ReentrantLock();
    CountDownLatch locked = new CountDownLatch(1);
    CountDownLatch gate = new CountDownLatch(1);
    Callable<Integer> holder =
        () -> {
          lock.lock();
          try {
            locked.countDown();
            return Await.blocking(
                () -> {
                  gate.await();
                  return 1;
                });
          } finally {
            lock.unlock();
          }
        };
    Callable<Integer> waiter =
        () -> {
          lock.lockInterruptibly();
          lock.unlock();
          return 2;
        };
    try (Baton loop = Baton.open(quick.strict())) {
      TaskFuture<Integer> first =
          loop.submit(TaskOptions.none().name("keeper-of-it"), (Task<Integer>) holder::call);
      locked.await();
      TaskFuture<Integer> second = loop.submit(waiter);
      Throwable told = second.exception(PATIENCE);
      assertTrue(String.valueOf(told).contains("waiting for a lock"), () -> "" + told);
      assertTrue(String.valueOf(told).contains("keeper-of-it"), () -> "" + told);
      gate.countDown();
      assertEquals(1, first.get());
    }
  }

  @Test
  void theWatchdogEndsWhenThereIsNothingToWatchAndComesBack() throws Exception {
    try (Baton loop = Baton.open(quick)) {
      String name = "baton-" + loop.name() + "-watchdog";
      for (int round = 0; round < 2; round++) {
        assertEquals(1, loop.submit(() -> 1).get());
        assertTrue(isAlive(name), "there is a task, or was just now");
        Awaitility.await().atMost(PATIENCE).until(() -> !isAlive(name));
      }
    }
  }

  @Test
  void aTaskMayHoldItsLoopForEver() throws Exception {
    AsyncOptions patient = quick.slowTask(ChronoUnit.FOREVER.getDuration()).strict();
    try (Baton loop = Baton.open(patient)) {
      assertEquals(1, loop.submit(() -> 1).get(PATIENCE));
    }
    assertEquals(List.of(), reports());
  }

  private static boolean isAlive(String name) {
    return Thread.getAllStackTraces().keySet().stream().anyMatch(t -> t.getName().equals(name));
  }
}
