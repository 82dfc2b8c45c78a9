package dev.baton.verification.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.CancelMode;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.TaskTimeoutException;
import dev.baton.WorkerLostException;
import dev.baton.process.ProcessOptions;
import dev.baton.testkit.guard.NoLeftovers;
import dev.baton.testkit.signal.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Short bodies, sent ahead, among long ones, late ones and ones that nest, while tasks are
 * cancelled and workers killed. The long form: {@code -Dbaton.ahead.tasks=50000}.
 */
@ExtendWith(NoLeftovers.class)
@Timeout(1_800)
class SentAheadStormTest {

  private static final Duration LONG = Duration.ofMinutes(10);
  private static final int TASKS = Integer.getInteger("baton.ahead.tasks", 1_000);
  private static final List<CancelMode> MODES = List.of(CancelMode.values());

  private static ProcessOptions options() {
    return ProcessOptions.defaults().workers(2).lend(16).heap(48).grace(Duration.ofMillis(200));
  }

  @Test
  void inAStormEachBodyBeginsAtMostOnceAndNoFutureIsLost() throws Exception {
    Signal ledger = Signal.create();
    Random random = new Random(7);
    List<TaskFuture<Integer>> futures = new ArrayList<>();
    int kills = 0;
    try (Baton baton = Baton.open(options())) {
      for (int n = 0; n < TASKS; n++) {
        futures.add(submit(baton, ledger, n, random));
        TaskFuture<Integer> any = futures.get(random.nextInt(n + 1));
        switch (random.nextInt(60)) {
          case 0 -> any.cancel(CancelMode.IF_PENDING);
          case 1 -> any.cancel(CancelMode.INTERRUPT);
          case 2 -> any.cancel(MODES.get(random.nextInt(MODES.size())));
          case 3 -> any.terminated().get(LONG);
          default -> {}
        }
        if (n % 100
            == 99) { // not so far ahead that more tasks wait for others than may be lent for
          futures.get(n - 50).terminated().get(LONG);
          kills += n % 500 == 499 ? killOne(random) : 0;
        }
      }
      for (TaskFuture<Integer> future : futures) {
        future.terminated().get(LONG);
      }
    }
    int lost = 0;
    Map<Integer, Integer> times = timesBegun(ledger);
    for (int n = 0; n < TASKS; n++) {
      lost += check(n, futures.get(n), times.getOrDefault(n, 0));
    }
    System.out.printf("%d tasks, %d kills, %d lost, none twice%n", TASKS, kills, lost);
    assertTrue(lost <= kills, lost + " tasks lost by " + kills + " kills");
    ledger.drop();
  }

  private static int record(Signal begun, int n) {
    begun.append(String.valueOf(n));
    return n;
  }

  private static Map<Integer, Integer> timesBegun(Signal ledger) {
    Map<Integer, Integer> times = new HashMap<>();
    ledger.lines().forEach(line -> times.merge(Integer.valueOf(line), 1, Integer::sum));
    return times;
  }

  /** Submits a short body, or now and then a long one, or one that takes too long, or nests. */
  private static TaskFuture<Integer> submit(Baton baton, Signal begun, int n, Random random) {
    return switch (random.nextInt(40)) {
      case 0 ->
          baton.submit(
              () -> {
                record(begun, n);
                Thread.sleep(20);
                return n;
              });
      case 1 ->
          baton.submit(
              TaskOptions.none().timeout(Duration.ofMillis(10)),
              () -> {
                record(begun, n);
                Thread.sleep(60_000);
                return n;
              });
      case 2 ->
          baton.submit(
              () -> {
                record(begun, n);
                return TaskContext.current().baton().submit(() -> n).get();
              });
      default -> baton.submit(() -> record(begun, n));
    };
  }

  private static int killOne(Random random) {
    List<ProcessHandle> workers = Workers.ofThisProcess();
    return !workers.isEmpty() && workers.get(random.nextInt(workers.size())).destroyForcibly()
        ? 1
        : 0;
  }

  /** Returns how many tasks were lost: one or none. */
  private static int check(int n, TaskFuture<Integer> future, int times) {
    assertTrue(times <= 1, times + " times: " + future);
    switch (future.state()) {
      case SUCCESS -> {
        assertEquals(n, future.resultNow());
        assertEquals(1, times, future.toString());
        return 0;
      }
      case CANCELLED -> {
        return 0;
      }
      default -> {
        Throwable failure = future.exceptionNow();
        boolean isNested = failure instanceof CancellationException;
        assertTrue(
            isNested
                || failure instanceof TaskTimeoutException
                || failure instanceof WorkerLostException
                || String.valueOf(failure).contains("WorkerLostException"),
            failure::toString);
        return failure instanceof TaskTimeoutException || isNested ? 0 : 1;
      }
    }
  }
}
