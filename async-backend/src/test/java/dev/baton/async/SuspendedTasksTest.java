package dev.baton.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Action;
import dev.baton.Await;
import dev.baton.Baton;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.TaskRejectedException;
import dev.baton.TaskTimeoutException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Tasks that wait: cancelled, timed out, closed under, in a circle. */
class SuspendedTasksTest {

  private static final Duration LONG = Duration.ofDays(1);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void closeWaitsForThousandsOfSuspendedTasks() {
    int[] over = new int[1];
    try (Baton loop = Baton.open("async")) {
      for (int i = 0; i < 5_000; i++) {
        loop.execute(
            (Action)
                () -> {
                  Await.sleep(Duration.ofMillis(50));
                  over[0]++;
                });
      }
    }
    assertEquals(5_000, over[0]);
  }

  @Test
  void shutdownNowEndsThousandsOfSuspendedTasks() throws Exception {
    int[] interrupted = new int[1];
    Baton loop = Baton.open("async");
    List<TaskFuture<Void>> futures = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      futures.add(
          loop.submit(
              (Action)
                  () -> {
                    try {
                      Await.sleep(LONG);
                    } catch (InterruptedException stop) {
                      interrupted[0]++;
                      throw stop;
                    }
                  }));
    }
    loop.submit(() -> 1).get();
    assertEquals(List.of(), loop.shutdownNow());
    assertTrue(loop.awaitTermination(PATIENCE));
    assertEquals(5_000, interrupted[0]);
    assertTrue(futures.stream().allMatch(Future::isDone));
  }

  @Test
  void aTaskCancelledWhileItQueuesForTheBatonGetsItAndThrowsAtItsAwait() throws Exception {
    try (Baton loop = Baton.open("async")) {
      CompletableFuture<Integer> stage = new CompletableFuture<>();
      CountDownLatch holding = new CountDownLatch(1);
      CountDownLatch letGo = new CountDownLatch(1);
      List<String> seen = new ArrayList<>();
      TaskFuture<Object> waiting =
          loop.submit(
              (Callable<Object>)
                  () -> {
                    try {
                      return Await.on(stage);
                    } catch (InterruptedException stop) {
                      seen.add("interrupted");
                      throw stop;
                    }
                  });
      Callable<Object> holder =
          () -> {
            holding.countDown();
            letGo.await();
            return seen.add("the holder was first");
          };
      TaskFuture<Object> held = loop.submit(holder);
      holding.await();
      stage.complete(1);
      waiting.cancel(true);
      assertFalse(waiting.terminated().isDone(), "it does not go on without the baton");
      letGo.countDown();
      held.get();
      waiting.terminated().get(PATIENCE);
      assertEquals(List.of("the holder was first", "interrupted"), seen);
    }
  }

  @Test
  void aBlockingCallIsInterruptedAndEndsBeforeItsTaskDoes() throws Exception {
    try (Baton loop = Baton.open("async")) {
      CountDownLatch inCall = new CountDownLatch(1);
      AtomicReference<String> seen = new AtomicReference<>();
      TaskFuture<Object> future =
          loop.submit(
              (Callable<Object>)
                  () ->
                      Await.blocking(
                          () -> {
                            inCall.countDown();
                            try {
                              Thread.sleep(LONG);
                            } finally {
                              seen.set("over");
                            }
                            return 1;
                          }));
      inCall.await();
      assertEquals(1, loop.submit(() -> 1).get(), "the loop goes on meanwhile");
      future.cancel(true);
      future.terminated().get(PATIENCE);
      assertEquals("over", seen.get());
    }
  }

  @Test
  void theResultOfABlockingCallIsNotLostToALateInterrupt() throws Exception {
    try (Baton loop = Baton.open("async")) {
      CountDownLatch holding = new CountDownLatch(1);
      CountDownLatch inCall = new CountDownLatch(1);
      CountDownLatch letGo = new CountDownLatch(1);
      CountDownLatch endCall = new CountDownLatch(1);
      List<Object> seen = new ArrayList<>();
      Callable<Object> body =
          () -> {
            seen.add(
                Await.blocking(
                    () -> {
                      inCall.countDown();
                      endCall.await();
                      return "opened";
                    }));
            seen.add(Thread.currentThread().isInterrupted());
            assertThrows(InterruptedException.class, () -> Await.sleep(LONG));
            return 0;
          };
      TaskFuture<Object> future = loop.submit(body);
      inCall.await();
      Callable<Object> holder =
          () -> {
            holding.countDown();
            letGo.await();
            return 0;
          };
      loop.submit(holder);
      holding.await();
      endCall.countDown();
      Awaitility.await().until(() -> loop.dump().contains("comeBack"));
      future.cancel(true);
      letGo.countDown();
      future.terminated().get(PATIENCE);
      assertEquals(List.of("opened", true), seen);
    }
  }

  @Test
  void aWaitWithATimeoutEndsInTime() throws Exception {
    try (Baton loop = Baton.open("async")) {
      TaskFuture<String> late =
          loop.submit(
              () -> {
                Baton mine = TaskContext.current().baton();
                TaskFuture<Void> inner = mine.submit(() -> Await.sleep(LONG));
                try {
                  inner.get(Duration.ofMillis(20));
                  return "in time";
                } catch (TimeoutException expected) {
                  inner.cancel(true);
                  return "late";
                }
              });
      assertEquals("late", late.get(PATIENCE));
    }
  }

  @Test
  void aTimeoutEndsASuspendedTaskAndAnOpenStage() throws Exception {
    TaskOptions brief = TaskOptions.none().timeout(Duration.ofMillis(30));
    TaskOptions due = TaskOptions.none().deadline(Duration.ofMillis(30));
    try (Baton loop = Baton.open("async")) {
      CompletableFuture<Integer> never = new CompletableFuture<>();
      CompletableFuture<Integer> neither = new CompletableFuture<>();
      TaskFuture<Void> sleeping = loop.submit(brief, () -> Await.sleep(LONG));
      TaskFuture<Integer> open = loop.submitAsync(brief, () -> never);
      AtomicBoolean begun = new AtomicBoolean();
      TaskFuture<Integer> overdue =
          loop.submitAsync(
              due,
              () -> {
                begun.set(true);
                return neither;
              });
      for (TaskFuture<?> each : List.of(sleeping, open, overdue)) {
        assertSame(TaskTimeoutException.class, classOf(each.exception(PATIENCE)));
      }
      Awaitility.await().until(never::isCancelled);
      overdue.terminated().get(PATIENCE);
      assertEquals(begun.get(), neither.isCancelled(), "cancelled if it came to that in its time");
    }
  }

  private static Class<?> classOf(@Nullable Object thrown) {
    return thrown == null ? Void.class : thrown.getClass();
  }

  @Test
  void aHundredThousandOpenStagesHoldNoThread() throws Exception {
    int many = 100_000;
    try (Baton loop = Baton.open("async")) {
      List<CompletableFuture<Integer>> stages = new ArrayList<>(many);
      List<TaskFuture<Integer>> futures = new ArrayList<>(many);
      for (int i = 0; i < many; i++) {
        CompletableFuture<Integer> stage = new CompletableFuture<>();
        stages.add(stage);
        futures.add(loop.submitAsync(() -> stage));
      }
      Awaitility.await().atMost(PATIENCE).until(() -> loop.stats().running() == many);
      assertTrue(loop.dump().contains("0 suspended"), "no task has a thread");
      futures.getFirst().cancel(true);
      Awaitility.await().until(stages.getFirst()::isCancelled);
      stages.forEach(stage -> stage.complete(1));
      for (TaskFuture<Integer> future : futures.subList(1, many)) {
        assertEquals(1, future.get());
      }
    }
  }

  @Test
  void aStagesExceptionComesUnwrapped() {
    IOException failure = new IOException("on purpose");
    try (Baton loop = Baton.open("async")) {
      TaskFuture<Integer> failed =
          loop.submitAsync(
              () -> CompletableFuture.<Integer>failedFuture(failure).thenApply(n -> n + 1));
      ExecutionException thrown = assertThrows(ExecutionException.class, failed::get);
      assertSame(failure, thrown.getCause());
    }
  }

  @Test
  void aNullStageIsNamed() throws Exception {
    try (Baton loop = Baton.open("async")) {
      TaskFuture<Integer> none = loop.submitAsync(() -> nothing());
      assertSame(NullPointerException.class, classOf(none.exception(PATIENCE)));
    }
  }

  @SuppressWarnings("NullAway") // what a caller gets wrong
  private static CompletableFuture<Integer> nothing() {
    return null;
  }

  @Test
  void awaitOutsideAnyTaskBlocks() throws Exception {
    try (Baton loop = Baton.open("async")) {
      assertEquals(1, Await.on(loop.submit(() -> 1)));
      assertEquals(2, Await.blocking(() -> 2));
      Await.sleep(Duration.ofMillis(1));
      Await.yield();
    }
  }

  @Test
  void anotherExecutorMayMakeTheBlockingCalls() throws Exception {
    try (Baton threads = Baton.open("threads");
        Baton loop = Baton.open(AsyncOptions.defaults().blocking(threads))) {
      TaskFuture<List<Object>> future =
          loop.submit(
              () ->
                  Await.blocking(
                      () ->
                          List.<Object>of(
                              Thread.currentThread().isVirtual(), TaskContext.current().name())));
      assertEquals(List.of(false, future.info().name()), future.get());
      IOException failure = new IOException("from there");
      TaskFuture<Object> failed =
          loop.submit(
              (Callable<Object>)
                  () ->
                      Await.blocking(
                          () -> {
                            throw failure;
                          }));
      assertSame(failure, failed.exception(PATIENCE));
    }
  }

  @Test
  void aBlockingCallHasTheClassLoaderOfItsTaskAndLeavesNothingToTheNext() throws Exception {
    ClassLoader mine = new ClassLoader(SuspendedTasksTest.class.getClassLoader()) {};
    try (Baton loop = Baton.open("async")) {
      Callable<ClassLoader> first =
          () -> {
            Thread.currentThread().setContextClassLoader(mine);
            return Await.blocking(
                () -> {
                  ClassLoader seen = Thread.currentThread().getContextClassLoader();
                  Thread.currentThread().setContextClassLoader(new ClassLoader(mine) {});
                  Thread.currentThread().setName("renamed");
                  Thread.currentThread().interrupt();
                  return seen;
                });
          };
      assertSame(mine, loop.submit(first).get(PATIENCE));
      Callable<List<Object>> next =
          () -> {
            ClassLoader own = Thread.currentThread().getContextClassLoader();
            return Await.blocking(
                () -> {
                  Thread caller = Thread.currentThread();
                  return List.<Object>of(
                      caller.getContextClassLoader() == own,
                      caller.getName().equals("renamed"),
                      caller.isInterrupted());
                });
          };
      assertEquals(List.of(true, false, false), loop.submit(next).get(PATIENCE));
    }
  }

  @Test
  void anInterruptReachesTheThreadThatMakesTheCall() throws Exception {
    try (Baton threads = Baton.open("threads");
        Baton loop = Baton.open(AsyncOptions.defaults().blocking(threads))) {
      CountDownLatch inCall = new CountDownLatch(1);
      TaskFuture<Object> future =
          loop.submit(
              (Callable<Object>)
                  () ->
                      Await.blocking(
                          () -> {
                            inCall.countDown();
                            Thread.sleep(LONG);
                            return 1;
                          }));
      inCall.await();
      future.cancel(true);
      future.terminated().get(PATIENCE);
      Callable<Boolean> flag = () -> Thread.currentThread().isInterrupted();
      for (int i = 0; i < 8; i++) {
        assertFalse(threads.submit(flag).get());
      }
    }
  }

  @Test
  void aBlockingCallThatHasNotBegunIsNotMadeForATaskThatWasCancelled() throws Exception {
    BlockingQueue<Runnable> neverRun = new LinkedBlockingQueue<>();
    AtomicReference<String> called = new AtomicReference<>("no");
    try (Baton loop = Baton.open(AsyncOptions.defaults().blocking(neverRun::add))) {
      Action body =
          () ->
              Await.blocking(
                  () -> {
                    called.set("yes");
                    return 1;
                  });
      TaskFuture<Void> future = loop.submit(body);
      Runnable call = neverRun.take();
      future.cancel(true);
      future.terminated().get(PATIENCE);
      call.run();
      assertEquals("no", called.get());
    }
  }

  @Test
  void aSleepWithoutEndHoldsUpNoOtherTimer() throws Exception {
    try (Baton loop = Baton.open("async")) {
      TaskFuture<Void> brief = loop.submit(() -> Await.sleep(Duration.ofMillis(5)));
      TaskFuture<Void> endless =
          loop.submit(
              () -> {
                Thread.sleep(20); // so that the other's time has come when this one's is set
                Await.sleep(Duration.ofSeconds(Long.MAX_VALUE));
              });
      brief.get(PATIENCE);
      loop.submit(() -> Await.sleep(Duration.ofMillis(5))).get(PATIENCE);
      endless.cancel(true);
    }
  }

  @Test
  void anAwaitOnAFullStackFailsAndLeavesTheLoopAsItWas() throws Exception {
    try (Baton loop = Baton.open("async")) {
      TaskFuture<Void> other =
          loop.submit(
              () -> {
                while (true) {
                  Await.sleep(Duration.ZERO);
                }
              });
      TaskFuture<Void> deep = loop.submit((Action) SuspendedTasksTest::awaitAtTheEndOfTheStack);
      deep.get(PATIENCE);
      assertFalse(other.isDone());
      other.cancel(true);
    }
  }

  /** Awaits as deep as there is room, after failing where there is less. */
  @SuppressWarnings("InfiniteRecursion")
  private static void awaitAtTheEndOfTheStack() throws InterruptedException {
    try {
      awaitAtTheEndOfTheStack();
    } catch (StackOverflowError full) {
      Await.sleep(Duration.ZERO);
    }
  }

  @Test
  void anExecutorThatRejectsABlockingCallFailsTheTask() throws Exception {
    Executor rejecting =
        call -> {
          throw new java.util.concurrent.RejectedExecutionException("on purpose");
        };
    try (Baton loop = Baton.open(AsyncOptions.defaults().blocking(rejecting))) {
      TaskFuture<Integer> future = loop.submit(() -> Await.blocking(() -> 1));
      assertEquals("on purpose", String.valueOf(future.exception(PATIENCE)).replaceAll(".*: ", ""));
    }
  }

  @Test
  void awaitsInsideABlockingCallBlockOnly() throws Exception {
    try (Baton loop = Baton.open("async")) {
      TaskFuture<Integer> future =
          loop.submit(
              () -> {
                Baton mine = TaskContext.current().baton();
                return Await.blocking(
                    () -> {
                      Await.sleep(Duration.ofMillis(1));
                      Await.yield();
                      return Await.blocking(() -> mine.submit(() -> 42).get());
                    });
              });
      assertEquals(42, future.get(PATIENCE));
    }
  }

  @Test
  void anAwaitUnderAMonitorWorks() throws Exception {
    Object monitor = new Object();
    Callable<Integer> body =
        () -> {
          synchronized (monitor) {
            Await.sleep(Duration.ofMillis(10));
            return 1;
          }
        };
    try (Baton loop = Baton.open("async")) {
      assertEquals(1, loop.submit(body).get(PATIENCE));
    }
  }

  @Test
  void awaitsUnderMonitorsThatKeepAllCarriersDoNotStopTheLoop() throws Exception {
    CompletableFuture<Integer> answer = new CompletableFuture<>();
    assertAnswered(() -> Await.on(answer), () -> answer.complete(42));
  }

  /** Submits tasks that each make a call inside a monitor of their own. */
  private static List<TaskFuture<Integer>> submitUnderMonitors(
      Baton loop, int tasks, Callable<Integer> call) {
    List<TaskFuture<Integer>> futures = new ArrayList<>();
    for (int i = 0; i < tasks; i++) {
      Object monitor = new Object();
      Callable<Integer> body =
          () -> {
            synchronized (monitor) {
              return call.call();
            }
          };
      futures.add(loop.submit(body));
    }
    return futures;
  }

  @Test
  void sleepsUnderMonitorsThatKeepAllCarriersEnd() throws Exception {
    int carriers = Runtime.getRuntime().availableProcessors();
    for (int tasks : new int[] {carriers, 3 * carriers}) {
      try (Baton loop = Baton.open("async")) {
        List<TaskFuture<Integer>> futures =
            submitUnderMonitors(
                loop,
                tasks,
                () -> {
                  Await.sleep(Duration.ofMillis(50));
                  return 1;
                });
        for (TaskFuture<Integer> future : futures) {
          assertEquals(1, future.get(PATIENCE));
        }
      }
    }
  }

  @Test
  void blockingCallsUnderMonitorsThatKeepAllCarriersDoNotStopTheLoop() throws Exception {
    BlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
    assertAnswered(() -> Await.blocking(answers::take), () -> answers.add(42));
  }

  /** Lets more tasks wait inside monitors than there are carriers, and then as many answer them. */
  private static void assertAnswered(Callable<Integer> wait, Callable<Boolean> answer)
      throws Exception {
    int tasks = 3 * Runtime.getRuntime().availableProcessors();
    CountDownLatch waiting = new CountDownLatch(tasks);
    try (Baton loop = Baton.open("async")) {
      List<TaskFuture<Integer>> futures =
          submitUnderMonitors(
              loop,
              tasks,
              () -> {
                waiting.countDown();
                return wait.call();
              });
      assertTrue(waiting.await(20, TimeUnit.SECONDS), () -> waiting + " have not begun");
      for (int i = 0; i < tasks; i++) {
        loop.submit(answer).get(PATIENCE);
      }
      for (TaskFuture<Integer> future : futures) {
        assertEquals(42, future.get(PATIENCE));
      }
    }
  }

  @Test
  void aTaskThatAwaitsItselfIsToldSo() throws Exception {
    try (Baton loop = Baton.open("async")) {
      AtomicReference<TaskFuture<Integer>> self = new AtomicReference<>();
      CountDownLatch known = new CountDownLatch(1);
      Callable<Integer> body =
          () -> {
            Await.blocking(
                () -> {
                  known.await();
                  return 0;
                });
            return self.get().get();
          };
      TaskFuture<Integer> future = loop.submit(body);
      self.set(future);
      known.countDown();
      Throwable told = future.exception(PATIENCE);
      assertSame(TaskRejectedException.class, classOf(told));
      String name = "task-1 of " + loop.name();
      assertTrue(String.valueOf(told).contains(name + " > " + name), () -> "" + told);
    }
  }

  @Test
  void tasksThatAwaitEachOtherInACircleAreNamed() throws Exception {
    try (Baton loop = Baton.open("async")) {
      List<TaskFuture<Integer>> all = new ArrayList<>();
      CountDownLatch known = new CountDownLatch(1);
      IntFunction<Callable<Integer>> waitsForNext =
          n ->
              () -> {
                Await.blocking(
                    () -> {
                      known.await();
                      return 0;
                    });
                return n == 1
                    ? all.get(2).thenApply(value -> value).get()
                    : all.get((n + 1) % 3).get();
              };
      for (int n = 0; n < 3; n++) {
        all.add(loop.submit(waitsForNext.apply(n)));
      }
      known.countDown();
      List<Throwable> told = new ArrayList<>();
      for (TaskFuture<Integer> each : all) {
        Throwable thrown = each.exception(PATIENCE);
        told.add(thrown == null ? new AssertionError("none") : thrown);
      }
      String roots =
          told.stream().filter(t -> t instanceof TaskRejectedException).toList().toString();
      for (int n = 1; n <= 3; n++) {
        assertTrue(roots.contains("task-" + n + " of " + loop.name()), roots);
      }
    }
  }

  @Test
  void aCancelledStageIsACancellation() throws Exception {
    try (Baton loop = Baton.open("async")) {
      CompletableFuture<Integer> stage = new CompletableFuture<>();
      TaskFuture<Boolean> future =
          loop.submit(
              () -> {
                stage.cancel(true);
                assertThrows(CancellationException.class, () -> Await.on(stage));
                return true;
              });
      assertTrue(future.get(PATIENCE));
    }
  }
}
