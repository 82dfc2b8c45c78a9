package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.CancelMode;
import dev.baton.Overflow;
import dev.baton.Task;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Eventually;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import dev.baton.testkit.signal.Ledger;
import dev.baton.testkit.signal.Signal;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A cancelled pending task never runs, in no race; its body and its place are freed at once. */
@Promise(Row.CANCELLING)
public interface CancelPendingContract extends ContractTest {

  @ParameterizedTest
  @EnumSource
  default void aPendingTaskThatIsCancelledNeverRuns(CancelMode mode, Fixture given)
      throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Signal ran = given.signal();
    Blocker blocker = Blocker.on(baton, given);
    TaskFuture<Integer> future = baton.submit(ran::count);

    assertTrue(future.cancel(mode));
    assertTrue(future.isCancelled());
    assertTrue(future.cancel(mode), "it is cancelled still");
    Failures.awaitBody(future);
    blocker.release();
    baton.submit(() -> {}).get();
    assertEquals(0, ran.total());
  }

  @Test
  default void theExceptionNamesTheCancelledTask(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Blocker.on(baton, given);
    TaskFuture<Integer> future = baton.submit(TaskOptions.none().name("unwanted"), () -> 1);
    future.cancel(true);

    CancellationException first = assertThrows(CancellationException.class, future::get);
    assertTrue(String.valueOf(first.getMessage()).contains("unwanted"), first::toString);
    assertFalse(first == assertThrows(CancellationException.class, future::get), "a new one each");
    assertNull(first.getCause());
  }

  @Test
  default void inARaceWithTheStartACancelledTaskNeverRuns(Fixture given) throws Exception {
    int rounds = 100;
    int batch = 100;
    Baton baton = given.open(Shape.atLeast(2));
    Ledger ledger = given.ledger();
    Set<String> cancelled = new HashSet<>();
    List<String> others = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      List<TaskFuture<?>> futures = new ArrayList<>();
      for (int i = 0; i < batch; i++) {
        String name = round + "." + i;
        futures.add(baton.submit(() -> ledger.begin(name)));
      }
      for (int i = batch - 1; i >= 0; i--) {
        String name = round + "." + i;
        if (futures.get(i).cancel(CancelMode.IF_PENDING)) {
          cancelled.add(name);
        } else {
          others.add(name);
        }
      }
      for (TaskFuture<?> future : futures) {
        Failures.awaitBody(future);
      }
    }

    List<String> begun = ledger.begun();
    assertFalse(begun.stream().anyMatch(cancelled::contains), "a cancelled task ran");
    assertEquals(Set.copyOf(others), Set.copyOf(begun), "the others ran");
    assertEquals(others.size(), begun.size(), "once each");
  }

  @Test
  default void inARaceOfTwoThreadsEachCancelTellsTheTruth(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    Ledger ledger = given.ledger();
    Set<String> cancelled = new HashSet<>();
    for (int i = 0; i < 500; i++) {
      String name = "task-" + i;
      TaskFuture<Void> future = baton.submit(() -> ledger.begin(name));
      Future<Boolean> other = given.beside(() -> future.cancel(CancelMode.IF_PENDING));
      boolean mine = future.cancel(CancelMode.IF_PENDING);
      assertEquals(mine || other.get(), future.isCancelled());
      if (future.isCancelled()) {
        cancelled.add(name);
      }
      Failures.awaitBody(future);
    }
    assertFalse(ledger.begun().stream().anyMatch(cancelled::contains));
    assertEquals(500 - cancelled.size(), ledger.begun().size());
  }

  @Test
  default void whatACancelledTaskCapturedIsFreedWhileThePoolIsBlocked(Fixture given)
      throws Exception {
    given.assumeShared();
    Baton baton = given.open(Shape.slots(1));
    Blocker.on(baton, given);
    List<WeakReference<byte[]>> captured = new ArrayList<>();
    List<TaskFuture<Integer>> futures = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      byte[] large = new byte[1_000_000];
      captured.add(new WeakReference<>(large));
      futures.add(baton.submit((Callable<Integer>) () -> large.length));
    }
    futures.forEach(future -> future.cancel(true));

    Eventually.holds(
        "what the tasks captured is collected",
        () -> {
          System.gc();
          return captured.stream().allMatch(reference -> reference.get() == null);
        });
    assertTrue(futures.stream().allMatch(TaskFuture::isCancelled));
  }

  @Test
  default void manyCancelledTasksLeaveTheQueue(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Blocker.on(baton, given);
    List<WeakReference<TaskFuture<?>>> futures = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      TaskFuture<Integer> future = baton.submit(() -> 1);
      future.cancel(true);
      futures.add(new WeakReference<>(future));
    }

    Eventually.holds(
        "nearly all futures are collected",
        () -> {
          System.gc();
          return futures.stream().filter(reference -> reference.get() != null).count() < 1_000;
        });
    assertEquals(0, baton.stats().pending());
    assertEquals(10_000, baton.stats().cancelled());
  }

  @Test
  default void thePlaceOfACancelledTaskIsFreeAtOnce(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1).queue(1, Overflow.REJECT));
    Blocker blocker = Blocker.on(baton, given);
    Task<Integer> task = () -> 1;
    for (int i = 0; i < 100; i++) {
      assertTrue(baton.submit(task).cancel(true));
    }
    TaskFuture<Integer> last = baton.submit(task);
    blocker.release();
    assertEquals(1, last.get());
  }

  @Test
  default void theOthersKeepTheirOrder(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Ledger ledger = given.ledger();
    Blocker blocker = Blocker.on(baton, given);
    List<TaskFuture<Void>> futures = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String name = "task-" + i;
      futures.add(baton.submit(() -> ledger.begin(name)));
      if (i % 3 == 0) {
        expected.add(name);
      }
    }
    for (int i = 0; i < 60; i++) {
      assertEquals(i % 3 != 0, i % 3 != 0 && futures.get(i).cancel(true));
    }
    blocker.release();
    futures.getLast().terminated().get();
    baton.submit(() -> {}).get();
    assertEquals(expected, ledger.begun());
  }

  @Test
  default void cancellingAllOfManyPendingTasksIsQuick(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Blocker blocker = Blocker.on(baton, given);
    List<TaskFuture<Integer>> futures = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      futures.add(baton.submit(() -> 1));
    }
    for (TaskFuture<Integer> future : futures.reversed()) {
      assertTrue(future.cancel(true));
    }
    blocker.release();
    assertEquals(2, baton.submit(() -> 2).get());
    assertEquals(20_000, baton.stats().cancelled(), "counted before cancel returns");
  }
}
