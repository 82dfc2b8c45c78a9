package dev.baton.internal.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.GroupOptions;
import dev.baton.GroupOptions.Policy;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskGroup;
import dev.baton.ThreadOptions;
import dev.baton.internal.future.Home;
import dev.baton.internal.task.BodyRun;
import dev.baton.support.SameThread;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a group keeps of its members, and what a thread keeps of its groups. */
@Timeout(60)
@SuppressWarnings("serial") // these tasks stay in this JVM
class MembersTest {

  @Test
  void membersThatAreOverAreLetGo() {
    Members members = new Members(Home.NOWHERE, Policy.ALL_SUCCEED);
    try (Baton baton = Baton.open("virtual")) {
      for (int i = 0; i < 10_000; i++) {
        TaskFuture<Integer> future = baton.submit(() -> 1);
        future.join();
        future.terminated().join();
        members.add(future, false);
      }
      assertTrue(members.present() <= 65, () -> members.present() + " are kept");
      assertEquals(10_000, members.total());
      assertEquals(0, members.unfinished());
    }
  }

  @Test
  void manyFailuresAreCountedAndAFewAreKept() throws Exception {
    try (Baton baton = Baton.open("virtual");
        TaskGroup group = baton.group(GroupOptions.none().firstSuccess())) {
      for (int i = 0; i < 1_000; i++) {
        int number = i;
        group.submit(
            () -> {
              throw new IllegalStateException("member " + number);
            });
      }
      ExecutionException failed = Assertions.assertThrows(ExecutionException.class, group::join);
      assertEquals(31, failed.getSuppressed().length);
      assertTrue(String.valueOf(failed.getMessage()).contains("999 more"), failed::getMessage);
    }
  }

  @Test
  void aGroupThatATaskOnTheSameThreadLeavesOpenIsNoneInsideTheOuter() throws Exception {
    try (Baton baton = Baton.open("virtual");
        Baton here = Baton.over(new SameThread());
        TaskGroup outer = baton.group()) {
      outer.submit(() -> 1);
      here.submit(() -> TaskContext.current().baton().group().toString()).get();
      outer.join();
    }
  }

  @Test
  void aTaskHasOneTetherForAllItsGroups() throws Exception {
    try (Baton baton = Baton.open("virtual")) {
      baton
          .submit(
              () -> {
                baton.group().close();
                BodyRun body = Objects.requireNonNull(BodyRun.current());
                BodyRun.Companion tether = Objects.requireNonNull(body.companion());
                baton.group().close();
                assertSame(tether, body.companion());
              })
          .get();
    }
  }

  @Test
  void aGroupLeftOpenByATaskIsNoGroupOfTheNextOnTheSameThread() throws Exception {
    try (Baton baton = Baton.open(ThreadOptions.defaults().workers(1))) {
      TaskFuture<TaskGroup> careless =
          baton.submit(
              () ->
                  TaskContext.current()
                      .baton()
                      .group(GroupOptions.none().deadline(Duration.ofMinutes(1))));
      careless.get();
      careless.terminated().get();
      baton
          .submit(
              () -> {
                assertNull(OpenGroups.innermost());
                try (TaskGroup group = TaskContext.current().baton().group()) {
                  boolean isFree =
                      group.submit(() -> TaskContext.current().deadline() == null).get();
                  assertTrue(isFree, "it has nothing of the deadline of a group that is gone");
                  group.join();
                }
                assertNull(OpenGroups.innermost());
              })
          .get();
    }
  }
}
