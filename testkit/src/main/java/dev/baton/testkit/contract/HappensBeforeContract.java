package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.TaskFuture;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What was done before submit is seen by the task, and what the task did by whoever gets its
 * result.
 */
@Promise(Row.HAPPENS_BEFORE)
public interface HappensBeforeContract extends ContractTest {

  /** Ways to learn that a task is done. */
  enum Sight {
    /** By its result. */
    GET {
      @Override
      void await(TaskFuture<?> future) throws Exception {
        future.get();
      }
    },
    /** Without checked exceptions. */
    JOIN {
      @Override
      void await(TaskFuture<?> future) {
        future.join();
      }
    },
    /** By looking. */
    IS_DONE {
      @Override
      @SuppressWarnings("ThreadPriorityCheck") // no lock or latch is to come between the two
      void await(TaskFuture<?> future) {
        while (!future.isDone()) {
          Thread.yield(); // to the worker that it waits for
        }
      }
    },
    /** By looking at the phase. */
    STATE {
      @Override
      @SuppressWarnings("ThreadPriorityCheck") // no lock or latch is to come between the two
      void await(TaskFuture<?> future) {
        while (future.state() == Future.State.RUNNING) {
          Thread.yield(); // to the worker that it waits for
        }
      }
    },
    /** By the end of its body. */
    TERMINATED {
      @Override
      void await(TaskFuture<?> future) throws Exception {
        future.terminated().get();
      }
    },
    /** By a dependent. */
    DEPENDENT {
      @Override
      void await(TaskFuture<?> future) {
        future.thenRun(() -> {}).join();
      }
    },
    /** By a copy. */
    COMPLETABLE_FUTURE {
      @Override
      void await(TaskFuture<?> future) {
        future.toCompletableFuture().join();
      }
    };

    abstract void await(TaskFuture<?> future) throws Exception;
  }

  @ParameterizedTest
  @EnumSource
  default void bothSidesSeeWhatTheOtherDid(Sight sight, Fixture given) throws Exception {
    given.assumeShared();
    Baton baton = given.open();
    int[] plain = new int[64];
    for (int round = 1; round <= 2_000; round++) {
      int value = round;
      Arrays.fill(plain, value);
      Callable<Boolean> task =
          () -> {
            boolean seen = Arrays.stream(plain).allMatch(cell -> cell == value);
            Arrays.fill(plain, -value);
            return seen;
          };
      TaskFuture<Boolean> future = baton.submit(task);
      sight.await(future);
      assertTrue(Arrays.stream(plain).allMatch(cell -> cell == -value), "what the task did");
      assertTrue(future.resultNow(), "what was done before submit");
    }
  }

  @Test
  default void aCallbackSeesWhatTheTaskDid(Fixture given) throws Exception {
    given.assumeShared();
    Baton baton = given.open();
    AtomicInteger wrong = new AtomicInteger();
    for (int round = 1; round <= 1_000; round++) {
      int value = round;
      int[] plain = new int[1];
      Callable<Integer> task = () -> plain[0] = value;
      baton
          .submit(task)
          .onDone(done -> wrong.addAndGet(plain[0] == value ? 0 : 1))
          .thenRun(() -> wrong.addAndGet(plain[0] == value ? 0 : 1))
          .get();
    }
    assertEquals(0, wrong.get());
  }

  @Test
  default void oneTaskSeesWhatTheOneBeforeItDid(Fixture given) throws Exception {
    given.assumeShared();
    Baton baton = given.open(Shape.slots(1));
    int[] plain = new int[1];
    Callable<Integer> increment = () -> plain[0]++;
    TaskFuture<Integer> last = baton.submit(increment);
    for (int i = 1; i < 2_000; i++) {
      last = baton.submit(increment);
    }
    assertEquals(1_999, last.get());
    assertEquals(2_000, plain[0]);
  }

  @Test
  default void closeSeesWhatAllTasksDid(Fixture given) {
    given.assumeShared();
    Baton baton = given.open(Shape.atLeast(2));
    int[] plain = new int[1_000];
    for (int i = 0; i < plain.length; i++) {
      int cell = i;
      baton.execute((Runnable) () -> plain[cell] = 1);
    }
    baton.close();
    assertEquals(plain.length, Arrays.stream(plain).sum());
  }

  @Test
  default void whatTravelsIsSeenAsItWasAtTheSubmission(Fixture given) throws Exception {
    Baton baton = given.open();
    List<Integer> numbers = List.of(1, 2, 3);
    List<Integer> doubled =
        baton.submit((List<Integer> list) -> list.stream().map(n -> n * 2).toList(), numbers).get();
    assertEquals(List.of(2, 4, 6), doubled);
  }
}
