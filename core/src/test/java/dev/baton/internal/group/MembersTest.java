package dev.baton.internal.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.CancelMode;
import dev.baton.GroupOptions;
import dev.baton.GroupOptions.Policy;
import dev.baton.Overflow;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskGroup;
import dev.baton.TaskOptions;
import dev.baton.TaskRejectedException;
import dev.baton.TaskTimeoutException;
import dev.baton.ThreadOptions;
import dev.baton.internal.future.Home;
import dev.baton.internal.task.BodyRun;
import dev.baton.internal.task.SubmittedTask;
import dev.baton.support.SameThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
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
        members.add(memberOf(members, future));
      }
      assertTrue(members.present() <= 65, () -> members.present() + " are kept");
      assertEquals(10_000, members.total());
      assertEquals(0, members.unfinished());
    }
  }

  @Test
  void membersThatLastKeepNoneOfThoseBesideThem() throws Exception {
    Members members = new Members(Home.NOWHERE, Policy.ALL_SUCCEED);
    try (Baton baton = Baton.open("virtual")) {
      List<TaskFuture<Void>> lasting = new ArrayList<>();
      for (int i = 0; i < 10_000; i++) {
        if (i % 1_000 == 0) {
          lasting.add(baton.submit(() -> new CountDownLatch(1).await()));
          members.add(memberOf(members, lasting.getLast()));
        } else {
          TaskFuture<Integer> over = baton.submit(() -> 1);
          over.terminated().get();
          members.add(memberOf(members, over));
        }
      }
      assertTrue(members.present() <= 10 + 20 * 32, () -> members.present() + " are kept");
      assertEquals(10, members.unfinished());
      members.stop();
      assertTrue(lasting.stream().allMatch(TaskFuture::isCancelled));
      assertTrue(members.isMet());
    }
  }

  @Test
  void aBlockIsKeptUntilItsMembersAreCountedThoughTheirBodiesAreOver() throws Exception {
    Members members = new Members(Home.NOWHERE, Policy.ALL_SUCCEED);
    MemberBlock block = new MemberBlock(0, null);
    try (Baton baton = Baton.open("virtual")) {
      block.add(memberOf(members, failedTask(baton)));
      assertTrue(block.isNeeded(), "at the first look");
      assertTrue(block.isNeeded(), "at each later one");
      block.count();
      assertFalse(block.isNeeded());
    }
  }

  @Test
  void aMemberWhoseBodyOutlivesItsFutureIsKeptUntilItIsOver() throws Exception {
    Members members = new Members(Home.NOWHERE, Policy.COLLECT_ALL);
    CountDownLatch end = new CountDownLatch(1);
    try (Baton baton = Baton.open("virtual")) {
      CountDownLatch begun = new CountDownLatch(1);
      TaskFuture<Void> stubborn =
          baton.submit(
              () -> {
                begun.countDown();
                end.await();
              });
      begun.await();
      stubborn.cancel(CancelMode.ABANDON);
      members.add(memberOf(members, stubborn));
      for (int i = 0; i < 1_000; i++) {
        TaskFuture<Integer> over = baton.submit(() -> 1);
        over.terminated().get();
        members.add(memberOf(members, over));
      }
      assertTrue(members.isMet());
      assertEquals(List.of(stubborn), members.running());
      end.countDown();
    }
  }

  @Test
  void whoJoinsIsWokenByTheLastMemberWhateverBlocksTheyAreIn() throws Exception {
    try (Baton baton = Baton.open(ThreadOptions.defaults().workers(4))) {
      for (int round = 0; round < 200; round++) {
        int count = 1 + round % 100;
        CountDownLatch go = new CountDownLatch(1);
        try (TaskGroup group = baton.group()) {
          for (int i = 0; i < count; i++) {
            TaskFuture<Void> unused = group.submit(() -> go.await());
          }
          go.countDown();
          group.join();
        }
      }
    }
  }

  private static Member memberOf(Members members, TaskFuture<?> task) {
    Member member = new Member(members, null, null);
    member.accept((SubmittedTask<?>) task);
    return member;
  }

  @Test
  void aStopWhileATaskThatIsDoneIsYetToBecomeAMemberCancelsTheOthers() throws Exception {
    Members members = new Members(Home.NOWHERE, Policy.ALL_SUCCEED);
    try (Baton baton = Baton.open("virtual")) {
      TaskFuture<Void> running = baton.submit(() -> new CountDownLatch(1).await());
      members.add(memberOf(members, running));
      TaskFuture<Integer> done = baton.submit(() -> 1);
      done.terminated().get();
      Member next = memberOf(members, done);
      members.stop();
      assertTrue(running.isCancelled());
      members.add(next);
      assertEquals(2, members.total());
    }
  }

  /** Returns a task that has failed. */
  private static TaskFuture<Integer> failedTask(Baton baton) throws Exception {
    TaskFuture<Integer> failed =
        baton.submit(
            () -> {
              throw new IllegalStateException("at once");
            });
    failed.terminated().get();
    return failed;
  }

  @Test
  void aFailureBeforeATaskIsAMemberCountsOnceItIsOne() throws Exception {
    Members members = new Members(Home.NOWHERE, Policy.ALL_SUCCEED);
    try (Baton baton = Baton.open("virtual")) {
      TaskFuture<Integer> failed = failedTask(baton);
      Member member = memberOf(members, failed);
      assertFalse(members.isStopped());
      members.add(member);
      assertTrue(members.isStopped());
      assertEquals(1, members.total());
      assertEquals(0, members.unfinished());
    }
  }

  @Test
  void theFirstSuccessStaysTheResultThoughAnotherCameBeforeItsCancel() throws Exception {
    Members members = new Members(Home.NOWHERE, Policy.FIRST_SUCCESS);
    try (Baton baton = Baton.open("virtual")) {
      TaskFuture<Integer> first = baton.submit(() -> 1);
      TaskFuture<Integer> second = baton.submit(() -> 2);
      first.terminated().get();
      second.terminated().get();
      members.add(memberOf(members, first));
      members.add(memberOf(members, second));
      assertSame(first, members.winner());
      assertTrue(members.isMet());
    }
  }

  @Test
  void onlyASuccessThatDecidesNothingIsToldByAThreadThatMustNotBeHeldUp() throws Exception {
    try (Baton baton = Baton.open("virtual")) {
      TaskFuture<Integer> success = baton.submit(() -> 1);
      success.terminated().get();
      Members all = new Members(Home.NOWHERE, Policy.ALL_SUCCEED);
      assertTrue(memberOf(all, success).isBrief());
      assertFalse(memberOf(all, failedTask(baton)).isBrief());
      Members first = new Members(Home.NOWHERE, Policy.FIRST_SUCCESS);
      assertFalse(memberOf(first, success).isBrief());
    }
  }

  @Test
  void anEndOfARejectedTaskThatIsHeardLateIsNoneOfTheNextMember() throws Exception {
    Members members = new Members(Home.NOWHERE, Policy.ALL_SUCCEED);
    try (Baton baton = Baton.open("virtual")) {
      TaskFuture<Integer> failed = failedTask(baton);
      Member rejected = memberOf(members, failed);
      TaskFuture<Void> running = baton.submit(() -> new CountDownLatch(1).await());
      members.add(memberOf(members, running));
      rejected.ended();
      assertFalse(members.isStopped());
      assertEquals(1, members.unfinished());
      running.cancel(true);
    }
  }

  @Test
  void aTaskThatIsRejectedIsNoMember() throws Exception {
    ThreadOptions small = ThreadOptions.defaults().workers(1).queue(1).overflow(Overflow.REJECT);
    try (Baton baton = Baton.open(small);
        TaskGroup group = baton.group()) {
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch end = new CountDownLatch(1);
      group.submit(
          () -> {
            begun.countDown();
            end.await();
          });
      begun.await();
      TaskFuture<Integer> queued = group.submit(() -> 1);
      assertThrows(TaskRejectedException.class, () -> group.submit(() -> 2));
      end.countDown();
      group.join();
      assertEquals(1, queued.resultNow());
      assertTrue(group.toString().contains("2 members, 0 not done"), group::toString);
    }
  }

  @Test
  void aTaskThatTheExecutorBelowRejectsIsNoMember() throws Exception {
    ExecutorService refusing = Executors.newSingleThreadExecutor();
    refusing.shutdown();
    try (Baton baton = Baton.over(refusing);
        TaskGroup group = baton.group()) {
      assertThrows(TaskRejectedException.class, () -> group.submit(() -> 2));
      assertTrue(group.toString().contains("0 members, 0 not done"), group::toString);
      group.join();
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
      ExecutionException failed = assertThrows(ExecutionException.class, group::join);
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
  void whatIsSubmittedToAGroupThatHasFailedNeverBegins() {
    AtomicBoolean begun = new AtomicBoolean();
    try (Baton here = Baton.over(new SameThread());
        TaskGroup group = here.group()) {
      group.submit(
          () -> {
            throw new IllegalStateException("at once");
          });
      TaskFuture<Void> tooLate = group.submit(() -> begun.set(true));
      assertTrue(tooLate.isCancelled());
      assertThrows(ExecutionException.class, group::join);
    }
    assertFalse(begun.get());
  }

  @Test
  void whatIsSubmittedToAGroupWhoseTimeIsUpNeverBegins() {
    AtomicBoolean begun = new AtomicBoolean();
    try (Baton here = Baton.over(new SameThread());
        TaskGroup group = here.group(GroupOptions.none().deadline(Duration.ofNanos(1)))) {
      for (int i = 0; i < 100; i++) {
        TaskFuture<Void> tooLate = group.submit(() -> begun.set(true));
        assertEquals(Future.State.FAILED, tooLate.state());
      }
      assertThrows(TaskTimeoutException.class, group::join);
    }
    assertFalse(begun.get());
  }

  @Test
  void aCloseWithoutAJoinTellsWhatFailed() throws Exception {
    try (Baton baton = Baton.open("virtual")) {
      TaskGroup group = baton.group();
      IllegalStateException broken = new IllegalStateException("a member broke");
      TaskFuture<Void> failed =
          group.submit(
              () -> {
                throw broken;
              });
      failed.terminated().get();
      IllegalStateException misuse = assertThrows(IllegalStateException.class, group::close);
      assertEquals(List.of(broken), List.of(misuse.getSuppressed()));
    }
  }

  @Test
  void aJoinOfATaskThatWasCancelledAndOverheardItsInterruptSaysSo() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    List<String> said = new CopyOnWriteArrayList<>();
    try (Baton baton = Baton.open("virtual")) {
      TaskFuture<Void> outer =
          baton.submit(
              TaskOptions.none().name("outer"),
              () -> {
                try (TaskGroup group = baton.group()) {
                  group.submit(() -> new CountDownLatch(1).await());
                  begun.countDown();
                  assertThrows(InterruptedException.class, new CountDownLatch(1)::await);
                  said.add(assertThrows(CancellationException.class, group::join).getMessage());
                }
              });
      begun.await();
      outer.cancel(true);
      outer.terminated().get();
    }
    assertEquals(1, said.size());
    assertTrue(said.getFirst().contains("task outer"), said::toString);
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
  void whatAnAttemptLeavesInAGroupIsCancelledThoughAnotherFollows() {
    CompletableFuture<TaskFuture<Void>> member = new CompletableFuture<>();
    try (Baton baton = Baton.open("virtual")) {
      TaskFuture<Void> careless =
          baton.submit(
              TaskOptions.none().retries(1, Duration.ofMinutes(5)),
              () -> {
                member.complete(baton.group().submit(() -> new CountDownLatch(1).await()));
                throw new IllegalStateException("try again");
              });
      Awaitility.await().until(() -> member.isDone() && member.join().isCancelled());
      assertFalse(careless.isDone());
      careless.cancel(true);
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
