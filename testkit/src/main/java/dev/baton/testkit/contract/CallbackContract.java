package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Action;
import dev.baton.Baton;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Eventually;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import dev.baton.testkit.signal.Signal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Callbacks run once each, first in first out, one at a time. */
@Promise(Row.CALLBACKS)
public interface CallbackContract extends ContractTest {

  @Test
  default void callbacksRunInTheOrderInWhichTheyWereAdded(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Blocker blocker = Blocker.on(baton, given);
    List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch last = new CountDownLatch(1);
    for (int i = 0; i < 100; i++) {
      int number = i;
      blocker.future().onDone(done -> seen.add(number));
    }
    blocker.future().onDone(done -> last.countDown());
    assertEquals(List.of(), seen);
    blocker.release();
    assertTrue(last.await(10, TimeUnit.SECONDS));
    assertEquals(IntStream.range(0, 100).boxed().toList(), seen);
  }

  @Test
  default void aCallbackIsGivenItsFutureWhichIsDone(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Blocker blocker = Blocker.on(baton, given);
    List<TaskFuture<?>> seen = Collections.synchronizedList(new ArrayList<>());
    List<Boolean> done = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch called = new CountDownLatch(1);
    TaskFuture<Void> same =
        blocker
            .future()
            .onDone(
                future -> {
                  seen.add(future);
                  done.add(future.isDone());
                  called.countDown();
                });
    assertSame(blocker.future(), same);
    blocker.release();
    assertTrue(called.await(10, TimeUnit.SECONDS));
    assertEquals(List.of(blocker.future()), seen);
    assertEquals(List.of(true), done);
  }

  @Test
  default void onADoneFutureTheCallerCallsBackAtOnce(Fixture given) throws Exception {
    TaskFuture<Integer> future = given.open().submit(() -> 1);
    Eventually.holds("the future is done", future::isDone);
    CountDownLatch drained = new CountDownLatch(1);
    future.onDone(done -> drained.countDown());
    assertTrue(drained.await(10, TimeUnit.SECONDS));
    Eventually.holds("nobody drains any more", () -> callsBackHere(future));
  }

  private static boolean callsBackHere(TaskFuture<?> future) {
    Thread[] caller = new Thread[1];
    future.onDone(done -> caller[0] = Thread.currentThread());
    return caller[0] == Thread.currentThread();
  }

  @Test
  default void whileOneThreadCallsBackAnotherOnlyAdds(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Blocker blocker = Blocker.on(baton, given);
    CountDownLatch calling = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
    blocker
        .future()
        .onDone(
            done -> {
              threads.add(Thread.currentThread());
              calling.countDown();
              awaitQuietly(goOn);
            });
    blocker.release();
    assertTrue(calling.await(10, TimeUnit.SECONDS));
    blocker.future().onDone(done -> threads.add(Thread.currentThread()));
    assertEquals(1, threads.size(), "the second waits for its turn, and its adder does not");
    goOn.countDown();
    Eventually.holds("the second was called", () -> threads.size() == 2);
    assertSame(threads.get(0), threads.get(1));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      assertTrue(latch.await(10, TimeUnit.SECONDS));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  default void aCallbackAddedByACallbackRunsAfterThoseBeforeIt(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Blocker blocker = Blocker.on(baton, given);
    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    blocker
        .future()
        .onDone(
            done -> {
              done.onDone(again -> seen.add("third"));
              seen.add("first");
            });
    blocker.future().onDone(done -> seen.add("second"));
    blocker.release();
    Eventually.holds("all were called", () -> seen.size() == 3);
    assertEquals(List.of("first", "second", "third"), seen);
  }

  @Test
  default void oneThatThrowsDoesNotStopTheNext(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Blocker blocker = Blocker.on(baton, given);
    AtomicInteger calls = new AtomicInteger();
    blocker
        .future()
        .onDone(
            done -> {
              throw new IllegalStateException("thrown by a callback on purpose");
            })
        .onDone(
            done -> {
              throw new AssertionError("thrown by a callback on purpose");
            })
        .onDone(done -> calls.incrementAndGet());
    blocker.release();
    Eventually.holds("the third was called", () -> calls.get() == 1);
    assertEquals(1, baton.submit(() -> 1).get(), "the worker goes on");
  }

  @Test
  default void callbacksAddedDuringTheEndRunOnceEachAndNeverTwoAtOnce(Fixture given)
      throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    AtomicInteger calls = new AtomicInteger();
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    int futures = 50;
    for (int round = 0; round < futures; round++) {
      TaskFuture<Integer> future = baton.submit(() -> 1);
      List<Future<Boolean>> adders = new ArrayList<>();
      for (int adder = 0; adder < 3; adder++) {
        adders.add(
            given.beside(
                () -> {
                  for (int i = 0; i < 20; i++) {
                    future.onDone(
                        done -> {
                          most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                          calls.incrementAndGet();
                          atOnce.decrementAndGet();
                        });
                  }
                  return true;
                }));
      }
      for (Future<Boolean> adder : adders) {
        assertTrue(adder.get(10, TimeUnit.SECONDS));
      }
      int expected = (round + 1) * 60;
      Eventually.holds("all were called", () -> calls.get() == expected);
    }
    assertEquals(1, most.get());
  }

