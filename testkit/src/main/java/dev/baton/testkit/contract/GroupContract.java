package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Action;
import dev.baton.Baton;
import dev.baton.CancelMode;
import dev.baton.GroupOptions;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskGroup;
import dev.baton.TaskInfo;
import dev.baton.TaskOptions;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Eventually;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import dev.baton.testkit.signal.Signal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Members of a group end with it: by their results, by the first failure, or by the first success.
 */
@Promise(Row.GROUPS)
public interface GroupContract extends ContractTest {

  @Test
  default void joinWaitsForAllMembers(Fixture given) throws Exception {
    try (TaskGroup group = given.open().group()) {
      TaskFuture<Integer> one = group.submit(() -> 1);
      TaskFuture<Integer> two = group.submit(n -> n + 1, 1);
      TaskFuture<Integer> three = group.submit(TaskOptions.none().name("third"), () -> 3);
      TaskFuture<Void> four = group.submit(() -> {});
      TaskFuture<Void> five = group.submit(TaskOptions.none(), () -> {});
      group.join();

      assertEquals(6, one.resultNow() + two.resultNow() + three.resultNow());
      assertTrue(four.isDone() && five.isDone());
      assertEquals("third", three.info().name());
    }
  }

  @Test
  default void theFirstFailureCancelsTheOthersAndCloseWaitsForThem(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    Signal begun = given.signal();
    Signal stopped = given.signal();
    TaskFuture<Void> sibling;
    try (TaskGroup group = baton.group(GroupOptions.none().name("pages"))) {
      sibling = group.submit(Members.stoppable(begun, stopped));
      begun.awaitTotal(1);
      group.submit(TaskOptions.none().name("bad"), Members.failing("broken"));

      ExecutionException failed = assertThrows(ExecutionException.class, group::join);
      assertEquals("broken", Failures.cause(failed).getMessage());
      assertSame(IOException.class, Failures.cause(failed).getClass());
      String message = String.valueOf(failed.getMessage());
      assertTrue(message.contains("pages") && message.contains("bad"), message);
      assertTrue(sibling.isCancelled());
    }
    assertEquals(1, stopped.total(), "close has waited for its body");
    assertTrue(sibling.terminated().isDone());
  }

  @Test
  default void aPendingSiblingOfAFailureNeverRuns(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Signal ran = given.signal();
    Blocker blocker = Blocker.on(baton, given);
    try (TaskGroup group = baton.group()) {
      TaskFuture<Integer> first = group.submit(ran::count);
      for (int i = 0; i < 10; i++) {
        group.submit(ran::count);
      }
      first.cancel(true);
      assertThrows(ExecutionException.class, group::join);
    }
    blocker.release();
    baton.close();
    assertEquals(0, ran.total());
  }

  @Test
  default void laterFailuresAreSuppressedAndNoneIsChanged(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    Signal both = given.signal();
    Action together =
        () -> {
          both.count();
          both.await();
          throw new IOException("broken");
        };
    try (TaskGroup group = baton.group(GroupOptions.none().firstSuccess())) {
      TaskFuture<Void> one = group.submit(together);
      TaskFuture<Void> two = group.submit(together);
      both.awaitTotal(2);
      both.open();

      ExecutionException failed = assertThrows(ExecutionException.class, group::join);
      List<Throwable> all = List.of(Failures.of(one), Failures.of(two));
      assertTrue(all.contains(Failures.cause(failed)));
      assertEquals(1, failed.getSuppressed().length);
      assertTrue(all.contains(failed.getSuppressed()[0]));
      assertFalse(failed.getSuppressed()[0] == failed.getCause());
      all.forEach(each -> assertEquals(0, each.getSuppressed().length));
    }
  }

  @Test
  default void oneExceptionOfTwoMembersIsNotSuppressedInItself(Fixture given) throws Exception {
    given.assumeShared();
    IOException shared = new IOException("shared");
    Baton baton = given.open();
    try (TaskGroup group = baton.group(GroupOptions.none().firstSuccess())) {
      for (int i = 0; i < 3; i++) {
        group.submit(
            () -> {
              throw shared;
            });
      }
      ExecutionException failed = assertThrows(ExecutionException.class, group::join);
      assertSame(shared, failed.getCause());
      assertEquals(0, failed.getSuppressed().length);
    }
    assertEquals(0, shared.getSuppressed().length);
  }

