package dev.baton.internal.task;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.baton.support.Log;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@SuppressWarnings("serial") // the hooks stay in this JVM
class StopSignalTest {

  private final StopSignal signal = new StopSignal();
  private final List<String> order = new CopyOnWriteArrayList<>();
  private final CountDownLatch interrupted = new CountDownLatch(1);

  private void interrupt() {
    order.add("interrupt");
    interrupted.countDown();
  }

  private void awaitInterrupt() throws InterruptedException {
    assertTrue(interrupted.await(10, TimeUnit.SECONDS));
  }

  @Test
  void withoutHooksTheInterruptComesAtOnceFromWhoAsks() {
    assertFalse(signal.isRequested());
    Thread[] interrupter = new Thread[1];
    signal.request(() -> interrupter[0] = Thread.currentThread());
    assertTrue(signal.isRequested());
    assertSame(Thread.currentThread(), interrupter[0]);
  }

  @Test
  void hooksRunInTheOrderOfTheirRegistrationAndThenTheInterruptComes() throws Exception {
    for (String name : List.of("first", "second", "third")) {
      signal.add(() -> order.add(name + " " + signal.isRequested()));
    }
    signal.request(this::interrupt);
    awaitInterrupt();
    assertEquals(List.of("first true", "second true", "third true", "interrupt"), order);
  }

  @Test
  void hooksRunOnAVirtualThread() throws Exception {
    signal.add(() -> order.add(Thread.currentThread().isVirtual() ? "virtual" : "platform"));
    signal.request(this::interrupt);
    awaitInterrupt();
    assertEquals(List.of("virtual", "interrupt"), order);
  }

  @Test
  void aHookThatDoesNotReturnDelaysTheInterruptByAHundredMilliseconds() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    signal.add(
        () -> {
          release.await();
          order.add("hook");
        });
    signal.add(() -> order.add("second hook"));
    long begin = System.nanoTime();
    signal.request(this::interrupt);
    awaitInterrupt();
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    assertTrue(millis >= 100 && millis < 2_000, () -> "the interrupt came after " + millis + " ms");
    release.countDown();
    await().until(() -> order.size() >= 3);
    assertEquals(List.of("interrupt", "hook", "second hook"), order);
  }

  @Test
  void theInterruptComesOnceThoughTheHooksEndLater() throws Exception {
    AtomicInteger interrupts = new AtomicInteger();
    CountDownLatch hookEnded = new CountDownLatch(1);
    signal.add(
        () -> {
          await().untilAtomic(interrupts, equalTo(1));
          hookEnded.countDown();
        });
    signal.request(interrupts::incrementAndGet);
    assertTrue(hookEnded.await(10, TimeUnit.SECONDS));
    signal.request(interrupts::incrementAndGet);
    assertEquals(1, interrupts.get());
  }

  @Test
  void aHookThatThrowsIsLoggedAndTheOthersAndTheInterruptFollow() throws Exception {
    try (Log log = Log.of(StopSignal.class)) {
      Exception failure = new Exception("no");
      AssertionError error = new AssertionError("worse");
      signal.add(
          () -> {
            throw failure;
          });
      signal.add(
          () -> {
            throw error;
          });
      signal.add(() -> order.add("last"));
      signal.request(this::interrupt);
      awaitInterrupt();
      assertEquals(List.of("last", "interrupt"), order);
      assertEquals(
          List.of("WARN An onCancel hook threw", "WARN An onCancel hook threw"), log.lines());
      assertSame(error, log.lastException(Level.WARN));
    }
  }

  @Test
  void aHookThatIsRegisteredTooLateRunsAtOnceHere() {
    signal.request(this::interrupt);
    Thread[] runner = new Thread[1];
    signal.add(() -> runner[0] = Thread.currentThread());
    assertSame(Thread.currentThread(), runner[0]);
  }

  @Test
  void aHookThatIsRegisteredTooLateAndThrowsIsLogged() {
    try (Log log = Log.of(StopSignal.class)) {
      signal.request(this::interrupt);
      signal.add(
          () -> {
            throw new Exception("no");
          });
      assertEquals(List.of("WARN An onCancel hook threw"), log.lines());
    }
  }

  @Test
  void eachHookRunsOnceWhenItIsRegisteredAsTheStopIsAskedFor() throws Exception {
    int hooks = 20;
    for (int round = 0; round < 300; round++) {
      StopSignal next = new StopSignal();
      CountDownLatch ran = new CountDownLatch(hooks);
      AtomicInteger runs = new AtomicInteger();
      Thread asker = Thread.ofVirtual().start(() -> next.request(() -> {}));
      for (int i = 0; i < hooks; i++) {
        next.add(
            () -> {
              runs.incrementAndGet();
              ran.countDown();
            });
      }
      asker.join();
      assertTrue(ran.await(10, TimeUnit.SECONDS), () -> ran.getCount() + " hooks were missed");
      assertEquals(hooks, runs.get());
    }
  }
}
