package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
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
import dev.baton.TaskRejectedException;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import dev.baton.testkit.signal.Signal;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A group is used as its block says, and ends as well where it is not. */
@Promise(Row.GROUPS)
public interface GroupUseContract extends ContractTest {

  @Test
  default void aGroupThatATaskLeavesOpenEndsWithIt(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    Signal begun = given.signal();
    Signal stopped = given.signal();
    TaskFuture<Void> careless =
        baton.submit(
            () -> {
              TaskGroup group = TaskContext.current().baton().group();
              group.submit(Members.stoppable(begun, stopped));
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
                TaskGroup left = context.baton().group(GroupOptions.none().deadline(Members.LONG));
                left.submit(Members.stoppable(begun, stopped));
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
    TaskFuture<Void> member = group.submit(Members.stoppable(begun, stopped));
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
    inner.submit(Members.stoppable(begun, stopped));
    begun.awaitTotal(1);

    IllegalStateException misuse = assertThrows(IllegalStateException.class, outer::close);
    assertTrue(String.valueOf(misuse.getMessage()).contains("inner"), misuse::toString);
    assertEquals(1, stopped.total());
    inner.close();
    baton.group().close();
  }

  @Test
  default void aGroupOfAClosedExecutorRejectsItsMembers(Fixture given) throws Exception {
    Baton baton = given.open();
    Signal ran = given.signal();
    Task<Integer> task = ran::count;
    Action action = ran::count;
    baton.close();

    try (TaskGroup group = baton.group(GroupOptions.none().deadline(Members.LONG))) {
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
      group.submit(Members.failing("broken"));
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
