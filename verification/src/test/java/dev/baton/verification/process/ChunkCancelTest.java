package dev.baton.verification.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.CancelMode;
import dev.baton.MapOptions;
import dev.baton.Results;
import dev.baton.TaskFuture;
import dev.baton.TaskInfo;
import dev.baton.process.ProcessOptions;
import dev.baton.testkit.Eventually;
import dev.baton.testkit.guard.NoLeftovers;
import dev.baton.testkit.guard.Watchdog;
import dev.baton.testkit.signal.Ledger;
import dev.baton.testkit.signal.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a chunk in a worker when one of its items is cancelled. */
@ExtendWith({Watchdog.class, NoLeftovers.class})
class ChunkCancelTest {

  private static final Duration LONG = Duration.ofSeconds(20);
  private static final List<String> ALL = List.of("item 0", "item 1", "item 2", "item 3");

  private final Signal gate = Signal.create();
  private final Ledger ledger = Ledger.create();

  private List<TaskFuture<Integer>> map(Baton baton) throws InterruptedException {
    Signal held = gate;
    Ledger seen = ledger;
    Results<Integer> mapped =
        baton.map(
            MapOptions.none().chunk(4),
            number -> {
              seen.begin("item " + number);
              held.count();
              held.await();
              seen.end("item " + number);
              return number;
            },
            List.of(0, 1, 2, 3));
    List<TaskFuture<Integer>> futures = new ArrayList<>();
    mapped.futures().forEach(futures::add);
    gate.awaitTotal(1);
    Eventually.holds("the chunk is known to have begun", futures.getFirst()::isRunning);
    return futures;
  }

  @AfterEach
  void forget() {
    List.of(gate, ledger.begins(), ledger.ends()).forEach(Signal::drop);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "IF_PENDING")
  void theBodyOfAnItemThatHasBegunIsLeftAloneAndItsSiblingsRun(CancelMode mode) throws Exception {
    try (Baton baton = Baton.open(ProcessOptions.defaults().workers(1).heap(32))) {
      List<TaskFuture<Integer>> futures = map(baton);
      TaskFuture<Integer> first = futures.getFirst();
      assertTrue(first.cancel(mode));
      assertTrue(first.isCancelled(), "at once");
      assertFalse(first.terminated().isDone(), "its body goes on");
      gate.open();
      for (int sibling = 1; sibling < 4; sibling++) {
        assertEquals(sibling, futures.get(sibling).get(LONG));
      }
      first.terminated().get(LONG);
      assertTrue(first.isCancelled(), "it stays so");
    }
    assertEquals(ALL, ledger.begun(), "nothing begins twice");
    assertEquals(ALL, ledger.ended(), "nothing is interrupted");
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERRUPT", "KILL"})
  void aStrongerCancelStopsTheBodyOfAnItemThatIsCancelledAlready(CancelMode mode) throws Exception {
    try (Baton baton = Baton.open(ProcessOptions.defaults().workers(1).heap(32))) {
      List<TaskFuture<Integer>> futures = map(baton);
      for (TaskFuture<Integer> future : futures) {
        assertTrue(future.cancel(CancelMode.ABANDON));
      }
      TaskFuture<Integer> first = futures.getFirst();
      assertFalse(first.terminated().isDone(), "its body goes on");
      assertTrue(first.cancel(mode));
      first.terminated().get(LONG);
      assertTrue(first.cancel(CancelMode.ABANDON), "a weaker one says what is so");
      assertEquals(2, baton.submit(() -> 2).get(LONG));
    }
    assertEquals(List.of("item 0"), ledger.begun());
    assertEquals(List.of(), ledger.ended());
  }

  @Test
  void onceTheChunkHasBegunNoItemOfItIsPending() throws Exception {
    try (Baton baton = Baton.open(ProcessOptions.defaults().workers(1).heap(32))) {
      for (TaskFuture<Integer> future : map(baton)) {
        assertFalse(future.cancel(CancelMode.IF_PENDING), future::toString);
        assertSame(TaskInfo.Phase.RUNNING, future.info().phase());
      }
      gate.open();
    }
    assertEquals(ALL, ledger.ended());
  }
}
