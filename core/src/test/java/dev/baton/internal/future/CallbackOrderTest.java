package dev.baton.internal.future;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import dev.baton.TaskFuture;
import dev.baton.support.Log;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CallbackOrderTest {

  private final BodilessFuture<String> future = new BodilessFuture<>();
  private final List<String> order = new CopyOnWriteArrayList<>();

  @Test
  void callbacksDependentsAndCopiesShareOneQueueFirstInFirstOut() {
    future.onDone(done -> order.add("callback"));
    future.thenAccept(value -> order.add("dependent"));
    future.onDone(Runnable::run, done -> order.add("callback on executor"));
    CompletableFuture<String> copy = future.toCompletableFuture();
    copy.thenRun(() -> order.add("copy"));
    future.handle((value, failure) -> order.add("handler"));
    future.thenAcceptBoth(future, (one, two) -> order.add("both"));

    future.settleAndDrain("value");

    assertEquals(
        List.of("callback", "dependent", "callback on executor", "copy", "handler", "both"), order);
  }

  @Test
  void aDependentsOwnDependentsRunBeforeTheNextCallbackOfItsSource() {
    future.thenRun(() -> order.add("child")).thenRun(() -> order.add("grandchild"));
    future.onDone(done -> order.add("callback"));

    future.settleAndDrain("value");

    assertEquals(List.of("child", "grandchild", "callback"), order);
  }

  @Test
  void whatACallbackAddsRunsAfterThoseThatWereThere() {
    future.onDone(
        done -> {
          done.onDone(again -> order.add("added"));
          order.add("first");
        });
    future.onDone(done -> order.add("second"));

    future.settleAndDrain("value");

    assertEquals(List.of("first", "second", "added"), order);
  }

  @Test
  void aDependentAttachedInACallbackRunsAtOnce() {
    future.onDone(
        done -> {
          assertEquals("value!", done.thenApply(value -> value + "!").join());
          order.add("waited for it");
        });

    future.settleAndDrain("value");

    assertEquals(List.of("waited for it"), order);
  }

  @Test
  void theCallerCallsBackOnADoneFuture() {
    future.settleAndDrain("value");
    List<Thread> threads = new ArrayList<>();
    assertSame(future, future.onDone(done -> threads.add(Thread.currentThread())));
    assertEquals(List.of(Thread.currentThread()), threads);
  }

  @Test
  void onADoneFutureTheThreadThatStillCallsBackTakesTheCallback() throws Exception {
    CountDownLatch inCallback = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    future.onDone(
        done -> {
          inCallback.countDown();
          awaitLatch(goOn);
        });
    Thread completer = Thread.ofPlatform().start(() -> future.settleAndDrain("value"));
    inCallback.await();

    List<Thread> threads = new CopyOnWriteArrayList<>();
    future.onDone(done -> threads.add(Thread.currentThread()));
    assertEquals(List.of(), threads);
    goOn.countDown();
    completer.join();

    assertEquals(List.of(completer), threads);
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stop) {
      throw new AssertionError(stop);
    }
  }

  @Test
  void aCallbackThatThrowsIsLoggedAndDoesNotStopTheNext() {
    try (Log log = Log.of(TaskFuture.class)) {
      AssertionError failure = new AssertionError("no");
      future.onDone(
          done -> {
            throw failure;
          });
      future.onDone(done -> order.add("next"));

      future.settleAndDrain("value");

      assertEquals(List.of("next"), order);
      assertEquals(
          List.of("ERROR A callback of TaskFuture[a future without a task, succeeded] threw"),
          log.lines());
      assertSame(failure, log.lastException(Level.ERROR));
    }
  }

  @Test
  void aCallbackWhoseExecutorRejectsItIsLoggedAndDoesNotStopTheNext() {
    try (Log log = Log.of(TaskFuture.class)) {
      RejectedExecutionException full = new RejectedExecutionException("full");
      future.onDone(
          task -> {
            throw full;
          },
          done -> order.add("never"));
      future.onDone(done -> order.add("next"));

      future.settleAndDrain("value");

      assertEquals(List.of("next"), order);
      assertEquals(1, log.lines().size());
      assertTrue(log.lines().getFirst().contains("could not be handed to"));
      assertSame(full, log.lastException(Level.ERROR));
    }
  }

  @Test
  void asynchronousDependentsRunOnAVirtualThread() {
    List<Thread> threads = new CopyOnWriteArrayList<>();
    TaskFuture<Void> before = future.thenRunAsync(() -> threads.add(Thread.currentThread()));
    future.settleAndDrain("value");
    before.join();
    future.thenRunAsync(() -> threads.add(Thread.currentThread())).join();

    assertTrue(threads.stream().allMatch(Thread::isVirtual), threads::toString);
    assertNotEquals(threads.get(0), threads.get(1));
  }

  @Test
  void eachOfManyCallbacksAddedByManyThreadsRunsOnceAndNeverTwoAtATime() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger calls = new AtomicInteger();
    AtomicInteger overlaps = new AtomicInteger();
    int threads = 4;
    int each = 5_000;
    CountDownLatch halfway = new CountDownLatch(threads * each / 2);
    List<Thread> adders =
        IntStream.range(0, threads)
            .mapToObj(
                n -> Thread.ofPlatform().start(() -> add(each, inside, calls, overlaps, halfway)))
            .toList();
    halfway.await();
    future.settleAndDrain("value");
    for (Thread adder : adders) {
      adder.join();
    }

    await().untilAtomic(calls, equalTo(threads * each));
    assertEquals(0, overlaps.get());
    assertEquals(0, Entries.of(future));
  }

  private void add(
      int times,
      AtomicInteger inside,
      AtomicInteger calls,
      AtomicInteger overlaps,
      CountDownLatch added) {
    for (int i = 0; i < times; i++) {
      future.onDone(
          done -> {
            if (inside.incrementAndGet() != 1) {
              overlaps.incrementAndGet();
            }
            inside.decrementAndGet();
            calls.incrementAndGet();
          });
      added.countDown();
    }
  }

  @Test
  void callbacksOfOneThreadKeepTheirOrderWhileTheFutureEnds() throws Exception {
    for (int round = 0; round < 500; round++) {
      BodilessFuture<String> next = new BodilessFuture<>();
      List<Integer> seen = new CopyOnWriteArrayList<>();
      Thread completer = Thread.ofVirtual().start(() -> next.settleAndDrain("value"));
      for (int i = 0; i < 50; i++) {
        int number = i;
        next.onDone(done -> seen.add(number));
      }
      completer.join();
      assertEquals(IntStream.range(0, 50).boxed().toList(), seen);
    }
  }

  @Test
  void aFutureIsDoneBeforeItsFirstCallback() {
    future.onDone(done -> order.add(done.state() + " " + done.isDone() + " " + done.resultNow()));
    assertFalse(future.isDone());
    future.settleAndDrain("value");
    assertEquals(List.of("SUCCESS true value"), order);
  }
}
