package dev.baton.verification.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.CancelMode;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.WorkerLostException;
import dev.baton.process.ProcessOptions;
import dev.baton.testkit.guard.NoLeftovers;
import dev.baton.testkit.guard.Watchdog;
import dev.baton.testkit.signal.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future.State;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of tasks that were sent to a worker JVM before it could begin them. */
@ExtendWith({Watchdog.class, NoLeftovers.class})
class SentAheadTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int BEHIND = 5;

  private final Signal ledger = Signal.create();
  private final List<Signal> gates = new ArrayList<>();

  @AfterEach
  void drop() {
    gates.forEach(Signal::open);
    gates.forEach(Signal::drop);
    ledger.drop();
  }

  private static ProcessOptions options(int workers) {
    return ProcessOptions.defaults().workers(workers).heap(48).grace(Duration.ofMillis(200));
  }

  /**
   * A body that is held, and those that were sent to its worker behind it.
   *
   * @param gate holds it
   * @param held its future
   * @param behind the others' futures; each writes its number into the ledger
   */
  private record Queue(Signal gate, TaskFuture<Void> held, List<TaskFuture<Integer>> behind) {}

  private Queue queue(Baton baton) throws Exception {
    Signal begun = ledger;
    for (int base = 0; ; base += BEHIND) {
      awaitAll(IntStream.range(0, 64).mapToObj(n -> baton.submit(() -> n)).toList());
      Signal gate = Signal.create();
      gates.add(gate);
      TaskFuture<Void> held =
          baton.submit(
              () -> {
                gate.count();
                gate.awaitUninterruptibly();
              });
      List<TaskFuture<Integer>> behind = new ArrayList<>();
      for (int i = base; i < base + BEHIND; i++) {
        int n = i;
        behind.add(baton.submit(() -> record(begun, n)));
      }
      gate.awaitTotal(1);
      if (baton.dump().contains("sent ahead")) {
        return new Queue(gate, held, behind);
      }
      gate.open();
      awaitAll(behind);
    }
  }

  private static void awaitAll(List<TaskFuture<Integer>> futures) throws Exception {
    for (TaskFuture<Integer> future : futures) {
      future.get(LONG);
    }
  }

  private static int record(Signal begun, int n) {
    begun.append(String.valueOf(n));
    return n;
  }

  private Map<Integer, Integer> timesBegun() {
    Map<Integer, Integer> times = new HashMap<>();
    ledger.lines().forEach(line -> times.merge(Integer.valueOf(line), 1, Integer::sum));
    return times;
  }

  private void assertEachBegunOnce(List<TaskFuture<Integer>> futures) throws Exception {
    awaitAll(futures);
    for (TaskFuture<Integer> future : futures) {
      assertEquals(1, timesBegun().get(future.resultNow()), future.toString());
    }
  }

  @Test
  void bodiesOfOneWorkerBeginInTheOrderOfSubmission() throws Exception {
    try (Baton baton = Baton.open(options(1))) {
      Queue queue = queue(baton);
      queue.gate().open();
      assertEachBegunOnce(queue.behind());
      List<Integer> begun = ledger.lines().stream().map(Integer::valueOf).toList();
      assertEquals(begun.stream().sorted().toList(), begun);
    }
  }

  @Test
  void whatWaitsBehindAKilledBodyRunsOnceElsewhere() throws Exception {
    try (Baton baton = Baton.open(options(1))) {
      Queue queue = queue(baton);
      queue.held().cancel(CancelMode.KILL);
      assertEachBegunOnce(queue.behind());
      assertEquals(State.CANCELLED, queue.held().state());
      queue.held().terminated().get(LONG);
    }
  }

  @Test
  void whatWaitsInALostWorkerRunsOnceElsewhere() throws Exception {
    try (Baton baton = Baton.open(options(1))) {
      Queue queue = queue(baton);
      ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
      assertInstanceOf(WorkerLostException.class, queue.held().exception(LONG));
      assertEachBegunOnce(queue.behind());
    }
  }

  @Test
  void whatIsCancelledWhileItWaitsNeverBegins() throws Exception {
    try (Baton baton = Baton.open(options(1))) {
      Queue queue = queue(baton);
      for (TaskFuture<Integer> waiting : queue.behind()) {
        assertTrue(waiting.cancel(CancelMode.IF_PENDING), waiting::toString);
        waiting.terminated().get(LONG);
      }
      int before = ledger.lines().size();
      queue.gate().open();
      assertEquals(1, baton.submit(() -> 1).get(LONG));
      assertEquals(before, ledger.lines().size());
    }
  }

  @Test
  void shutdownNowReturnsWhatWaitsAndNoneOfItBegins() throws Exception {
    int before;
    Baton baton = Baton.open(options(1));
    try (baton) {
      queue(baton);
      before = ledger.lines().size();
      assertEquals(BEHIND, baton.shutdownNow().size());
    }
    assertEquals(before, ledger.lines().size());
  }

  @Test
  void anotherWorkerTakesOverWhatWaits() throws Exception {
    try (Baton baton = Baton.open(options(2))) {
      Signal gate = Signal.create();
      gates.add(gate);
      baton.submit(gate::awaitUninterruptibly);
      Queue queue = queue(baton);
      gate.open();
      assertEachBegunOnce(queue.behind());
      assertEquals(State.RUNNING, queue.held().state());
      queue.gate().open();
    }
  }

  @Test
  void whatABodyWaitsForIsNotLeftBehindIt() throws Exception {
    try (Baton baton = Baton.open(options(1).lend(1))) {
      TaskFuture<Integer> sum =
          baton.submit(
              () -> {
                Baton mine = TaskContext.current().baton();
                int found = 0;
                for (int i = 0; i < 20; i++) {
                  TaskFuture<Integer> first = mine.submit(() -> 1);
                  TaskFuture<Integer> second = mine.submit(() -> 2);
                  found += second.get() + first.get();
                }
                return found;
              });
      for (int i = 0; i < 200; i++) {
        int n = i;
        assertEquals(n, baton.submit(() -> n).get(LONG));
      }
      assertEquals(60, sum.get(LONG));
    }
  }

  @Test
  void noWorkerBeginsMoreThanItMay() throws Exception {
    Map<Long, Integer> done = new HashMap<>();
    try (Baton baton = Baton.open(options(1).maxTasksPerWorker(50))) {
      List<TaskFuture<Long>> pids = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        pids.add(baton.submit(() -> ProcessHandle.current().pid()));
      }
      for (TaskFuture<Long> pid : pids) {
        done.merge(pid.get(LONG), 1, Integer::sum);
      }
    }
    assertEquals(List.of(50, 50, 50, 50), List.copyOf(done.values()));
  }
}
