package dev.baton.internal.threads;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.ThreadOptions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@SuppressWarnings("serial") // these tasks stay in this JVM
class WorkerThreadTest {

  private static Baton pool(int workers) {
    return Baton.configured("pool", Map.of("backend", "threads", "workers", "" + workers));
  }

  private static Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (thread.getName().startsWith("baton-pool-")) {
        names.add(thread.getName());
      }
    }
    return names;
  }

  @Test
  void workersAreStartedOneForEachTaskUntilThereAreEnough() {
    try (Baton baton = pool(3)) {
      assertEquals(Set.of(), names());
      baton.submit(() -> {}).join();
      assertEquals(Set.of("baton-pool-1"), names());
      for (int i = 0; i < 10; i++) {
        baton.submit(() -> {}).join();
      }
      assertEquals(Set.of("baton-pool-1", "baton-pool-2", "baton-pool-3"), names());
    }
    assertEquals(Set.of(), names());
  }

  @Test
  void allWorkersRunAtOnce() {
    try (Baton baton = pool(4)) {
      CyclicBarrier together = new CyclicBarrier(4);
      List<TaskFuture<Integer>> all = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        all.add(baton.submit(() -> together.await(10, TimeUnit.SECONDS)));
      }
      assertEquals(Set.of(0, 1, 2, 3), new HashSet<>(all.stream().map(TaskFuture::join).toList()));
    }
  }

  @Test
  void aWorkerIsADaemonOfTheOpenersLoaderAndInheritsNothingElse() {
    InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
    Thread me = Thread.currentThread();
    ClassLoader before = me.getContextClassLoader();
    ClassLoader opener = new ClassLoader(before) {};
    me.setContextClassLoader(opener);
    try (Baton baton = pool(1)) {
      me.setContextClassLoader(before);
      local.set("of the submitter");
      Thread worker = baton.submit(Thread::currentThread).join();
      assertTrue(worker.isDaemon());
      assertSame(opener, worker.getContextClassLoader());
      assertNull(baton.submit(() -> local.get()).join());
    } finally {
      me.setContextClassLoader(before);
    }
  }

  /** What the next task finds. */
  private record Found(String name, ClassLoader loader, boolean interrupted) {
    static Found here() {
      Thread thread = Thread.currentThread();
      return new Found(thread.getName(), thread.getContextClassLoader(), thread.isInterrupted());
    }
  }

  private static void disturb() {
    Thread thread = Thread.currentThread();
    thread.setName("disturbed");
    thread.setContextClassLoader(null);
    thread.interrupt();
  }

  @Test
  void whatATaskLeavesBehindIsGoneForTheNextOne() {
    try (Baton baton = pool(1)) {
      Found first = baton.submit(Found::here).join();
      TaskFuture<?> disturbing = baton.submit(WorkerThreadTest::disturb);
      assertEquals(first, baton.submit(Found::here).join());
      disturbing.join();
    }
  }

  @Test
  void whatACallbackLeavesBehindIsGoneForTheNextTask() {
    try (Baton baton = pool(1)) {
      Found first = baton.submit(Found::here).join();
      CountDownLatch release = new CountDownLatch(1);
      TaskFuture<?> task = baton.submit(() -> release.await());
      task.onDone(done -> disturb());
      task.thenRun(WorkerThreadTest::disturb);
      List<TaskFuture<Found>> next = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        next.add(baton.submit(Found::here));
      }
      release.countDown();
      next.forEach(found -> assertEquals(first, found.join()));
    }
  }

  @Test
  void anInterruptOfAnIdleWorkerDoesNotEndIt() {
    try (Baton baton = pool(1)) {
      Thread worker = baton.submit(Thread::currentThread).join();
      for (int i = 0; i < 50; i++) {
        worker.interrupt();
      }
      assertSame(worker, baton.submit(Thread::currentThread).join());
      await().until(() -> worker.getState() == Thread.State.WAITING);
      worker.interrupt();
      assertSame(worker, baton.submit(Thread::currentThread).join());
    }
  }

  @Test
  void anIdleWorkerSleeps() {
    try (Baton baton = pool(2)) {
      Set<Thread> workers = ConcurrentHashMap.newKeySet();
      for (int i = 0; i < 100; i++) {
        workers.add(baton.submit(Thread::currentThread).join());
      }
      await().until(() -> workers.stream().allMatch(w -> w.getState() == Thread.State.WAITING));
    }
  }

  @Test
  void noTaskIsOverlookedWhenWorkersGoToSleepAsItComes() {
    try (Baton baton = pool(2)) {
      AtomicInteger runs = new AtomicInteger();
      for (int round = 1; round <= 20_000; round++) {
        baton.submit(() -> runs.incrementAndGet()).join();
        if (round % 16 == 0) {
          Thread.onSpinWait();
        }
      }
      assertEquals(20_000, runs.get());
    }
  }

  @Test
  void twoTasksThatComeAtOnceRunAtOnceThoughTheWorkersSleep() throws Exception {
    try (Baton baton = pool(2)) {
      CyclicBarrier warm = new CyclicBarrier(2);
      for (int round = 0; round < 3_000; round++) {
        TaskFuture<?> one = baton.submit(() -> warm.await(10, TimeUnit.SECONDS));
        TaskFuture<?> two = baton.submit(() -> warm.await(10, TimeUnit.SECONDS));
        one.get();
        two.get();
      }
    }
  }

  /** Something made once in each worker. */
  private record Resource(Thread madeBy, Set<Thread> closedBy) implements AutoCloseable {
    @Override
    public void close() {
      closedBy.add(Thread.currentThread());
    }
  }

  @Test
  void aWorkerClosesItsResourcesWithItself() {
    Set<Thread> closedBy = ConcurrentHashMap.newKeySet();
    Set<Thread> madeBy = ConcurrentHashMap.newKeySet();
    try (Baton baton =
        Baton.open(
            ThreadOptions.defaults()
                .workers(2)
                .resource(Resource.class, () -> new Resource(Thread.currentThread(), closedBy)))) {
      CyclicBarrier together = new CyclicBarrier(2);
      for (int i = 0; i < 2; i++) {
        baton.submit(
            () -> {
              Resource resource = TaskContext.current().resource(Resource.class);
              assertSame(resource, TaskContext.current().resource(Resource.class));
              madeBy.add(resource.madeBy());
              return together.await(10, TimeUnit.SECONDS);
            });
      }
      await().until(() -> madeBy.size() == 2);
      assertEquals(Set.of(), closedBy);
    }
    assertEquals(madeBy, closedBy);
  }

  @Test
  void theWorkerThatGoesAfterAWaitClosesItsResources() {
    Set<Thread> closedBy = ConcurrentHashMap.newKeySet();
    try (Baton baton =
        Baton.open(
            ThreadOptions.defaults()
                .workers(1)
                .resource(Resource.class, () -> new Resource(Thread.currentThread(), closedBy)))) {
      Set<Thread> madeBy =
          baton
              .submit(
                  () -> {
                    Thread mine = TaskContext.current().resource(Resource.class).madeBy();
                    return Set.of(mine, makerInAnotherTask());
                  })
              .join();
      await().until(() -> madeBy.stream().filter(Thread::isAlive).count() == 1);
      assertEquals(
          madeBy.stream().filter(thread -> !thread.isAlive()).toList(), List.copyOf(closedBy));
    }
  }

  private static Thread makerInAnotherTask() {
    return TaskContext.current()
        .baton()
        .submit(() -> TaskContext.current().resource(Resource.class).madeBy())
        .join();
  }
}
