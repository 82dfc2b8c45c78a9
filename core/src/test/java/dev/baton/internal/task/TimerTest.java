package dev.baton.internal.task;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TimerTest {

  private static Thread threadOf(long nanos) {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    Timer.after(nanos, () -> thread.complete(Thread.currentThread()));
    return thread.orTimeout(10, TimeUnit.SECONDS).join();
  }

  private static void awaitNoTimer() {
    await()
        .atMost(Duration.ofSeconds(3))
        .until(
            () ->
                Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().equals("baton-timer")));
  }

  @Test
  void anActionRunsAfterItsTimeOnOneThreadThatIsADaemon() {
    long begin = System.nanoTime();
    Thread first = threadOf(TimeUnit.MILLISECONDS.toNanos(20));
    assertTrue(System.nanoTime() - begin >= TimeUnit.MILLISECONDS.toNanos(20));
    assertEquals("baton-timer", first.getName());
    assertTrue(first.isDaemon());
    assertSame(first, threadOf(0));
  }

  @Test
  void theThreadEndsWhenItIsIdleAndComesBackWhenItIsNeeded() {
    Thread first = threadOf(0);
    awaitNoTimer();
    assertFalse(first.isAlive());
    assertTrue(threadOf(0).isAlive());
  }

  @Test
  void aTimeLikeForEverIsNoProblem() {
    Future<?> timer = Timer.after(Long.MAX_VALUE, () -> {});
    assertFalse(timer.isDone());
    assertTrue(timer.cancel(false));
  }

  @Test
  void cancelledActionsAreForgottenAtOnce() throws ReflectiveOperationException {
    List<Future<?>> timers = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      timers.add(Timer.after(TimeUnit.HOURS.toNanos(1), () -> {}));
    }
    timers.forEach(timer -> timer.cancel(false));
    assertEquals(0, executor().getQueue().size());
  }

  static ScheduledThreadPoolExecutor executor() throws ReflectiveOperationException {
    Field field = Timer.class.getDeclaredField("EXECUTOR");
    field.setAccessible(true);
    return (ScheduledThreadPoolExecutor) field.get(null);
  }

  @Test
  void theThreadKeepsNothingOfTheOneThatHappenedToStartIt() {
    awaitNoTimer();
    InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
    local.set("of the first user");
    Thread user = Thread.currentThread();
    ClassLoader before = user.getContextClassLoader();
    user.setContextClassLoader(new ClassLoader(before) {});
    CompletableFuture<List<Object>> seen = new CompletableFuture<>();
    try {
      Timer.after(
          0,
          () ->
              seen.complete(
                  List.of(
                      Thread.currentThread().getContextClassLoader()
                          == user.getContextClassLoader(),
                      String.valueOf(local.get()))));
      assertEquals(List.of(false, "null"), seen.orTimeout(10, TimeUnit.SECONDS).join());
    } finally {
      user.setContextClassLoader(before);
    }
  }
}
