package dev.baton.internal.timer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.lang.Thread.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

@Timeout(60)
class TimerTest {

  private static Thread threadOf(long nanos) {
    CompletableFuture<Thread> thread = new CompletableFuture<>();
    Timer.after(nanos, () -> thread.complete(Thread.currentThread()));
    return thread.orTimeout(10, TimeUnit.SECONDS).join();
  }

  private static Stream<Thread> timers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("baton-timer"));
  }

  private static void awaitNoTimer() {
    await().atMost(Duration.ofSeconds(3)).until(() -> timers().findAny().isEmpty());
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
  void theThreadDoesNotWaitForAFarActionThatIsCancelled() {
    awaitNoTimer();
    Timed far = Timer.after(TimeUnit.HOURS.toNanos(1), () -> {});
    await()
        .atMost(Duration.ofSeconds(3))
        .until(() -> timers().anyMatch(thread -> thread.getState() == State.TIMED_WAITING));
    Timer.cancel(far);
    awaitNoTimer();
  }

  @Test
  void aTimeLikeForEverIsNoProblem() {
    Timed timer = Timer.after(Long.MAX_VALUE, () -> {});
    assertFalse(Timer.isIdle());
    Timer.cancel(timer);
    assertTrue(Timer.isIdle());
  }

  @Test
  void cancelledActionsAreForgottenAtOnce() {
    List<Timed> timers = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      timers.add(Timer.after(TimeUnit.HOURS.toNanos(1), () -> {}));
    }
    timers.forEach(Timer::cancel);
    assertTrue(Timer.isIdle());
  }

  @Test
  void anEarlierActionIsNotKeptWaitingByALaterOne() {
    Timed late = Timer.after(TimeUnit.HOURS.toNanos(1), () -> {});
    assertTrue(threadOf(TimeUnit.MILLISECONDS.toNanos(5)).isAlive());
    Timer.cancel(late);
  }

  @Test
  void anActionThatFailsDoesNotKeepOthersFromTheirTurn() {
    Timer.after(
        0,
        () -> {
          throw new IllegalStateException("on purpose");
        });
    assertTrue(threadOf(0).isAlive());
  }

  @Test
  void aFailureThatCannotBeLoggedDoesNotEndTheTimer() {
    AppenderBase<ILoggingEvent> broken =
        new AppenderBase<>() {
          @Override
          protected void append(ILoggingEvent event) {
            throw new OutOfMemoryError("on purpose");
          }
        };
    Logger logger = (Logger) LoggerFactory.getLogger(Timer.class);
    logger.addAppender(broken);
    broken.start();
    try {
      Thread first = threadOf(0);
      Timer.after(
          0,
          () -> {
            throw new IllegalStateException("on purpose");
          });
      assertSame(first, threadOf(1));
    } finally {
      logger.detachAppender(broken);
    }
  }

  @Test
  void whatIsCancelledNeverRunsAndMayBeStartedAgain() throws Exception {
    CountDownLatch ran = new CountDownLatch(1);
    Timed timed = Timer.after(TimeUnit.HOURS.toNanos(1), ran::countDown);
    Timer.cancel(timed);
    Timer.goOn(timed, 0);
    assertTrue(Timer.isIdle(), "only what is being done goes on");
    Timer.start(timed, 0);
    assertTrue(ran.await(10, TimeUnit.SECONDS));
  }

  @Test
  void whatIsStartedTwiceIsDueAtTheLaterWordOnly() throws Exception {
    AtomicInteger count = new AtomicInteger();
    Timed timed = Timer.after(TimeUnit.HOURS.toNanos(1), count::incrementAndGet);
    Timer.start(timed, TimeUnit.MILLISECONDS.toNanos(1));
    await().untilAsserted(() -> assertEquals(1, count.get()));
    assertTrue(Timer.isIdle());
  }

  @Test
  void whatIsEndedIsNotStartedAnyMore() {
    Timed timed = Timer.after(TimeUnit.HOURS.toNanos(1), () -> {});
    Timer.end(timed);
    Timer.start(timed, 0);
    assertTrue(Timer.isIdle());
    Timer.cancel(timed);
    Timer.start(timed, 0);
    assertTrue(Timer.isIdle());
  }

  @Test
  void whatGoesOnIsDueAgain() throws Exception {
    CountDownLatch times = new CountDownLatch(3);
    Timed timed =
        new Timed() {
          @Override
          protected void due() {
            times.countDown();
            if (times.getCount() > 0) {
              Timer.goOn(this, 1000);
            }
          }
        };
    Timer.start(timed, 0);
    assertTrue(times.await(10, TimeUnit.SECONDS));
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
