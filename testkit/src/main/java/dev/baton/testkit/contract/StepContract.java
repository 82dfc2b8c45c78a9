package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.TaskFuture;
import dev.baton.TaskInfo.Phase;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import dev.baton.testkit.signal.Signal;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All methods of {@code CompletionStage} treat success, failure and cancel alike. */
@Promise(Row.CALLBACKS)
public interface StepContract extends ContractTest {

  /** A task that waits for the gate, and what it then does. */
  private static TaskFuture<Integer> gated(Baton baton, Signal gate, Thrown... thrown) {
    return baton.submit(
        () -> {
          gate.await();
          for (Thrown failure : thrown) {
            failure.raise();
          }
          return 7;
        });
  }

  @ParameterizedTest
  @EnumSource
  default void aFunctionRunsOnceAfterASuccess(Step step, Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal gate = given.signal();
    AtomicInteger ran = new AtomicInteger();
    TaskFuture<Integer> source = gated(baton, gate);
    TaskFuture<?> early = step.attach(source, ran::incrementAndGet);

    assertFalse(early.isDone());
    gate.open();
    early.get(Failures.PATIENCE);
    assertEquals(1, ran.get());
    step.attach(source, ran::incrementAndGet).get(Failures.PATIENCE);
    assertEquals(2, ran.get());
    assertSame(Phase.SUCCESS, early.info().phase());
  }

  @ParameterizedTest
  @EnumSource
  default void theVeryExceptionIsPassedOn(Step step, Fixture given) {
    Baton baton = given.open(Shape.atLeast(1));
    Signal gate = given.signal();
    AtomicInteger ran = new AtomicInteger();
    TaskFuture<Integer> source = gated(baton, gate, Thrown.CHECKED);
    TaskFuture<?> early = step.attach(source, ran::incrementAndGet);
    gate.open();

    Throwable cause = Failures.of(source);
    assertSame(cause, Failures.of(early));
    assertSame(cause, Failures.of(step.attach(source, ran::incrementAndGet)));
    assertEquals(0, ran.get());
  }

  @ParameterizedTest
  @EnumSource
  default void aCancelIsPassedOn(Step step, Fixture given) {
    Baton baton = given.open(Shape.atLeast(1));
    AtomicInteger ran = new AtomicInteger();
    TaskFuture<Integer> source = gated(baton, given.signal());
    TaskFuture<?> early = step.attach(source, ran::incrementAndGet);
    source.cancel(true);

    Failures.assertCancelled(early);
    TaskFuture<?> late = step.attach(source, ran::incrementAndGet);
    Failures.assertCancelled(late);
    assertTrue(early.isCancelled() && late.isCancelled());
    assertEquals(0, ran.get());
  }

  @ParameterizedTest
  @EnumSource
  default void cancellingADependentDoesNotReachItsSource(Step step, Fixture given)
      throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal gate = given.signal();
    AtomicInteger ran = new AtomicInteger();
    TaskFuture<Integer> source = gated(baton, gate);
    TaskFuture<?> dependent = step.attach(source, ran::incrementAndGet);

    assertTrue(dependent.cancel(true));
    Failures.assertCancelled(dependent);
    assertFalse(source.isDone());
    gate.open();
    assertEquals(7, source.get());
    assertEquals(7, source.thenApply(value -> value).get(), "its turn came after the dependent's");
    assertEquals(0, ran.get());
  }

  @ParameterizedTest
  @EnumSource
  default void whatTheFunctionThrowsFailsTheDependent(Step step, Fixture given) {
    Baton baton = given.open(Shape.atLeast(1));
    Signal gate = given.signal();
    IllegalStateException failure = new IllegalStateException("thrown by a function");
    TaskFuture<Integer> source = gated(baton, gate);
    Runnable thrower =
        () -> {
          throw failure;
        };
    TaskFuture<?> early = step.attach(source, thrower);
    gate.open();

    assertSame(failure, Failures.of(early));
    assertSame(failure, Failures.of(step.attach(source, thrower)));
    assertEquals(7, source.join(), "the source has its result");
  }

  @ParameterizedTest
  @EnumSource
  default void asyncFunctionsRunOnAVirtualThreadOrWhereTold(Step step, Fixture given)
      throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    TaskFuture<Integer> source = baton.submit(() -> 7);
    source.get();
    Thread[] ran = new Thread[1];
    step.attach(source, () -> ran[0] = Thread.currentThread()).get(Failures.PATIENCE);

    boolean onVirtual = step.isAsync() && !step.name().endsWith("_ON");
    if (onVirtual) {
      assertTrue(ran[0].isVirtual(), () -> ran[0].toString());
    } else {
      assertSame(Thread.currentThread(), ran[0], "at once on the caller");
    }
  }

  @ParameterizedTest
  @EnumSource
  default void shutdownLosesNoDependent(Step step, Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal gate = given.signal();
    AtomicInteger ran = new AtomicInteger();
    TaskFuture<Integer> source = gated(baton, gate);
    TaskFuture<?> dependent = step.attach(source, ran::incrementAndGet);
    baton.shutdown();
    gate.open();
    assertTrue(baton.awaitTermination(Failures.PATIENCE));

    dependent.get(Failures.PATIENCE);
    step.attach(source, ran::incrementAndGet).get(Failures.PATIENCE);
    assertEquals(2, ran.get());
  }
}
