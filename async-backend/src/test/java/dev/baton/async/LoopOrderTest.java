package dev.baton.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Action;
import dev.baton.Await;
import dev.baton.Baton;
import dev.baton.Task;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskFutures;
import dev.baton.TaskOptions;
import dev.baton.Until;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** One task of a loop at a time, in order, and who goes where. */
class LoopOrderTest {

  @Test
  void tasksRunInTheOrderOfTheirSubmissionOnOneThreadAtATime() throws Exception {
    List<Integer> seen = new ArrayList<>();
    try (Baton loop = Baton.open("async")) {
      for (int i = 0; i < 10_000; i++) {
        int n = i;
        loop.execute((Runnable) () -> seen.add(n));
      }
    }
    assertEquals(10_000, seen.size());
    for (int i = 0; i < seen.size(); i++) {
      assertEquals(i, seen.get(i));
    }
  }

  @Test
  void betweenAwaitsNothingElseRuns() throws Exception {
    int[] plain = new int[1];
    Callable<Integer> body =
        () -> {
          for (int i = 0; i < 500; i++) {
            int before = plain[0];
            plain[0] = before + 1;
            if (i % 3 == 0) {
              Await.yield();
            }
            if (i % 100 == 0) {
              Await.sleep(Duration.ofNanos(1_000));
            }
          }
          return 0;
        };
    try (Baton loop = Baton.open("async")) {
      List<TaskFuture<Integer>> all = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        all.add(loop.submit(body));
      }
      TaskFutures.waitFor(all, Until.ALL_COMPLETED, Duration.ofSeconds(20));
    }
    assertEquals(50_000, plain[0], "a lost update would show two at once");
  }

  @Test
  void manyThreadsMaySubmitAtOnce() throws Exception {
    int[] plain = new int[1];
    try (Baton loop = Baton.open("async");
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<?>> producers = new ArrayList<>();
      for (int p = 0; p < 4; p++) {
        producers.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 20_000; i++) {
                    loop.execute((Runnable) () -> plain[0]++);
                  }
                }));
      }
      for (Future<?> producer : producers) {
        producer.get();
      }
    }
    assertEquals(80_000, plain[0]);
  }

  @Test
  void aTaskThatYieldsLetsThoseGoThatWereReadyBefore() throws Exception {
    List<String> seen = new ArrayList<>();
    try (Baton loop = Baton.open("async")) {
      Callable<Object> first =
          () -> {
            Baton mine = TaskContext.current().baton();
            mine.execute((Runnable) () -> seen.add("second"));
            seen.add("first");
            Await.yield();
            seen.add("first again");
            return 0;
          };
      loop.submit(first).get();
    }
    assertEquals(List.of("first", "second", "first again"), seen);
  }

  @Test
  void sleepersWakeInTheOrderOfTheirTimes() throws Exception {
    List<Integer> seen = new ArrayList<>();
    try (Baton loop = Baton.open("async")) {
      for (int ms : List.of(60, 20, 40)) {
        loop.execute(
            (Action)
                () -> {
                  Await.sleep(Duration.ofMillis(ms));
                  seen.add(ms);
                });
      }
    }
    assertEquals(List.of(20, 40, 60), seen);
  }

  @Test
  void theResultOfATaskOfTheSameLoopCanBeAwaitedInside() throws Exception {
    try (Baton loop = Baton.open("async")) {
      TaskFuture<Integer> outer =
          loop.submit(
              () -> {
                Baton mine = TaskContext.current().baton();
                return mine.submit(() -> 20).get() + mine.submit(() -> 22).join();
              });
      assertEquals(42, outer.get(Duration.ofSeconds(10)));
    }
  }

  @Test
  void moreTasksMayWaitForOthersThanSlotsCouldBeLent() throws Exception {
    try (Baton loop = Baton.open("async")) {
      assertEquals(1_000, loop.submit(() -> nest(1_000)).get(Duration.ofSeconds(20)));
    }
  }

  private static int nest(int depth) throws Exception {
    int next = depth - 1;
    return depth == 0 ? 0 : TaskContext.current().baton().submit(() -> nest(next)).get() + 1;
  }

  @Test
  void equalKeysShareALoopInOrder() throws Exception {
    Map<String, List<Integer>> seen = new ConcurrentHashMap<>();
    Map<String, Set<String>> loops = new ConcurrentHashMap<>();
    try (Baton baton = Baton.open(AsyncOptions.defaults().loops(4))) {
      for (int i = 0; i < 4_000; i++) {
        int n = i;
        String key = "room-" + i % 16;
        Callable<Object> body =
            () -> {
              loops
                  .computeIfAbsent(key, k -> ConcurrentHashMap.newKeySet())
                  .add(Thread.currentThread().getName());
              return seen.computeIfAbsent(key, k -> new ArrayList<>()).add(n);
            };
        submitCallable(baton, TaskOptions.none().key(key), body);
      }
    }
    Set<String> used = new HashSet<>();
    for (String key : seen.keySet()) {
      Set<String> names = Objects.requireNonNull(loops.get(key));
      assertEquals(1, names.size(), "one loop for " + key);
      used.addAll(names);
      List<Integer> order = Objects.requireNonNull(seen.get(key));
      assertEquals(order.stream().sorted().toList(), order);
      assertEquals(250, order.size());
    }
    assertTrue(used.size() > 1, () -> "several loops are used: " + used);
  }

  private static void submitCallable(Baton baton, TaskOptions options, Callable<Object> body) {
    baton.submit(options, (Task<Object>) body::call);
  }

  @Test
  void whatATaskSubmitsRunsOnItsLoop() throws Exception {
    try (Baton baton = Baton.open(AsyncOptions.defaults().loops(3))) {
      for (int i = 0; i < 30; i++) {
        List<String> names =
            baton
                .submit(
                    () -> {
                      Baton mine = TaskContext.current().baton();
                      String inner = mine.submit(LoopOrderTest::loopName).get();
                      return List.of(loopName(), inner);
                    })
                .get();
        assertEquals(names.get(0), names.get(1));
      }
    }
  }

  @Test
  void whatATaskSubmitsBeforeThereIsRoomRunsOnItsLoop() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch submitted = new CountDownLatch(1);
    CountDownLatch isRoom = new CountDownLatch(1);
    try (Baton baton = Baton.open(AsyncOptions.defaults().loops(2).limit(2).lend(0))) {
      Callable<String> makesRoom =
          () -> {
            begun.countDown();
            submitted.await();
            return loopName();
          };
      Callable<List<Object>> submits =
          () -> {
            TaskFuture<String> child =
                TaskContext.current().baton().submit(LoopOrderTest::loopName);
            submitted.countDown();
            isRoom.await();
            return List.of(loopName(), child);
          };
      TaskFuture<String> first = baton.submit(makesRoom);
      begun.await();
      TaskFuture<List<Object>> second = baton.submit(submits);
      String other = first.get();
      first.terminated().get();
      isRoom.countDown();
      List<Object> seen = second.get();
      assertNotEquals(other, seen.get(0));
      assertEquals(seen.get(0), ((Future<?>) seen.get(1)).get());
    }
  }

  @Test
  void whatATaskSubmitsIsTriedAgainOnItsLoop() throws Exception {
    TaskOptions twice = TaskOptions.none().retries(1, Duration.ofMillis(1));
    try (Baton baton = Baton.open(AsyncOptions.defaults().loops(3))) {
      for (int i = 0; i < 10; i++) {
        List<String> names = new CopyOnWriteArrayList<>();
        Callable<String> child =
            () -> {
              names.add(loopName());
              if (names.size() < 3) {
                throw new IOException("on purpose");
              }
              return loopName();
            };
        Callable<TaskFuture<String>> submits =
            () -> {
              names.add(loopName());
              return TaskContext.current().baton().submit(twice, (Task<String>) child::call);
            };
        baton.submit(submits).get().get();
        assertEquals(1, Set.copyOf(names).size(), names::toString);
      }
    }
  }

  private static String loopName() {
    return Thread.currentThread().getName();
  }

  @Test
  void severalLoopsRunAtOnce() throws Exception {
    CountDownLatch meeting = new CountDownLatch(2);
    Callable<String> body =
        () -> {
          meeting.countDown();
          meeting.await();
          return loopName();
        };
    try (Baton baton = Baton.open(AsyncOptions.defaults().loops(2))) {
      TaskFuture<String> first = baton.submit(body);
      TaskFuture<String> second = baton.submit(body);
      assertNotEquals(first.get(), second.get());
    }
  }

  @Test
  void callbacksAndAsyncStagesRunOnTheLoop() throws Exception {
    try (Baton loop = Baton.open("async")) {
      String name = loop.submit(LoopOrderTest::loopName).get();
      CompletableFuture<Integer> stage = new CompletableFuture<>();
      TaskFuture<Integer> open = loop.submitAsync(() -> stage);
      CompletableFuture<String> calledOn = new CompletableFuture<>();
      open.onDone(done -> calledOn.complete(loopName()));
      TaskFuture<String> async = open.thenApplyAsync(value -> loopName());
      loop.submit(() -> 1).get();
      stage.complete(1);
      assertEquals(name, calledOn.get());
      assertEquals(name, async.get());
    }
  }

  @Test
  void aCallbackOnTheLoopMayWaitForATaskOfTheLoop() throws Exception {
    try (Baton loop = Baton.open("async")) {
      TaskFuture<Integer> sum =
          loop.submit(() -> 40).thenApplyAsync(n -> n + loop.submit(() -> 2).join());
      assertEquals(42, sum.get(Duration.ofSeconds(10)));
    }
  }

  @Test
  void closeInACallbackOnTheLoopIsRefused() throws Exception {
    try (Baton loop = Baton.open("async")) {
      Action close = loop::close;
      TaskFuture<Void> closed = loop.submit(() -> 1).thenRunAsync(close);
      Throwable refused = closed.exception(Duration.ofSeconds(10));
      assertSame(IllegalStateException.class, refused == null ? null : refused.getClass());
    }
  }

  @Test
  void whatIsConfinedToALoopNeedsNoLock() throws Exception {
    Map<String, Integer> counts = new HashMap<>();
    try (Baton loop = Baton.open("async")) {
      for (int i = 0; i < 1_000; i++) {
        String key = "k" + i % 7;
        loop.execute(
            (Action)
                () -> {
                  Await.yield();
                  counts.merge(key, 1, Integer::sum);
                });
      }
    }
    assertEquals(1_000, counts.values().stream().mapToInt(n -> n).sum());
  }
}
