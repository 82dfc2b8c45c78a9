package dev.baton.spi;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ch.qos.logback.classic.Level;
import dev.baton.Task;
import dev.baton.support.Log;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkerScopeTest {

  private final AtomicInteger calls = new AtomicInteger();
  private final List<String> closed = new ArrayList<>();

  /** Something that notes its closing. */
  private final class Noted implements AutoCloseable {
    private final String name;

    Noted(String name) {
      this.name = name;
    }

    @Override
    public void close() {
      closed.add(name);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  @Test
  void aResourceIsMadeAtItsFirstUseAndOnce() throws Exception {
    WorkerScope scope =
        new WorkerScope(Map.of(String.class, () -> "made" + calls.incrementAndGet()));
    assertEquals(0, calls.get());
    assertEquals("made1", scope.resource(String.class));
    assertEquals("made1", scope.resource(String.class));
    scope.close();
  }

  @Test
  void eachKeyHasAThingOfItsOwn() throws Exception {
    try (WorkerScope scope = new WorkerScope(Map.of())) {
      assertEquals("one", scope.shared("a", () -> "one"));
      assertEquals("two", scope.shared("b", () -> "two"));
      assertEquals("one", scope.shared("a", () -> "three"));
    }
  }

  @Test
  void threadsThatComeAtOnceShareOneThing() throws Exception {
    try (WorkerScope scope = new WorkerScope(Map.of())) {
      CyclicBarrier together = new CyclicBarrier(4);
      Set<Object> seen = ConcurrentHashMap.newKeySet();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        threads.add(Thread.ofPlatform().start(() -> seen.add(firstUse(scope, together))));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertEquals(1, calls.get());
      assertEquals(1, seen.size());
    }
  }

  private Object firstUse(WorkerScope scope, CyclicBarrier together) {
    try {
      together.await(10, TimeUnit.SECONDS);
      return scope.<Object>shared(
          "key",
          () -> {
            calls.incrementAndGet();
            return new Object();
          });
    } catch (Exception failure) {
      return failure;
    }
  }

  @Test
  void aFactoryThatFailsIsTriedAgain() throws Exception {
    try (WorkerScope scope = new WorkerScope(Map.of())) {
      Exception failure = new Exception("not yet");
      Task<String> factory =
          () -> {
            if (calls.incrementAndGet() < 3) {
              throw failure;
            }
            return "made";
          };
      assertSame(failure, assertThrows(Exception.class, () -> scope.shared("key", factory)));
      assertSame(failure, assertThrows(Exception.class, () -> scope.shared("key", factory)));
      assertEquals("made", scope.shared("key", factory));
    }
  }

  @Test
  @SuppressWarnings("NullAway") // null is what a careless factory returns
  void aFactoryThatReturnsNullIsNamed() {
    try (WorkerScope scope = new WorkerScope(Map.of())) {
      IllegalStateException refused =
          assertThrows(IllegalStateException.class, () -> scope.shared("key", () -> null));
      assertEquals("The factory of resource key returned null.", refused.getMessage());
    }
  }

  @Test
  void anUnknownTypeIsRefusedWithThoseThatThereAre() {
    Map<Class<?>, Task<?>> factories = new LinkedHashMap<>();
    factories.put(String.class, () -> "made");
    factories.put(Integer.class, () -> 1);
    try (WorkerScope scope = new WorkerScope(factories)) {
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> scope.resource(Thread.class));
      assertEquals(
          "This executor has no resource of type java.lang.Thread. Give its options one:"
              + " .resource(Thread.class, () -> ...). It has: [java.lang.Integer, java.lang.String]",
          refused.getMessage());
    }
  }

  @Test
  void theLastMadeIsClosedFirstAndEachOnce() throws Exception {
    WorkerScope scope = new WorkerScope(Map.of());
    scope.shared("a", () -> new Noted("a"));
    scope.shared("plain", () -> "needs no closing");
    scope.shared(
        "c",
        () -> {
          scope.shared("b", () -> new Noted("b"));
          return new Noted("c");
        });
    scope.close();
    scope.close();
    assertEquals(List.of("c", "b", "a"), closed);
  }

  @Test
  void aCloseThatThrowsIsLoggedAndDoesNotKeepTheOthersOpen() throws Exception {
    try (Log log = Log.of(WorkerScope.class)) {
      WorkerScope scope = new WorkerScope(Map.of());
      scope.shared("last", () -> new Noted("last"));
      AssertionError error = new AssertionError("error");
      scope.shared("error", () -> new Stuck(error));
      scope.shared("exception", () -> new Stuck(new IllegalStateException("exception")));
      scope.close();
      assertEquals(List.of("last"), closed);
      assertEquals(
          List.of(
              "WARN Closing the worker's resource Stuck[failure=java.lang.IllegalStateException:"
                  + " exception] failed",
              "WARN Closing the worker's resource Stuck[failure=java.lang.AssertionError: error]"
                  + " failed"),
          log.lines());
      assertSame(error, log.lastException(Level.WARN));
    }
  }

  /** Something that cannot be closed. */
  private record Stuck(Throwable failure) implements AutoCloseable {
    @Override
    public void close() {
      if (failure instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) failure;
    }
  }

  @Test
  void aFactoryThatAsksForItsOwnThingIsToldSo() throws Exception {
    WorkerScope scope = new WorkerScope(Map.of());
    IllegalStateException refused =
        assertThrows(
            IllegalStateException.class,
            () -> scope.shared("key", () -> scope.shared("key", () -> "inner")));
    assertEquals("The factory of resource key asks for itself.", refused.getMessage());
    assertEquals("made", scope.shared("key", () -> "made"));
    scope.close();
  }

  @Test
  void anInterruptEndsTheWaitForAFactory() throws Exception {
    try (WorkerScope scope = new WorkerScope(Map.of())) {
      CountDownLatch made = new CountDownLatch(1);
      FutureTask<String> maker =
          new FutureTask<>(
              () ->
                  scope.shared(
                      "key",
                      () -> {
                        calls.incrementAndGet();
                        made.await();
                        return "made";
                      }));
      Thread.ofPlatform().start(maker);
      await().untilAsserted(() -> assertEquals(1, calls.get()));
      FutureTask<String> waiter = new FutureTask<>(() -> scope.shared("key", () -> "other"));
      Thread waiting = Thread.ofPlatform().start(waiter);
      await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
      waiting.interrupt();
      ExecutionException ended =
          assertThrows(ExecutionException.class, () -> waiter.get(10, TimeUnit.SECONDS));
      assertInstanceOf(InterruptedException.class, ended.getCause());
      made.countDown();
      assertEquals("made", maker.get(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void outsideATaskThereIsNoCurrentScope() {
    IllegalStateException refused = assertThrows(IllegalStateException.class, WorkerScope::current);
    assertEquals(
        "There is no current task: this thread, "
            + Thread.currentThread().getName()
            + ", does not run the body of one.",
        refused.getMessage());
  }
}
