package dev.baton.verification.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.TaskFuture;
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
import java.util.concurrent.Future.State;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Kills workers at random while tasks run. The long form: {@code -Dbaton.storm.tasks=20000
 * -Dbaton.storm.kills=1000}.
 */
@ExtendWith(NoLeftovers.class)
@Timeout(1_800)
class KillStormTest {

  private static final int TASKS = Integer.getInteger("baton.storm.tasks", 600);
  private static final int KILLS = Integer.getInteger("baton.storm.kills", 20);
  private static final Duration LONG = Duration.ofMinutes(10);

  @Test
  void noFutureIsLostNoneIsWrongAndNoBodyBeginsTwice() throws Exception {
    Signal begun = Signal.create();
    List<TaskFuture<Integer>> futures = new ArrayList<>();
    int kills = 0;
    try (Baton baton = Baton.open(ProcessOptions.defaults().workers(2).heap(32))) {
      for (int i = 0; i < TASKS; i++) {
        int n = i;
        futures.add(
            baton.submit(
                () -> {
                  begun.append(String.valueOf(n));
                  Thread.sleep(Duration.ofNanos(500_000));
                  return n;
                }));
      }
      Random random = new Random(42);
      for (; kills < KILLS && !futures.getLast().isDone(); kills++) {
        futures.get(random.nextInt(TASKS * (kills + 1) / (KILLS + 1) + 1)).terminated().get(LONG);
        killOne(random);
      }
      for (TaskFuture<?> future : futures) {
        future.terminated().get(LONG);
      }
    }
    Map<Integer, Integer> times = timesOf(begun);
    int lost = 0;
    for (int i = 0; i < TASKS; i++) {
      lost += check(i, futures.get(i), times.getOrDefault(i, 0));
    }
    System.out.printf("%d tasks, %d kills, %d lost, none twice%n", TASKS, kills, lost);
    assertTrue(lost <= kills, lost + " tasks lost by " + kills + " kills");
    begun.drop();
  }

  private static void killOne(Random random) {
    List<ProcessHandle> workers = Workers.ofThisProcess();
    if (!workers.isEmpty()) {
      workers.get(random.nextInt(workers.size())).destroyForcibly();
    }
  }

  private static Map<Integer, Integer> timesOf(Signal begun) {
    Map<Integer, Integer> times = new HashMap<>();
    begun.lines().forEach(line -> times.merge(Integer.valueOf(line), 1, Integer::sum));
    return times;
  }

  /** Returns how many tasks were lost: one or none. */
  private static int check(int n, TaskFuture<Integer> future, int times) {
    if (future.state() == State.SUCCESS) {
      assertEquals(n, future.resultNow());
      assertEquals(1, times, future.toString());
      return 0;
    }
    assertInstanceOf(WorkerLostException.class, future.exceptionNow());
    assertTrue(times <= 1, times + " times: " + future);
    return 1;
  }
}
