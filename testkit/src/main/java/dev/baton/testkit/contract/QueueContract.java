package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.Overflow;
import dev.baton.Task;
import dev.baton.TaskFuture;
import dev.baton.TaskRejectedException;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Eventually;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import dev.baton.testkit.signal.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a submit does when the bounded queue of an executor is full. */
@Promise(Row.FACADE)
public interface QueueContract extends ContractTest {

  @Test
  default void submitAllIsAllOrNothing(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1).queue(2, Overflow.REJECT));
    Signal ran = given.signal();
    Blocker blocker = Blocker.on(baton, given);
    Task<Integer> task = ran::count;
    assertThrows(
        TaskRejectedException.class, () -> baton.submitAll(List.of(task, task, task, task)));
    blocker.release();
    baton.submit(() -> 1).get();
    assertEquals(0, ran.total(), "those before the rejected one were cancelled");
  }

  @Test
  default void aFullQueueRejectsWhenToldTo(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1).queue(2, Overflow.REJECT));
    Blocker blocker = Blocker.on(baton, given);
    TaskFuture<Integer> first = baton.submit(() -> 1);
    TaskFuture<Integer> second = baton.submit(() -> 2);
    TaskRejectedException rejected =
        assertThrows(TaskRejectedException.class, () -> baton.submit(() -> 3));
    assertTrue(String.valueOf(rejected.getMessage()).contains("full"), rejected::toString);
    assertTrue(String.valueOf(rejected.getMessage()).contains("2 pending"), rejected::toString);
    blocker.release();
    assertEquals(List.of(1, 2), List.of(first.get(), second.get()));
    assertEquals(3, baton.submit(() -> 3).get(), "there is room again");
    assertEquals(1, baton.stats().rejected());
  }

  @Test
  default void aFullQueueHoldsUpItsSubmitterWhenToldTo(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1).queue(1, Overflow.BLOCK));
    Blocker blocker = Blocker.on(baton, given);
    baton.submit(() -> 1);
    Future<Integer> third = given.beside(() -> baton.submit(() -> 3).get());
    Eventually.holds("the submitter waits", given::allWait);
    assertEquals(2, baton.stats().submitted());
    blocker.release();
    assertEquals(3, third.get());
  }

  @Test
  default void anInterruptEndsTheWaitForAPlace(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1).queue(1, Overflow.BLOCK));
    Blocker blocker = Blocker.on(baton, given);
    TaskFuture<Integer> queued = baton.submit(() -> 1);
    Future<Boolean> flag =
        given.beside(
            () -> {
              Thread.currentThread().interrupt();
              assertThrows(TaskRejectedException.class, () -> baton.submit(() -> 2));
              return Thread.interrupted();
            });
    assertTrue(flag.get(), "the flag is set again");
    blocker.release();
    assertEquals(1, queued.get());
    assertEquals(3, baton.submit(() -> 3).get(), "its place was given back");
  }

  @Test
  default void aShutdownEndsTheWaitForAPlace(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1).queue(1, Overflow.BLOCK));
    Blocker blocker = Blocker.on(baton, given);
    baton.submit(() -> 1);
    List<Future<Boolean>> submitters = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      submitters.add(
          given.beside(
              () -> {
                assertThrows(TaskRejectedException.class, () -> baton.submit(() -> 2));
                return true;
              }));
    }
    Eventually.holds("all wait", given::allWait);
    baton.shutdown();
    for (Future<Boolean> submitter : submitters) {
      assertTrue(submitter.get(10, TimeUnit.SECONDS));
    }
    blocker.release();
    assertTrue(baton.awaitTermination(Failures.PATIENCE));
  }

  @Test
  default void aFullQueueLetsItsSubmitterRunTheTaskWhenToldTo(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1).queue(1, Overflow.CALLER_RUNS));
    Blocker blocker = Blocker.on(baton, given);
    TaskFuture<Integer> queued = baton.submit(() -> 1);
    long me = Thread.currentThread().threadId();
    TaskFuture<Long> mine = baton.submit(() -> Thread.currentThread().threadId());
    assertEquals(me, mine.resultNow());
    TaskFuture<Void> failed = baton.submit(Thrown.CHECKED::raise);
    assertEquals(Thrown.CHECKED.get().getMessage(), failed.exceptionNow().getMessage(), "its own");
    blocker.release();
    assertEquals(1, queued.get());
    assertEquals(1, baton.submit(() -> 1).get());
  }
}
