package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Action;
import dev.baton.Baton;
import dev.baton.CancelMode;
import dev.baton.GroupOptions;
import dev.baton.Task;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskGroup;
import dev.baton.TaskOptions;
import dev.baton.TaskRejectedException;
import dev.baton.TaskTimeoutException;
import dev.baton.TaskTimeoutException.Kind;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Eventually;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import dev.baton.testkit.signal.Signal;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Members of a group end with it: by their results, by the first failure, or by its deadline. */
@Promise(Row.GROUPS)
public interface GroupContract extends ContractTest {

  /** Never up within a test. */
  Duration LONG = Duration.ofMinutes(5);

  private static Action failing(String message) {
    return () -> {
      throw new IOException(message);
    };
  }

  /** Tells that it has begun, waits to be stopped, and tells that it was. */
  private static Action stoppable(Signal begun, Signal stopped) {
    return () -> {
      begun.count();
      try {
        begun.await();
      } finally {
        stopped.count();
      }
    };
  }

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
      sibling = group.submit(stoppable(begun, stopped));
      begun.awaitTotal(1);
      group.submit(TaskOptions.none().name("bad"), failing("broken"));

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
      TaskFuture<Void> slow = group.submit(stoppable(begun, stopped));
      group.submit(failing("no matter"));
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
      TaskFuture<Void> failed = group.submit(failing("broken"));
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
      TaskFuture<Void> slow = group.submit(stoppable(begun, stopped));
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
    Instant latest = Instant.now().plus(LONG.dividedBy(2));
    try (TaskGroup group = baton.group(GroupOptions.none().deadline(LONG))) {
      TaskFuture<Instant> loose =
          group.submit(TaskOptions.none().deadline(LONG.multipliedBy(2)), ask);
      TaskFuture<Instant> tight = group.submit(TaskOptions.none().deadline(LONG.dividedBy(4)), ask);
      group.join();

      assertTrue(loose.resultNow().isAfter(latest));
      assertTrue(loose.resultNow().isBefore(Instant.now().plus(LONG)));
      assertTrue(tight.resultNow().isBefore(latest));
    }
  }

  @Test
  default void aMembersOwnDeadlineIsAFailureOfTheMember(Fixture given) throws Exception {
    Signal never = given.signal();
    TaskOptions tight = TaskOptions.none().deadline(Duration.ofMillis(100));
    try (TaskGroup group = given.open().group(GroupOptions.none().deadline(LONG))) {
      group.submit(tight, never::await);
      ExecutionException failed = assertThrows(ExecutionException.class, group::join);
      assertSame(TaskTimeoutException.class, Failures.cause(failed).getClass());
    }
  }

  @Test
  default void anInnerGroupHasNoMoreTimeThanTheOuter(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal never = given.signal();
    Duration limit = Duration.ofMillis(200);
    try (TaskGroup outer = baton.group(GroupOptions.none().name("outer").deadline(limit));
        TaskGroup inner = baton.group(GroupOptions.none().deadline(LONG))) {
      inner.submit(never::await);
      TaskTimeoutException late = assertThrows(TaskTimeoutException.class, inner::join);
      assertTrue(String.valueOf(late.getMessage()).contains("outer"), late::toString);
      outer.join();
    }
  }

  @Test
  default void anInterruptEndsTheJoinAndCloseCancels(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal begun = given.signal();
    Signal stopped = given.signal();
    TaskFuture<Void> member;
    try (TaskGroup group = baton.group()) {
      member = group.submit(stoppable(begun, stopped));
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
      TaskFuture<Void> bad = group.submit(failing("broken"));
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
                group.submit(stoppable(begun, stopped));
                group.join();
              }
            });
    begun.awaitTotal(1);
    outer.cancel(true);
    Failures.awaitBody(outer);
    assertEquals(1, stopped.total(), "the outer body is over only after the inner");
  }

  @Test
  default void aGroupThatATaskLeavesOpenEndsWithIt(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    Signal begun = given.signal();
    Signal stopped = given.signal();
    TaskFuture<Void> careless =
        baton.submit(
            () -> {
              TaskGroup group = TaskContext.current().baton().group();
              group.submit(stoppable(begun, stopped));
              begun.awaitTotal(1);
            });
    careless.get(Failures.PATIENCE);
    stopped.awaitTotal(1);
    try (TaskGroup group = baton.group()) {
      group.submit(
          () -> {
            try (TaskGroup inner = TaskContext.current().baton().group()) {
              inner.join();
            }
          });
      group.join();
    }
  }

  @Test
  default void aGroupThatAnAttemptLeavesOpenEndsWithItAndIsNoneOfTheNext(Fixture given)
      throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    Signal begun = given.signal();
    Signal stopped = given.signal();
    TaskFuture<Boolean> careless =
        baton.submit(
            TaskOptions.none().retries(1),
            () -> {
              TaskContext context = TaskContext.current();
              if (context.attempt() == 1) {
                TaskGroup left = context.baton().group(GroupOptions.none().deadline(LONG));
                left.submit(stoppable(begun, stopped));
                begun.awaitTotal(1);
                throw new IOException("leaves it open");
              }
              stopped.awaitTotal(1);
              try (TaskGroup group = context.baton().group()) {
                TaskFuture<Boolean> isFree =
                    group.submit(() -> TaskContext.current().deadline() == null);
                group.join();
                return isFree.resultNow();
              }
            });
    assertTrue(careless.get(Failures.PATIENCE), "it has nothing of the first one's deadline");
  }

  @Test
  default void nothingIsSubmittedAfterJoinOrClose(Fixture given) throws Exception {
    TaskGroup group = given.open().group(GroupOptions.none().name("pages"));
    group.join();
    IllegalStateException late =
        assertThrows(IllegalStateException.class, () -> group.submit(() -> 1));
    assertTrue(String.valueOf(late.getMessage()).contains("pages"), late::toString);
    group.join();
    group.close();
    group.close();
    assertThrows(IllegalStateException.class, () -> group.submit(() -> 1));
    assertThrows(IllegalStateException.class, group::join);
  }

  @Test
  default void aGroupBelongsToTheThreadThatOpenedIt(Fixture given) throws Exception {
    try (TaskGroup group = given.open().group()) {
      for (Action use : List.<Action>of(() -> group.submit(() -> 1), group::join, group::close)) {
        Future<WrongThreadException> other =
            given.beside(() -> assertThrows(WrongThreadException.class, use::perform));
        assertNotNull(other.get().getMessage());
      }
      group.join();
    }
  }

  @Test
  default void closingWithoutJoinCancelsAndSaysSo(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal begun = given.signal();
    Signal stopped = given.signal();
    TaskGroup group = baton.group();
    TaskFuture<Void> member = group.submit(stoppable(begun, stopped));
    begun.awaitTotal(1);

    IllegalStateException misuse = assertThrows(IllegalStateException.class, group::close);
    assertTrue(String.valueOf(misuse.getMessage()).contains("join"), misuse::toString);
    assertTrue(member.isCancelled());
    assertEquals(1, stopped.total());
  }

  @Test
  default void closingTheOuterGroupFirstClosesBothAndSaysSo(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal begun = given.signal();
    Signal stopped = given.signal();
    TaskGroup outer = baton.group();
    TaskGroup inner = baton.group(GroupOptions.none().name("inner"));
    inner.submit(stoppable(begun, stopped));
    begun.awaitTotal(1);

    IllegalStateException misuse = assertThrows(IllegalStateException.class, outer::close);
    assertTrue(String.valueOf(misuse.getMessage()).contains("inner"), misuse::toString);
    assertEquals(1, stopped.total());
    inner.close();
    baton.group().close();
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
  default void aGroupOfAClosedExecutorRejectsItsMembers(Fixture given) throws Exception {
    Baton baton = given.open();
    Signal ran = given.signal();
    Task<Integer> task = ran::count;
    Action action = ran::count;
    baton.close();

    try (TaskGroup group = baton.group(GroupOptions.none().deadline(LONG))) {
      List<Executable> ways =
          List.of(
              () -> group.submit(task),
              () -> group.submit(action),
              () -> group.submit(n -> n + 1, 1),
              () -> group.submit(TaskOptions.none(), task),
              () -> group.submit(TaskOptions.none(), action));
      for (Executable way : ways) {
        TaskRejectedException rejected = assertThrows(TaskRejectedException.class, way);
        assertTrue(String.valueOf(rejected.getMessage()).contains("shut down"), rejected::toString);
      }
      assertEquals(ways.size(), baton.stats().rejected());
      group.join();
      assertTrue(group.toString().contains("0 members"), group::toString);
    }
    assertEquals(0, ran.total());
  }

  @Test
  default void aGroupIsOverWithTheMembersThatCameBeforeTheShutdown(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal gate = given.signal();
    try (TaskGroup group = baton.group()) {
      TaskFuture<Integer> early =
          group.submit(
              () -> {
                gate.count();
                gate.await();
                return 1;
              });
      gate.awaitTotal(1);
      baton.shutdown();
      assertThrows(TaskRejectedException.class, () -> group.submit(() -> 2));
      assertFalse(early.isDone(), "nothing else is disturbed");
      gate.open();
      group.join();
      assertEquals(1, early.resultNow());
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
          members.add(group.submit(failing("broken " + i)));
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

  @Test
  default void aGroupThatNeedsOneSuccessAndHasNoneByItsDeadlineIsLate(Fixture given)
      throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    Signal never = given.signal();
    GroupOptions options = GroupOptions.none().firstSuccess().deadline(Duration.ofMillis(1_500));
    try (TaskGroup group = baton.group(options)) {
      TaskFuture<Void> slow = group.submit(never::await);
      TaskFuture<Void> bad = group.submit(failing("broken"));

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
    try (TaskGroup group = baton.group(GroupOptions.none().firstSuccess().deadline(LONG))) {
      TaskFuture<Void> slow = group.submit(stoppable(begun, stopped));
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

  @Test
  default void thereIsNoFirstResultBeforeTheJoin(Fixture given) throws Exception {
    try (TaskGroup group = given.open().group(GroupOptions.none().firstSuccess().name("pages"))) {
      group.submit(() -> "quick").get();
      IllegalStateException early =
          assertThrows(IllegalStateException.class, () -> group.result(String.class));
      assertTrue(String.valueOf(early.getMessage()).contains("pages"), early::toString);
      assertTrue(String.valueOf(early.getMessage()).contains("join"), early::toString);
      group.join();
      assertEquals("quick", group.result(String.class));
    }
  }

  @Test
  default void thereIsNoFirstResultWithoutASuccess(Fixture given) throws Exception {
    try (TaskGroup group = given.open().group(GroupOptions.none().firstSuccess())) {
      group.submit(failing("broken"));
      assertThrows(ExecutionException.class, group::join);
      assertThrows(IllegalStateException.class, () -> group.result(String.class));
    }
  }

  @Test
  default void thereIsNoFirstResultUnderAnotherPolicy(Fixture given) throws Exception {
    Baton baton = given.open();
    GroupOptions none = GroupOptions.none();
    for (GroupOptions options : List.of(none, none.collectAll())) {
      try (TaskGroup group = baton.group(options)) {
        TaskFuture<String> member = group.submit(() -> "quick");
        group.join();
        IllegalStateException refused =
            assertThrows(IllegalStateException.class, () -> group.result(String.class));
        assertTrue(
            String.valueOf(refused.getMessage()).contains("FIRST_SUCCESS"), refused::toString);
        assertEquals("quick", member.resultNow());
      }
    }
  }
}
