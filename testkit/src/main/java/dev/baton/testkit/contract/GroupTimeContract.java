package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Action;
import dev.baton.Baton;
import dev.baton.GroupOptions;
import dev.baton.Task;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskGroup;
import dev.baton.TaskOptions;
import dev.baton.TaskTimeoutException;
import dev.baton.TaskTimeoutException.Kind;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import dev.baton.testkit.signal.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A group and its members have no more time than they are given. */
@Promise(Row.GROUPS)
public interface GroupTimeContract extends ContractTest {

  /** Sees to it that no start of a worker counts against a deadline. */
  private static void startTwoWorkers(Baton baton, Signal started) throws Exception {
    Action meet =
        () -> {
          started.count();
          started.awaitTotal(2);
        };
    for (TaskFuture<Void> each : List.of(baton.submit(meet), baton.submit(meet))) {
      each.get(Failures.PATIENCE);
    }
  }

  @Test
  default void theDeadlineOfAGroupEndsItsMembers(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    startTwoWorkers(baton, given.signal());
    Signal begun = given.signal();
    Signal stopped = given.signal();
    Duration limit = Duration.ofMillis(1_500);
    try (TaskGroup group = baton.group(GroupOptions.none().name("pages").deadline(limit))) {
      TaskFuture<Integer> quick = group.submit(() -> 1);
      TaskFuture<Void> slow = group.submit(Members.stoppable(begun, stopped));
      begun.awaitTotal(1);

      TaskTimeoutException late = assertThrows(TaskTimeoutException.class, group::join);
      assertSame(Kind.DEADLINE, late.kind());
      String message = String.valueOf(late.getMessage());
      assertTrue(message.contains("pages") && message.contains("PT1.5S"), message);
      assertSame(Kind.DEADLINE, Failures.of(TaskTimeoutException.class, slow).kind());
      assertEquals(1, quick.resultNow());
    }
    assertEquals(1, stopped.total());
  }

  @Test
  default void aMemberSeesTheDeadlineOfItsGroupAndKeepsATighterOne(Fixture given) throws Exception {
    Baton baton = given.open();
    Task<Instant> ask = () -> Objects.requireNonNull(TaskContext.current().deadline());
    Instant latest = Instant.now().plus(Members.LONG.dividedBy(2));
    try (TaskGroup group = baton.group(GroupOptions.none().deadline(Members.LONG))) {
      TaskFuture<Instant> loose =
          group.submit(TaskOptions.none().deadline(Members.LONG.multipliedBy(2)), ask);
      TaskFuture<Instant> tight =
          group.submit(TaskOptions.none().deadline(Members.LONG.dividedBy(4)), ask);
      group.join();

      assertTrue(loose.resultNow().isAfter(latest));
      assertTrue(loose.resultNow().isBefore(Instant.now().plus(Members.LONG)));
      assertTrue(tight.resultNow().isBefore(latest));
    }
  }

  @Test
  default void aMembersOwnDeadlineIsAFailureOfTheMember(Fixture given) throws Exception {
    Signal never = given.signal();
    TaskOptions tight = TaskOptions.none().deadline(Duration.ofMillis(100));
    try (TaskGroup group = given.open().group(GroupOptions.none().deadline(Members.LONG))) {
      group.submit(tight, never::await);
      ExecutionException failed = assertThrows(ExecutionException.class, group::join);
      assertSame(TaskTimeoutException.class, Failures.cause(failed).getClass());
    }
  }

