package dev.baton.process.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.CancelMode;
import dev.baton.process.wire.Cancel;
import dev.baton.process.wire.ClaimPage;
import dev.baton.process.wire.Opcode;
import dev.baton.process.wire.TaskHead;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How bodies are stopped, and that nothing else is. */
class CancelTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(
      value = CancelMode.class,
      names = {"INTERRUPT", "KILL"})
  void aBodyIsInterruptedAndKnowsThatItWasCancelled(CancelMode mode) throws Exception {
    try (TinyHost host = TinyHost.ready()) {
      long id = host.send(StopTasks.untilInterrupted());
      host.awaitProgress(id);
      host.offer(new Cancel(mode, 1).frame(id));
      assertEquals("interrupted, cancelled true", host.value(id));
    }
  }

  @Test
  void aCancelThatComesBeforeItsTaskIsKeptForIt() throws Exception {
    try (TinyHost host = TinyHost.ready()) {
      host.cancel(5);
      host.send(5, TinyHost.head(TaskHead.NO_SLOT), StopTasks.untilInterrupted());
      assertEquals("interrupted, cancelled true", host.value(5));
    }
  }

  @Test
  void aCancelThatComesAfterItsTaskIsNotKeptForTheNextAttempt() throws Exception {
    try (TinyHost host = TinyHost.ready()) {
      host.send(5, TinyHost.head(TaskHead.NO_SLOT), Tasks.sum(1, 2));
      assertEquals(3, host.value(5));
      host.forgetResult(5);
      host.cancel(5);
      host.send(5, secondAttempt(), StopTasks.interruptedSoon());
      assertEquals(false, host.value(5));
    }
  }

  @Test
  void aCancelOfAnAttemptThatIsOverLeavesTheNextAlone() throws Exception {
    try (TinyHost host = TinyHost.ready()) {
      host.send(5, secondAttempt(), StopTasks.untilInterrupted());
      host.awaitProgress(5);
      host.cancel(5, 1);
      long behind = host.send(5_000, TinyHost.head(TaskHead.NO_SLOT), Tasks.sum(1, 2));
      assertFalse(host.isDoneSoon(behind), "it waits behind a body that was not stopped");
      host.cancel(5, 2);
      assertEquals("interrupted, cancelled true", host.value(5));
      assertEquals(3, host.value(behind));
    }
  }

  @Test
  void aCancelOfTheNextAttemptThatComesBeforeItIsKeptForIt() throws Exception {
    try (TinyHost host = TinyHost.ready()) {
      host.send(5, TinyHost.head(TaskHead.NO_SLOT), Tasks.sum(1, 2));
      assertEquals(3, host.value(5));
      host.forgetResult(5);
      host.cancel(5, 2);
      host.send(5, secondAttempt(), StopTasks.untilInterrupted());
      assertEquals("interrupted, cancelled true", host.value(5));
    }
  }

  private static TaskHead secondAttempt() {
    return new TaskHead(TaskHead.NO_SLOT, 2, null, null, Map.of(), null, false);
  }

  @ParameterizedTest
  @EnumSource(
      value = CancelMode.class,
      names = {"IF_PENDING", "ABANDON"})
  void aGentlerCancelLeavesTheBodyAlone(CancelMode mode) throws Exception {
    try (TinyHost host = TinyHost.ready()) {
      long id = host.send(StopTasks.untilInterrupted());
      host.awaitProgress(id);
      host.offer(new Cancel(mode, 1).frame(id));
      host.offer(new Cancel(CancelMode.INTERRUPT, 1).frame(id + 100));
      assertEquals(3, callBehind(host, id));
    }
  }

  /** Ends the body of a task in the usual way, and calls another behind it. */
  private static Object callBehind(TinyHost host, long id) throws Exception {
    long next = host.send(Tasks.sum(1, 2));
    assertFalse(host.hasResult(id));
    host.cancel(id);
    assertEquals("interrupted, cancelled true", host.value(id));
    return Objects.requireNonNull(host.value(next));
  }

  @Test
  void hooksRunBeforeTheInterruptOnAVirtualThreadWithTheTasksContext() throws Exception {
    try (TinyHost host = TinyHost.ready()) {
      long id = 9;
      TaskHead head = new TaskHead(-1, 1, null, null, Map.of("user", "ann"), null, false);
      host.send(id, head, StopTasks.hooked());
      host.awaitProgress(id);
      host.cancel(id);
      assertEquals(List.of("first true ann true", "second", "interrupted", "late"), host.value(id));
    }
  }

  @Test
  void aHookThatDoesNotReturnHoldsTheInterruptUpForAMoment() throws Exception {
    try (TinyHost host = TinyHost.ready()) {
      long id = host.send(StopTasks.hookThatWaits());
      host.awaitProgress(id);
      host.cancel(id);
      long waited = (Long) Objects.requireNonNull(host.value(id));
      assertTrue(waited >= 80 && waited < 5_000, () -> waited + " ms");
    }
  }

  @Test
  void aCancelThatOvertakesTheBodysBeginningStillHitsIt() throws Exception {
    try (TinyHost host = TinyHost.ready()) {
      for (int i = 0; i < 50; i++) {
        long id = host.send(StopTasks.untilInterrupted());
        host.cancel(id); // mostly while it is queued or decoded
        assertEquals("interrupted, cancelled true", host.value(id));
      }
    }
  }

  @Test
  void aCancelWhileTheTaskIsDecodedHitsTheBodyAndNotTheDecoding() throws Exception {
    try (TinyHost host = TinyHost.ready()) {
      long id = host.send(StopTasks.slowToDecode());
      host.awaitOutput("decoding");
      host.cancel(id);
      assertEquals("decoded without an interrupt, interrupted true", host.value(id));
    }
  }

  @Test
  void aCancelForAnUnknownOrFinishedTaskIsIgnored() throws Exception {
    try (TinyHost host = TinyHost.ready()) {
      long id = host.send(Tasks.sum(1, 2));
      host.value(id);
      host.cancel(id);
      host.cancel(4711);
      assertEquals("false", String.valueOf(host.call(StopTasks.interruptedSoon())));
    }
  }

  @Test
  void aLateInterruptNeverHitsTheNextTask() throws Exception {
    Random random = new Random(42);
    try (TinyHost host = TinyHost.ready()) {
      for (int i = 0; i < 300; i++) {
        long first = host.send(StopTasks.spinFor(random.nextInt(60_000)));
        long next = host.send(StopTasks.interruptedSoon());
        StopTasks.spinFor(random.nextInt(60_000)).call();
        host.cancel(first);
        assertEquals(false, host.value(next), "in round " + i);
      }
    }
  }

  @Test
  void aWithdrawnTaskNeverRunsAndAClaimedOneDoes() throws Exception {
    ClaimPage page = ClaimPage.create(folder.resolve("page"), 8);
    try (TinyHost host =
        TinyHost.ready(Launch.pipes().withPage(folder.resolve("page"))).claimingIn(page)) {
      page.offer(0, 1);
      host.send(1, TinyHost.head(0), StopTasks.untilInterrupted());
      host.awaitProgress(1);
      assertTrue(page.isClaimed(0, 1));
      assertFalse(page.withdraw(0, 1));
      for (int slot = 1; slot <= 3; slot++) {
        page.offer(slot, slot + 1);
        host.send(slot + 1, TinyHost.head(slot), PrintTasks.printed("ran " + (slot + 1)));
      }
      assertTrue(page.withdraw(2, 3));
      host.cancel(1);
      assertEquals("interrupted, cancelled true", host.value(1));
      assertEquals(4, host.value(4));
      host.awaitOutput("ran 4");
      assertEquals("ran 2ran 4", host.output());
      assertFalse(page.isClaimed(2, 3));
      assertEquals(List.of(), host.seen(Opcode.STARTED));
      assertTrue(page.claimedAt(1) < page.claimedAt(3));
    }
  }

  @Test
  void beforeItHasMappedThePageAWorkerAsksAndBeginsNothingThatWasWithdrawn() throws Exception {
    ClaimPage page = ClaimPage.create(folder.resolve("page"), 2);
    try (TinyHost host =
        TinyHost.ready(Launch.pipes().withPage(folder.resolve("page"))).claimingIn(page)) {
      page.offer(0, 1);
      assertTrue(page.withdraw(0, 1));
      host.send(1, TinyHost.head(0), PrintTasks.printed("ran 1"));
      page.offer(1, 2);
      host.send(2, TinyHost.head(1), PrintTasks.printed("ran 2"));
      host.awaitOutput("ran 2");
      assertEquals("ran 2", host.output());
      assertTrue(page.isClaimed(1, 2));
      assertEquals(1, host.seen(Opcode.ASK).getFirst().id());
    }
  }

  @Test
  void tasksThatAreWithdrawnWhileTheWorkerClaimsHaveOneWinner() throws Exception {
    int rounds = 400;
    ClaimPage page = ClaimPage.create(folder.resolve("page"), 4);
    List<Long> withdrawn = new ArrayList<>();
    List<Long> claimed = new ArrayList<>();
    Random random = new Random(7);
    try (TinyHost host =
        TinyHost.ready(Launch.pipes().withPage(folder.resolve("page"))).claimingIn(page)) {
      for (long id = 1001; id <= 1000 + rounds; id++) {
        page.offer(0, id);
        host.send(id, TinyHost.head(0), Tasks.sum(1, 2));
        StopTasks.spinFor(random.nextInt(50_000)).call();
        if (page.withdraw(0, id)) {
          withdrawn.add(id);
        } else {
          claimed.add(id);
          assertEquals(3, host.value(id));
        }
      }
      assertEquals(3, host.call(Tasks.sum(1, 2)));
      withdrawn.forEach(id -> assertFalse(host.hasResult(id)));
      assertEquals(rounds, withdrawn.size() + claimed.size());
    }
  }
}
