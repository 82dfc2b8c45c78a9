package dev.baton.verification.loopback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.CancelMode;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.WorkerLostException;
import dev.baton.event.BatonEvent;
import dev.baton.testkit.guard.NoLeftovers;
import dev.baton.testkit.guard.Watchdog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future.State;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({Watchdog.class, NoLeftovers.class})
class LoopbackStormTest {

  private static final Duration LONG = Duration.ofSeconds(10);
  private static final int WORKERS = 3;
  private static final int TASKS = 1_500;
  private static final AtomicIntegerArray BEGUN = new AtomicIntegerArray(TASKS);

  private final Faults faults = new Faults();

  private Baton open() {
    return Baton.open(LoopbackOptions.defaults().workers(WORKERS).ahead(2).faults(faults));
  }

  @Test
  void everyTaskEndsAsItsBodyDidWhileWorkersAreLostAndTasksCancelled() throws Exception {
    List<TaskFuture<Integer>> futures = new ArrayList<>();
    try (Baton baton = open()) {
      for (int i = 0; i < TASKS; i++) {
        futures.add(submit(baton, i));
        if (i % 50 == 49) {
          faults.loseWorker("loopback-" + (i / 50 + 1));
        }
        if (i % 7 == 0) {
          futures.get(i / 2).cancel(CancelMode.IF_PENDING);
        }
      }
      for (TaskFuture<?> future : futures) {
        future.terminated().get(LONG);
      }
      assertAllWorkersHaveRoomAgain(baton);
    }
    for (int i = 0; i < TASKS; i++) {
      assertFitsItsBody(i, futures.get(i));
    }
  }

  private static TaskFuture<Integer> submit(Baton baton, int n) {
    TaskOptions options = n % 3 == 0 ? TaskOptions.none().idempotent() : TaskOptions.none();
    return baton.submit(
        options,
        () -> {
          BEGUN.incrementAndGet(n);
          Thread.sleep(Duration.ofNanos(300_000));
          return n;
        });
  }

  private static void assertFitsItsBody(int n, TaskFuture<Integer> future) {
    int begun = BEGUN.get(n);
    switch (future.state()) {
      case SUCCESS -> {
        assertEquals(n, future.resultNow());
        assertTrue(begun == 1 || (begun == 2 && n % 3 == 0), begun + " times: " + future);
      }
      case CANCELLED -> assertEquals(0, begun, future.toString());
      default -> {
        assertEquals(State.FAILED, future.state());
        assertInstanceOf(WorkerLostException.class, future.exceptionNow());
        assertEquals(n % 3 == 0 ? 2 : 1, begun, future.toString());
      }
    }
  }

  private static void assertAllWorkersHaveRoomAgain(Baton baton) throws Exception {
    Gate together = Gate.closed();
    List<TaskFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < WORKERS * 3; i++) {
      all.add(baton.submit(together::pass));
    }
    together.awaitArrivals(WORKERS);
    assertTrue(baton.dump().contains("0 waiting, " + WORKERS * 3 + " started"), baton::dump);
    together.release();
    for (TaskFuture<Void> future : all) {
      future.get(LONG);
    }
  }

  @Test
  void whatIsSaidTwiceIsHeardOnce() throws Exception {
    faults.repeatEverything();
    AtomicInteger starts = new AtomicInteger();
    AtomicInteger ends = new AtomicInteger();
    LoopbackOptions options =
        LoopbackOptions.defaults()
            .faults(faults)
            .listener(
                event -> {
                  switch (event) {
                    case BatonEvent.TaskStarted begun -> starts.incrementAndGet();
                    case BatonEvent.TaskDone done -> ends.incrementAndGet();
                    default -> {}
                  }
                });
    try (Baton baton = Baton.open(options)) {
      for (int i = 0; i < 50; i++) {
        int n = i;
        assertEquals(n, baton.submit(() -> n).get(LONG));
      }
      Awaitility.await().until(() -> baton.stats().succeeded() == 50);
    }
    assertEquals(50, starts.get());
    assertEquals(50, ends.get());
    assertEquals(50, faults.ignored());
    assertEquals(0, faults.heeded());
  }
}