  @Test
  default void aWaiterDoesNotWaitForCallbacks(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Blocker blocker = Blocker.on(baton, given);
    CountDownLatch goOn = new CountDownLatch(1);
    blocker.future().onDone(done -> awaitQuietly(goOn));
    blocker.release();
    blocker.future().get(5, TimeUnit.SECONDS);
    assertEquals(1, goOn.getCount());
    goOn.countDown();
  }

  @Test
  default void aCallbackIsNoTask(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Blocker blocker = Blocker.on(baton, given);
    List<Throwable> seen = Collections.synchronizedList(new ArrayList<>());
    blocker
        .future()
        .onDone(
            done -> {
              try {
                TaskContext unexpected = TaskContext.current();
                seen.add(new AssertionError("There is a context: " + unexpected));
              } catch (IllegalStateException expected) {
                seen.add(expected);
              }
            });
    blocker.release();
    Eventually.holds("it was called", () -> seen.size() == 1);
    assertSame(IllegalStateException.class, seen.getFirst().getClass());
  }

  @Test
  default void aCallbackOnAnExecutorRunsThere(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    List<Runnable> handed = Collections.synchronizedList(new ArrayList<>());
    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    Blocker blocker = Blocker.on(baton, given);
    blocker.future().onDone(handed::add, done -> seen.add("called"));
    blocker.release();
    Eventually.holds("it was handed over", () -> handed.size() == 1);
    assertEquals(List.of(), seen);
    handed.getFirst().run();
    assertEquals(List.of("called"), seen);
  }

  @Test
  default void anExecutorThatRejectsACallbackDoesNotStopTheNext(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Blocker blocker = Blocker.on(baton, given);
    AtomicInteger calls = new AtomicInteger();
    blocker
        .future()
        .onDone(
            callback -> {
              throw new RejectedExecutionException("rejected on purpose");
            },
            done -> calls.addAndGet(100))
        .onDone(done -> calls.incrementAndGet());
    blocker.release();
    Eventually.holds("the second was called", () -> calls.get() != 0);
    assertEquals(1, calls.get());
  }

  @Test
  default void closeInACallbackIsRefusedWhereItWouldWaitForItself(Fixture given) throws Exception {
    given.assumeShared();
    Baton baton = given.open(Shape.atLeast(1));
    Blocker blocker = Blocker.on(baton, given);
    List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
    blocker
        .future()
        .onDone(done -> thrown.add(assertThrows(IllegalStateException.class, baton::close)));
    blocker.release();
    Eventually.holds("close was refused", () -> thrown.size() == 1);
    assertFalse(baton.isShutdown(), "nothing happened");
    assertEquals(1, baton.submit(() -> 1).get());
  }

  @Test
  default void theBodysThreadCallsBack(Fixture given) throws Exception {
    given.assumeShared();
    Baton baton = given.open(Shape.atLeast(1));
    CountDownLatch gate = new CountDownLatch(1);
    Callable<Thread> body =
        () -> {
          gate.await();
          return Thread.currentThread();
        };
    List<Thread> caller = Collections.synchronizedList(new ArrayList<>());
    TaskFuture<Thread> future =
        baton.submit(body).onDone(done -> caller.add(Thread.currentThread()));
    gate.countDown();
    Eventually.holds("it was called", () -> caller.size() == 1);
    assertSame(future.get(), caller.getFirst());
  }

  @Test
  default void aTimeoutCallsBackOnAVirtualThread(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    List<Thread> caller = Collections.synchronizedList(new ArrayList<>());
    Signal never = given.signal();
    baton
        .submit(TaskOptions.none().timeout(TimeoutContract.SHORT), (Action) never::await)
        .onDone(done -> caller.add(Thread.currentThread()));
    Eventually.holds("it was called", () -> caller.size() == 1);
    assertTrue(caller.getFirst().isVirtual(), () -> caller.getFirst().toString());
  }

  @Test
  default void theCancellingThreadCallsBack(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Blocker blocker = Blocker.on(baton, given);
    List<Thread> caller = Collections.synchronizedList(new ArrayList<>());
    blocker.future().onDone(done -> caller.add(Thread.currentThread()));
    blocker.future().cancel(true);
    assertEquals(List.of(Thread.currentThread()), caller);
  }

  @Test
  default void theThreadThatCancelsAPendingTaskCallsBack(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Blocker.on(baton, given);
    List<Thread> caller = Collections.synchronizedList(new ArrayList<>());
    TaskFuture<Integer> pending = baton.submit(() -> 1);
    pending.onDone(done -> caller.add(Thread.currentThread()));
    pending.cancel(true);
    assertEquals(List.of(Thread.currentThread()), caller);
  }

  @Test
  default void terminatedCallsBackWhenTheBodyIsOver(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Blocker blocker = Blocker.stubborn(baton, given);
    AtomicInteger calls = new AtomicInteger();
    blocker.future().terminated().onDone(done -> calls.incrementAndGet());
    blocker.future().cancel(false);
    assertEquals(0, calls.get());
    blocker.release();
    Eventually.holds("it was called", () -> calls.get() == 1);
  }
}
