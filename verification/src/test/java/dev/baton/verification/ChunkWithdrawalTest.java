package dev.baton.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Action;
import dev.baton.Baton;
import dev.baton.CancelMode;
import dev.baton.MapOptions;
import dev.baton.TaskFunction;
import dev.baton.TaskFuture;
import dev.baton.ThreadOptions;
import dev.baton.testkit.guard.NoLeftovers;
import dev.baton.testkit.guard.Watchdog;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Items that are taken out of one chunk at the same time. */
@ExtendWith({Watchdog.class, NoLeftovers.class})
class ChunkWithdrawalTest {

  private static final int ROUNDS = 1_000;

  /** Static, as tasks are copied. */
  private static final CountDownLatch GATE = new CountDownLatch(1);

  private static final Set<Integer> RUN = ConcurrentHashMap.newKeySet();

  private static List<TaskFuture<Integer>> chunk(Baton baton) {
    TaskFunction<Integer, Integer> note =
        number -> {
          RUN.add(number);
          return number;
        };
    List<TaskFuture<Integer>> futures = new ArrayList<>();
    baton
        .map(MapOptions.none().chunk(4), note, List.of(0, 1, 2, 3))
        .futures()
        .forEach(futures::add);
    return futures;
  }

  private static Callable<String> cancelling(TaskFuture<?> item, CyclicBarrier start) {
    return () -> {
      start.await();
      boolean isCancelled = item.cancel(CancelMode.IF_PENDING);
      return isCancelled ? "cancelled" : "left as " + item.info().phase();
    };
  }

  @Test
  void twoPendingItemsAreCancelledAtTheSameTime() throws Exception {
    Action hold = () -> GATE.await(); // captures nothing, for it is copied
    List<TaskFuture<Integer>> left = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(2);
        Baton baton = Baton.open(ThreadOptions.defaults().workers(1).portable())) {
      try {
        baton.submit(hold);
        CyclicBarrier start = new CyclicBarrier(2);
        for (int round = 0; round < ROUNDS; round++) {
          List<TaskFuture<Integer>> futures = chunk(baton);
          Future<String> one = threads.submit(cancelling(futures.get(1), start));
          Future<String> other = threads.submit(cancelling(futures.get(2), start));
          assertEquals(List.of("cancelled", "cancelled"), List.of(one.get(), other.get()));
          left.addAll(List.of(futures.get(0), futures.get(3)));
        }
      } finally {
        GATE.countDown();
      }
      for (TaskFuture<Integer> future : left) {
        assertTrue(future.get() % 3 == 0, future::toString);
      }
    }
    assertEquals(Set.of(0, 3), RUN, "what was cancelled as pending never runs");
  }
}