  @Test
  default void theFirstSuccessIsTheResultAndCancelsTheOthers(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(3));
    Signal begun = given.signal();
    Signal stopped = given.signal();
    try (TaskGroup group = baton.group(GroupOptions.none().firstSuccess())) {
      TaskFuture<Void> slow = group.submit(Members.stoppable(begun, stopped));
      group.submit(Members.failing("no matter"));
      begun.awaitTotal(1);
      group.submit(() -> "quick");
      group.join();

      assertEquals("quick", group.result(String.class));
      assertThrows(ClassCastException.class, () -> group.result(Integer.class));
      assertTrue(slow.isCancelled());
    }
    assertEquals(1, stopped.total());
  }

  @Test
  default void aGroupThatCollectsCancelsNobody(Fixture given) throws Exception {
    try (TaskGroup group = given.open().group(GroupOptions.none().collectAll())) {
      TaskFuture<Void> failed = group.submit(Members.failing("broken"));
      TaskFuture<Integer> one = group.submit(() -> 1);
      group.join();

      assertSame(Future.State.FAILED, failed.state());
      assertEquals(1, one.resultNow());
    }
  }

  @Test
  default void anEmptyGroupIsOverAtOnce(Fixture given) throws Exception {
    Baton baton = given.open();
    try (TaskGroup group = baton.group()) {
      group.join();
    }
    try (TaskGroup group = baton.group(GroupOptions.none().firstSuccess())) {
      group.join();
      assertThrows(IllegalStateException.class, () -> group.result(String.class));
    }
    baton.group().close();
  }

  @Test
  default void aMemberThatSomebodyCancelsHasNotSucceeded(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    Signal gate = given.signal();
    try (TaskGroup group = baton.group()) {
      TaskFuture<Void> member = group.submit(gate::await);
      TaskFuture<Void> sibling = group.submit(gate::await);
      member.cancel(true);

      ExecutionException failed = assertThrows(ExecutionException.class, group::join);
      assertSame(CancellationException.class, Failures.cause(failed).getClass());
      assertEquals(0, failed.getSuppressed().length, "the first failure is the cause");
      assertTrue(sibling.isCancelled());
    }
  }

  @Test
  default void closeWaitsForABodyWhoseFutureWasAbandoned(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal gate = given.signal();
    Signal over = given.signal();
    try (TaskGroup group = baton.group(GroupOptions.none().collectAll())) {
      TaskFuture<Void> member =
          group.submit(
              () -> {
                gate.count();
                gate.await();
                over.count();
              });
      gate.awaitTotal(1);
      member.cancel(CancelMode.ABANDON);
      group.join();
      gate.open();
    }
    assertEquals(1, over.total());
  }

  @Test
  default void anInterruptEndsTheJoinAndCloseCancels(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal begun = given.signal();
    Signal stopped = given.signal();
    TaskFuture<Void> member;
    try (TaskGroup group = baton.group()) {
      member = group.submit(Members.stoppable(begun, stopped));
      begun.awaitTotal(1);
      Thread.currentThread().interrupt();
      assertThrows(InterruptedException.class, group::join);
      assertFalse(member.isDone());
    }
    assertTrue(member.isCancelled());
    assertEquals(1, stopped.total());
  }

  @Test
  default void aMemberThatComesAfterAFailureNeverRuns(Fixture given) throws Exception {
    Baton baton = given.open();
    Signal ran = given.signal();
    try (TaskGroup group = baton.group()) {
      TaskFuture<Void> bad = group.submit(Members.failing("broken"));
      Failures.of(bad);
      Eventually.holds("the group knows", () -> group.submit(() -> 0).isCancelled());
      assertTrue(group.submit(ran::count).isCancelled());
      assertThrows(ExecutionException.class, group::join);
    }
    assertEquals(0, ran.total());
    baton.close();
  }

  @Test
  default void cancellingATaskCancelsTheGroupInIt(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    Signal begun = given.signal();
    Signal stopped = given.signal();
    TaskFuture<Void> outer =
        baton.submit(
            () -> {
              try (TaskGroup group = TaskContext.current().baton().group()) {
                group.submit(Members.stoppable(begun, stopped));
                group.join();
              }
            });
    begun.awaitTotal(1);
    outer.cancel(true);
    Failures.awaitBody(outer);
    assertEquals(1, stopped.total(), "the outer body is over only after the inner");
  }

  @Test
  default void aTaskAskedToStopTakesItsMembersAlongWhileItGoesOn(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    Assumptions.assumeFalse(baton.capabilities().forcedStop(), "The outer body may be killed.");
    Signal begun = given.signal();
    Signal stopped = given.signal();
    Signal gate = given.signal();
    TaskFuture<Void> outer =
        baton.submit(
            () -> {
              try (TaskGroup group = TaskContext.current().baton().group()) {
                group.submit(Members.stoppable(begun, stopped));
                gate.awaitUninterruptibly();
                Thread.interrupted(); // the join is to tell of the cancel
                assertThrows(CancellationException.class, group::join);
                gate.append("the join was cancelled");
              }
            });
    begun.awaitTotal(1);
    outer.cancel(true);
    stopped.awaitTotal(1);
    gate.open();
    Failures.awaitBody(outer);
    assertEquals(List.of("the join was cancelled"), gate.lines());
  }

  @Test
  default void aMemberThatIsTriedAgainCancelsNobody(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    Signal attempts = given.signal();
    try (TaskGroup group = baton.group()) {
      TaskFuture<Void> sibling = group.submit(attempts::await);
      TaskFuture<Integer> flaky =
          group.submit(
              TaskOptions.none().retries(1),
              () -> {
                if (attempts.count() == 1) {
                  throw new IOException("attempt 1");
                }
                attempts.open();
                return TaskContext.current().attempt();
              });
      group.join();

      assertEquals(2, flaky.resultNow());
      assertSame(Future.State.SUCCESS, sibling.state());
    }
  }

  private static boolean isPausing(TaskInfo info) {
    return info.attempt() == 2 && info.phase() == TaskInfo.Phase.PENDING;
  }

  @Test
  default void closeEndsAMemberInItsPause(Fixture given) throws Exception {
    Signal attempts = given.signal();
    TaskFuture<Integer> member;
    try (TaskGroup group = given.open().group()) {
      member =
          group.submit(
              TaskOptions.none().retries(1, Members.LONG),
              () -> {
                throw new IOException("attempt " + attempts.count());
              });
      Eventually.holds("the pause has begun", () -> isPausing(member.info()));
      Thread.currentThread().interrupt();
      assertThrows(InterruptedException.class, group::join);
      assertFalse(member.isDone());
    }
    assertTrue(member.isCancelled() && member.terminated().isDone());
    assertEquals(1, attempts.total());
  }

  @Test
  default void manyMembersLeaveTheirGroupAsTheyEnd(Fixture given) throws Exception {
    try (TaskGroup group = given.open().group()) {
      TaskFuture<Integer> last = group.submit(() -> 0);
      for (int i = 1; i < 500; i++) {
        last = group.submit(n -> n, i);
      }
      group.join();
      assertEquals(499, last.resultNow());
      assertTrue(group.toString().contains("500 members, 0 not done"), group::toString);
    }
  }

  @Test
  default void whatFailsWhileTheGroupStopsIsSuppressed(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(3));
    Signal begun = given.signal();
    Signal never = given.signal();
    List<Signal> gates = List.of(given.signal(), given.signal());
    try (TaskGroup group = baton.group()) {
      TaskFuture<Void> first = group.submit(never::await);
      List<TaskFuture<Void>> others = new ArrayList<>();
      for (Signal gate : gates) {
        others.add(
            group.submit(
                () -> {
                  begun.count();
                  gate.await();
                  throw new IOException("broken");
                }));
      }
      begun.awaitTotal(2);
      failInPlaceOf(others.get(0), others.get(1), gates.get(1));
      failInPlaceOf(others.get(1), others.get(0), gates.get(0));
      first.cancel(true);

      ExecutionException failed = assertThrows(ExecutionException.class, group::join);
      assertSame(CancellationException.class, Failures.cause(failed).getClass());
      TaskFuture<Void> later = others.get(others.get(0).isCancelled() ? 1 : 0);
      assertEquals(List.of(Failures.of(IOException.class, later)), List.of(failed.getSuppressed()));
      String message = String.valueOf(failed.getMessage());
      assertTrue(message.contains("and 1 more failed"), message);
    }
  }

  /** Has one member fail while the group, on this thread, cancels another. */
  private static void failInPlaceOf(TaskFuture<Void> one, TaskFuture<Void> other, Signal gate) {
    one.onDone(
        done -> {
          if (done.isCancelled()) {
            gate.open();
            Failures.of(other);
          }
        });
  }

  @Test
  default void whatFailsBesideTheFirstFailureIsSuppressedAndWhatIsCancelledIsNot(Fixture given)
      throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    for (int round = 0; round < 50; round++) {
      List<TaskFuture<Void>> members = new ArrayList<>();
      try (TaskGroup group = baton.group()) {
        for (int i = 0; i < 8; i++) {
          members.add(group.submit(Members.failing("broken " + i)));
        }
        ExecutionException failed = assertThrows(ExecutionException.class, group::join);

        Set<Throwable> all = Collections.newSetFromMap(new IdentityHashMap<>());
        for (TaskFuture<Void> member : members) {
          if (!member.isCancelled()) {
            all.add(member.exceptionNow());
          }
        }
        String message = String.valueOf(failed.getMessage());
        assertEquals(
            all.size() > 1, message.contains("and " + (all.size() - 1) + " more failed"), message);
        assertTrue(all.remove(failed.getCause()), failed::toString);
        List<Throwable> suppressed = List.of(failed.getSuppressed());
        assertEquals(all.size(), suppressed.size(), suppressed::toString);
        assertTrue(all.containsAll(suppressed), suppressed::toString);
        all.forEach(each -> assertEquals(0, each.getSuppressed().length));
        assertEquals(0, Failures.cause(failed).getSuppressed().length);
      }
    }
  }
}
