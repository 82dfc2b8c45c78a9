package dev.baton.benchmarks.loop;

import dev.baton.Await;
import dev.baton.Baton;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Who does it: each in one JVM of its own. */
public enum LoopSubject {
  /** Ours. */
  BATON {
    @Override
    void run(LoopWorkload workload, int count) throws Exception {
      try (Baton loop = Baton.open("async")) {
        switch (workload) {
          case PLAIN -> loop.submit((Callable<Object>) () -> submitAll(count)).get();
          case AWAIT -> loop.submit((Callable<Object>) () -> awaitAll(count)).get();
          case TIMERS -> openStages(loop, count);
          case SLEEPERS -> sleepAll(loop, count);
        }
      }
    }

    private Object submitAll(int count) throws Exception {
      Baton loop = TaskContext.current().baton();
      for (int i = 1; i < count; i++) {
        loop.execute(LoopSubject::nothing);
      }
      return loop.submit(() -> 1).get();
    }

    private Object awaitAll(int count) throws Exception {
      Baton loop = TaskContext.current().baton();
      for (int i = 0; i < count; i++) {
        CompletableFuture<Integer> stage = new CompletableFuture<>();
        Runnable complete = () -> stage.complete(1);
        loop.execute(complete);
        Await.on(stage);
      }
      return count;
    }

    private void openStages(Baton loop, int count) throws Exception {
      TaskOptions due = TaskOptions.none().deadline(WAIT);
      List<TaskFuture<Integer>> futures = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        futures.add(loop.submitAsync(due, CompletableFuture::new));
      }
      for (TaskFuture<Integer> future : futures) {
        future.exception(LONG);
      }
    }

    private void sleepAll(Baton loop, int count) throws Exception {
      List<TaskFuture<Void>> futures = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        futures.add(loop.submit(() -> Await.sleep(WAIT)));
      }
      for (TaskFuture<Void> future : futures) {
        future.get();
      }
    }
  },

  /** Netty's NIO loop, where a task cannot wait. */
  NETTY {
    @Override
    void run(LoopWorkload workload, int count) throws Exception {
      try (MultiThreadIoEventLoopGroup group =
          new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory())) {
        EventLoop loop = group.next();
        CountDownLatch done = new CountDownLatch(workload == LoopWorkload.TIMERS ? count : 1);
        switch (workload) {
          case PLAIN -> loop.execute(() -> executeAll(loop, count, done));
          case AWAIT -> loop.execute(() -> continueAll(loop, count, done));
          case TIMERS -> {
            for (int i = 0; i < count; i++) {
              loop.schedule(done::countDown, WAIT.toMillis(), TimeUnit.MILLISECONDS);
            }
          }
          case SLEEPERS -> throw new IllegalArgumentException("A task of Netty cannot sleep.");
        }
        done.await();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
      }
    }

    private void executeAll(EventLoop loop, int count, CountDownLatch done) {
      for (int i = 1; i < count; i++) {
        loop.execute(LoopSubject::nothing);
      }
      loop.execute(done::countDown);
    }

    private void continueAll(EventLoop loop, int left, CountDownLatch done) {
      if (left == 0) {
        done.countDown();
        return;
      }
      CompletableFuture<Integer> stage = new CompletableFuture<>();
      stage.thenRunAsync(() -> continueAll(loop, left - 1, done), loop);
      loop.execute(() -> stage.complete(1));
    }
  },

  /** A virtual thread for each task. */
  VIRTUAL {
    @Override
    void run(LoopWorkload workload, int count) throws Exception {
      try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
        switch (workload) {
          case PLAIN -> {
            for (int i = 0; i < count; i++) {
              executor.execute(LoopSubject::nothing);
            }
          }
          case AWAIT ->
              executor
                  .submit(
                      () -> {
                        for (int i = 0; i < count; i++) {
                          executor.submit(() -> 1).get();
                        }
                        return count;
                      })
                  .get();
          case TIMERS, SLEEPERS -> {
            List<Future<?>> futures = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
              futures.add(
                  executor.submit(
                      () -> {
                        Thread.sleep(WAIT);
                        return 1;
                      }));
            }
            for (Future<?> future : futures) {
              future.get();
            }
          }
        }
      }
    }
  };

  private static final Duration WAIT = Duration.ofSeconds(2);
  private static final Duration LONG = Duration.ofMinutes(5);

  private static void nothing() {}

  /** Does it once. */
  abstract void run(LoopWorkload workload, int count) throws Exception;

  /** Tells whether this one can do it at all. */
  boolean can(LoopWorkload workload) {
    return this != NETTY || workload != LoopWorkload.SLEEPERS;
  }
}