  @Test
  default void anInnerGroupThatIsLateInAMemberIsAFailureOfTheMember(Fixture given)
      throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    startTwoWorkers(baton, given.signal());
    Signal begun = given.signal();
    Signal stopped = given.signal();
    Signal never = given.signal();
    try (TaskGroup outer = baton.group(GroupOptions.none().name("outer").deadline(Members.LONG))) {
      TaskFuture<Void> waiting = outer.submit(Members.stoppable(begun, stopped));
      begun.awaitTotal(1);
      outer.submit(
          () -> {
            GroupOptions tight = GroupOptions.none().name("inner").deadline(Duration.ofMillis(100));
            try (TaskGroup inner = TaskContext.current().baton().group(tight)) {
              inner.submit(() -> never.await());
              inner.join();
            }
          });

      ExecutionException failed = assertThrows(ExecutionException.class, outer::join);
      Throwable late = Failures.cause(failed);
      assertSame(TaskTimeoutException.class, late.getClass());
      assertTrue(String.valueOf(late.getMessage()).contains("Group inner"), late::toString);
      assertTrue(waiting.isCancelled(), waiting::toString);
    }
    assertEquals(1, stopped.total());
  }

  @Test
  default void anInnerGroupHasNoMoreTimeThanTheOuter(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal never = given.signal();
    Duration limit = Duration.ofMillis(200);
    try (TaskGroup outer = baton.group(GroupOptions.none().name("outer").deadline(limit));
        TaskGroup inner = baton.group(GroupOptions.none().deadline(Members.LONG))) {
      inner.submit(never::await);
      TaskTimeoutException late = assertThrows(TaskTimeoutException.class, inner::join);
      assertTrue(String.valueOf(late.getMessage()).contains("outer"), late::toString);
      outer.join();
    }
  }

  /** Joins, whatever interrupts come, and returns what that throws. */
  private static Throwable joinInSpiteOfInterrupts(TaskGroup group) {
    while (true) {
      try {
        group.join();
        return new AssertionError("The join has thrown nothing.");
      } catch (InterruptedException goOn) {
        // the members are left alone
      } catch (Exception thrown) {
        return thrown;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  default void aGroupHasNoMoreTimeThanTheTaskItIsIn(boolean hasDeadline, Fixture given)
      throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    startTwoWorkers(baton, given.signal());
    Signal joined = given.signal();
    TaskOptions limited = TaskOptions.none().name("outer").deadline(Duration.ofMillis(1_500));
    TaskFuture<Void> outer =
        baton.submit(
            limited,
            () -> {
              // held up here, the task's own end does not cancel the members before theirs does
              TaskContext.current().onCancel(joined::awaitUninterruptibly);
              GroupOptions none = GroupOptions.none();
              GroupOptions options = hasDeadline ? none.deadline(Members.LONG) : none;
              try (TaskGroup group = TaskContext.current().baton().group(options)) {
                group.submit(() -> joined.await());
                joined.append(joinInSpiteOfInterrupts(group).toString());
              } finally {
                joined.open();
              }
            });
    Failures.awaitBody(outer);
    String thrown = joined.lines().getFirst();
    assertTrue(thrown.startsWith(TaskTimeoutException.class.getName()), thrown);
    assertTrue(thrown.contains("the time that task outer had left"), thrown);
  }

  @Test
  default void aGroupThatNeedsOneSuccessAndHasNoneByItsDeadlineIsLate(Fixture given)
      throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    Signal never = given.signal();
    GroupOptions options = GroupOptions.none().firstSuccess().deadline(Duration.ofMillis(1_500));
    try (TaskGroup group = baton.group(options)) {
      TaskFuture<Void> slow = group.submit(never::await);
      TaskFuture<Void> bad = group.submit(Members.failing("broken"));

      TaskTimeoutException late = assertThrows(TaskTimeoutException.class, group::join);
      assertSame(Kind.DEADLINE, late.kind());
      assertSame(Kind.DEADLINE, Failures.of(TaskTimeoutException.class, slow).kind());
      boolean isLateToo = Failures.of(bad) instanceof TaskTimeoutException; // on a busy machine
      assertEquals(
          isLateToo ? List.of() : List.of(Failures.of(bad)), List.of(late.getSuppressed()));
      assertThrows(IllegalStateException.class, () -> group.result(String.class));
    }
  }

  @Test
  default void aGroupThatHasItsSuccessInTimeIsNotLate(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    Signal begun = given.signal();
    Signal stopped = given.signal();
    try (TaskGroup group = baton.group(GroupOptions.none().firstSuccess().deadline(Members.LONG))) {
      TaskFuture<Void> slow = group.submit(Members.stoppable(begun, stopped));
      begun.awaitTotal(1);
      group.submit(() -> "quick");
      group.join();

      assertEquals("quick", group.result(String.class));
      assertTrue(slow.isCancelled());
    }
    assertEquals(1, stopped.total());
  }

  @Test
  default void theDeadlineOfAGroupThatCollectsEndsWhatIsNotDone(Fixture given) throws Exception {
    Signal never = given.signal();
    GroupOptions options = GroupOptions.none().collectAll().deadline(Duration.ofMillis(300));
    try (TaskGroup group = given.open(Shape.atLeast(2)).group(options)) {
      List<TaskFuture<Void>> members =
          List.of(group.submit(never::await), group.submit(never::await));

      TaskTimeoutException late = assertThrows(TaskTimeoutException.class, group::join);
      assertSame(Kind.DEADLINE, late.kind());
      String message = String.valueOf(late.getMessage());
      assertTrue(message.contains("2 of its 2 members"), message);
      for (TaskFuture<Void> member : members) {
        assertSame(Kind.DEADLINE, Failures.of(TaskTimeoutException.class, member).kind());
      }
    }
  }
}
