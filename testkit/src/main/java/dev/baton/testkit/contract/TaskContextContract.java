package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.TaskProgress;
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
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a task learns of itself, and says of itself. */
@Promise(Row.FACADE)
public interface TaskContextContract extends ContractTest {

  @Test
  default void aTaskKnowsWhoItIs(Fixture given) throws Exception {
    Baton baton = given.open();
    TaskFuture<String> future =
        baton.submit(
            TaskOptions.none().name("who-am-i"),
            () -> {
              TaskContext me = TaskContext.current();
              return me.id() + " " + me.name() + " " + me.attempt() + " " + me.isCancelled();
            });
    assertEquals(future.info().id() + " who-am-i 1 false", future.get());
  }

  @Test
  default void aTaskWithoutANameIsNamedAfterItsId(Fixture given) throws Exception {
    TaskFuture<String> future = given.open().submit(() -> TaskContext.current().name());
    assertEquals(future.info().name(), future.get());
    assertTrue(future.get().contains(String.valueOf(future.info().id())), future.get());
  }

  @Test
  default void aTaskKnowsItsExecutor(Fixture given) throws Exception {
    Baton baton = given.open();
    String name = baton.submit(() -> TaskContext.current().baton().name()).get();
    assertEquals(baton.name(), name);
  }

  @Test
  default void outsideATaskThereIsNoContext(Fixture given) throws Exception {
    assertThrows(IllegalStateException.class, TaskContext::current);
    TaskFuture<Boolean> future =
        given
            .open()
            .submit(
                () -> {
                  List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
                  Thread other =
                      Thread.ofVirtual()
                          .start(
                              () ->
                                  thrown.add(
                                      assertThrows(
                                          IllegalStateException.class, TaskContext::current)));
                  other.join();
                  return thrown.size() == 1;
                });
    assertTrue(future.get(), "another thread of a task is outside it");
  }

  @Test
  default void aContextMayBeUsedFromOtherThreadsAndAfterTheTask(Fixture given) throws Exception {
    given.assumeShared();
    Baton baton = given.open();
    Callable<TaskContext> leak = TaskContext::current;
    TaskFuture<TaskContext> future = baton.submit(leak);
    TaskContext context = future.get();

    assertEquals(future.info().id(), context.id());
    assertFalse(context.isCancelled());
    context.progress(1, 1, null);
    context.onCancel(() -> {});
    context.checkCancelled();
    assertEquals(baton.name(), context.baton().name());
  }

  @Test
  default void aListenerIsShownTheLatestProgress(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal gate = given.signal();
    List<TaskProgress> seen = Collections.synchronizedList(new ArrayList<>());
    TaskFuture<Void> future =
        baton.submit(
            () -> {
              gate.await();
              TaskContext.current().progress(1, 4, "first");
              TaskContext.current().progress(4, 4, "last");
            });
    future.onProgress(seen::add);
    gate.open();
    future.get();
    TaskProgress last = new TaskProgress(4, 4, "last");
    Eventually.holds("the last word arrived", () -> !seen.isEmpty() && seen.getLast().equals(last));
    assertEquals(1.0, seen.getLast().fraction());
  }

  @Test
  default void aListenerThatComesLateIsShownTheLastWord(Fixture given) throws Exception {
    TaskFuture<Void> future =
        given.open().submit(() -> TaskContext.current().progress(2, -1, null));
    future.get();
    List<TaskProgress> seen = Collections.synchronizedList(new ArrayList<>());
    future.onProgress(seen::add);
    Eventually.holds("it was shown", () -> seen.equals(List.of(new TaskProgress(2, -1, null))));
    assertEquals(-1, seen.getFirst().fraction());
  }

  @Test
  default void aListenerIsCalledOnAVirtualThreadOneCallAtATime(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal gate = given.signal();
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Long> done = Collections.synchronizedList(new ArrayList<>());
    List<Boolean> virtual = Collections.synchronizedList(new ArrayList<>());
    TaskFuture<Void> future =
        baton.submit(
            () -> {
              gate.await();
              for (int i = 1; i <= 1_000; i++) {
                TaskContext.current().progress(i, 1_000, null);
              }
            });
    future.onProgress(
        progress -> {
          most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
          done.add(progress.done());
          virtual.add(Thread.currentThread().isVirtual());
          atOnce.decrementAndGet();
        });
    gate.open();
    future.get();
    Eventually.holds("the end was shown", () -> done.contains(1_000L));
    assertEquals(1, most.get());
    assertFalse(virtual.contains(false));
    assertEquals(done.stream().sorted().toList(), List.copyOf(done), "never backwards");
  }

  @Test
  default void aProgressListenerThatThrowsDisturbsNobody(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal gate = given.signal();
    AtomicInteger calls = new AtomicInteger();
    TaskFuture<Integer> future =
        baton.submit(
            () -> {
              gate.await();
              TaskContext.current().progress(1, 2, "one");
              return 1;
            });
    future
        .onProgress(
            progress -> {
              throw new IllegalStateException("thrown by a progress listener on purpose");
            })
        .onProgress(progress -> calls.incrementAndGet());
    gate.open();
    assertEquals(1, future.get());
    Eventually.holds("the other was called", () -> calls.get() > 0);
  }

  @Test
  default void negativeProgressIsRefused(Fixture given) {
    TaskFuture<Void> future =
        given.open().submit(() -> TaskContext.current().progress(-1, 2, null));
    IllegalArgumentException refused = Failures.of(IllegalArgumentException.class, future);
    assertNotNull(refused.getMessage());
    assertTrue(refused.getMessage().contains("-1"), refused::toString);
  }
}
