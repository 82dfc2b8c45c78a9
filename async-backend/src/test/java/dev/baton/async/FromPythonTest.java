package dev.baton.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Action;
import dev.baton.Await;
import dev.baton.Baton;
import dev.baton.Settled;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskFutures;
import dev.baton.TaskOptions;
import dev.baton.TaskTimeoutException;
import dev.baton.Until;
import dev.baton.event.BatonEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/**
 * asyncio's functions, and what they become: most lines of the first table for asyncio in
 * docs/from-python.md.
 */
class FromPythonTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static Baton mine() {
    return TaskContext.current().baton();
  }

  private static int after(int millis, int value) throws InterruptedException {
    Await.sleep(Duration.ofMillis(millis));
    return value;
  }

  @Test
  void runIsAnExecutorForTheTimeOfOneTask() throws Exception {
    int result;
    try (Baton loop = Baton.open("async")) {
      result = loop.submit(() -> after(1, 42)).get();
    }
    assertEquals(42, result);
  }

  @Test
  void createTaskIsSubmitFromInside() throws Exception {
    try (Baton loop = Baton.open("async")) {
      TaskFuture<Integer> sum =
          loop.submit(
              () -> {
                TaskFuture<Integer> a = mine().submit(() -> after(2, 40));
                TaskFuture<Integer> b = mine().submit(() -> after(1, 2));
                return a.get() + b.get();
              });
      assertEquals(42, sum.get(PATIENCE));
    }
  }

  @Test
  void gatherIsSubmitAllAndGet() throws Exception {
    try (Baton loop = Baton.open("async")) {
      List<Integer> results = new ArrayList<>();
      for (TaskFuture<Integer> each :
          loop.submitAll(List.<dev.baton.Task<Integer>>of(() -> after(2, 1), () -> after(1, 2)))) {
        results.add(each.get(PATIENCE));
      }
      assertEquals(List.of(1, 2), results);
    }
  }

  @Test
  void gatherOfWhatRunsIsGather() throws Exception {
    try (Baton loop = Baton.open("async")) {
      TaskFuture<List<Integer>> all =
          TaskFutures.gather(
              List.of(loop.submit(() -> after(2, 1)), loop.submit(() -> after(1, 2))));
      assertEquals(List.of(1, 2), all.get(PATIENCE));
    }
  }

  @Test
  void waitIsWaitFor() throws Exception {
    try (Baton loop = Baton.open("async")) {
      TaskFuture<Integer> quick = loop.submit(() -> 1);
      TaskFuture<Integer> slow = loop.submit(() -> after(60_000, 2));
      Settled settled = TaskFutures.waitFor(List.of(quick, slow), Until.FIRST_COMPLETED);
      assertTrue(settled.done().contains(quick));
      assertTrue(settled.notDone().contains(slow));
      slow.cancel(true);
    }
  }

  @Test
  void asCompletedIsAsCompleted() throws Exception {
    CompletableFuture<Integer> late = new CompletableFuture<>();
    try (Baton loop = Baton.open("async")) {
      TaskFuture<List<Integer>> order =
          loop.submit(
              () -> {
                List<TaskFuture<Integer>> both =
                    List.of(mine().submit(() -> Await.on(late)), mine().submit(() -> after(1, 2)));
                List<Integer> seen = new ArrayList<>();
                for (TaskFuture<Integer> each : TaskFutures.asCompleted(both)) {
                  seen.add(each.get());
                  late.complete(1);
                }
                return seen;
              });
      assertEquals(List.of(2, 1), order.get(PATIENCE));
    }
  }

  @Test
  void timeoutIsAnOptionOfTheTask() throws Exception {
    try (Baton loop = Baton.open("async")) {
      TaskOptions brief = TaskOptions.none().timeout(Duration.ofMillis(20));
      TaskFuture<Integer> late = loop.submit(brief, () -> after(60_000, 1));
      ExecutionException thrown = assertThrows(ExecutionException.class, late::get);
      assertTrue(thrown.getCause() instanceof TaskTimeoutException, thrown::toString);
    }
  }

  @Test
  void waitForIsGetWithATimeThenCancel() throws Exception {
    try (Baton loop = Baton.open("async")) {
      TaskFuture<Boolean> outer =
          loop.submit(
              () -> {
                TaskFuture<Integer> slow = mine().submit(() -> after(60_000, 1));
                assertThrows(TimeoutException.class, () -> slow.get(Duration.ofMillis(10)));
                return slow.cancel(true);
              });
      assertTrue(outer.get(PATIENCE));
    }
  }

  @Test
  void shieldIsADependentThatIsCancelledAlone() throws Exception {
    try (Baton loop = Baton.open("async")) {
      TaskFuture<Integer> precious = loop.submit(() -> after(30, 42));
      TaskFuture<Integer> shielded = precious.thenApply(value -> value);
      assertTrue(shielded.cancel(true));
      assertEquals(42, precious.get(PATIENCE));
    }
  }

  @Test
  void toThreadIsAwaitBlocking() throws Exception {
    try (Baton loop = Baton.open("async")) {
      TaskFuture<List<Integer>> order =
          loop.submit(
              () -> {
                List<Integer> seen = new ArrayList<>();
                TaskFuture<Void> other = mine().submit(() -> record(seen, 1));
                Await.blocking(
                    () -> {
                      Thread.sleep(30);
                      return 0;
                    });
                other.get();
                seen.add(2);
                return seen;
              });
      assertEquals(List.of(1, 2), order.get(PATIENCE));
    }
  }

  private static void record(List<Integer> seen, int value) {
    seen.add(value);
  }

  @Test
  void runInExecutorIsAnyOtherBaton() throws Exception {
    try (Baton threads = Baton.open("threads");
        Baton loop = Baton.open("async")) {
      Callable<Boolean> body = () -> threads.submit(() -> Thread.currentThread().isVirtual()).get();
      assertFalse(loop.submit(body).get(PATIENCE));
    }
  }

  @Test
  void sleepIsAwaitSleepAndSleepOfZeroIsYield() throws Exception {
    try (Baton loop = Baton.open("async")) {
      TaskFuture<Boolean> slept =
          loop.submit(
              () -> {
                long start = System.nanoTime();
                Await.sleep(Duration.ofMillis(20));
                Await.yield();
                return System.nanoTime() - start >= 20_000_000;
              });
      assertTrue(slept.get(PATIENCE));
    }
  }

  @Test
  void callSoonIsExecute() throws Exception {
    List<String> seen = new ArrayList<>();
    try (Baton loop = Baton.open("async")) {
      Callable<Object> body =
          () -> {
            mine().execute((Runnable) () -> seen.add("soon"));
            return seen.add("now");
          };
      loop.submit(body).get(PATIENCE);
    }
    assertEquals(List.of("now", "soon"), seen);
  }

  @Test
  void callLaterIsATaskThatSleepsFirst() throws Exception {
    List<String> seen = new ArrayList<>();
    try (Baton loop = Baton.open("async")) {
      Action later =
          () -> {
            Await.sleep(Duration.ofMillis(20));
            seen.add("later");
          };
      TaskFuture<Void> handle = loop.submit(later);
      TaskFuture<Void> cancelled = loop.submit(later);
      cancelled.cancel(true);
      handle.get(PATIENCE);
    }
    assertEquals(List.of("later"), seen);
  }

  @Test
  void aFutureIsACompletableFuture() throws Exception {
    try (Baton loop = Baton.open("async")) {
      CompletableFuture<Integer> future = new CompletableFuture<>();
      Callable<Integer> waits = () -> Await.on(future);
      TaskFuture<Integer> waiting = loop.submit(waits);
      Callable<Boolean> sets = () -> future.complete(42);
      loop.submit(sets);
      assertEquals(42, waiting.get(PATIENCE));
    }
  }

  @Test
  void aSemaphoreIsJavasOwnThroughBlocking() throws Exception {
    Semaphore two = new Semaphore(2);
    int[] inside = new int[2];
    try (Baton loop = Baton.open("async")) {
      for (int i = 0; i < 20; i++) {
        Action body =
            () -> {
              Await.blocking(
                  () -> {
                    two.acquire();
                    return 0;
                  });
              try {
                inside[1] = Math.max(inside[1], ++inside[0]);
                Await.sleep(Duration.ofMillis(2));
                inside[0]--;
              } finally {
                two.release();
              }
            };
        loop.submit(body);
      }
    }
    assertEquals(2, inside[1]);
  }

  @Test
  void aQueueIsJavasOwnThroughBlocking() throws Exception {
    BlockingQueue<Integer> queue = new LinkedBlockingQueue<>();
    try (Baton loop = Baton.open("async")) {
      Callable<Integer> consumer = () -> Await.blocking(queue::take) + Await.blocking(queue::take);
      TaskFuture<Integer> sum = loop.submit(consumer);
      Callable<Boolean> producer = () -> queue.add(40) && queue.add(2);
      loop.submit(producer);
      assertEquals(42, sum.get(PATIENCE));
    }
  }

  @Test
  void debugModeIsAlwaysOn() throws Exception {
    CountDownLatch reported = new CountDownLatch(1);
    AsyncOptions options =
        AsyncOptions.defaults()
            .slowTask(Duration.ofMillis(10))
            .listener(
                event -> {
                  if (event instanceof BatonEvent.TaskBlocksLoop) {
                    reported.countDown();
                  }
                });
    try (Baton loop = Baton.open(options)) {
      Callable<Boolean> body = () -> reported.await(20, TimeUnit.SECONDS);
      assertTrue(loop.submit(body).get(PATIENCE));
    }
  }
}
