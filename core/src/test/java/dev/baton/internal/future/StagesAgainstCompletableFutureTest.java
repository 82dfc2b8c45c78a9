package dev.baton.internal.future;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.TaskFuture;
import dev.baton.internal.future.StageMethod.Sources;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each method of {@link CompletionStage} does what {@link CompletableFuture} does, except as {@link
 * TaskFuture} says: handlers see the very exception, and dependents of a cancelled future are
 * cancelled.
 */
@Timeout(60)
class StagesAgainstCompletableFutureTest {

  private static final String NO_CALLS = " after []";

  static List<StageMethod> methods() {
    return StageMethod.all();
  }

  @Test
  void everyMethodThatAttachesADependentIsCompared() {
    List<String> declared =
        Arrays.stream(CompletionStage.class.getMethods())
            .filter(method -> method.getReturnType() == CompletionStage.class)
            .map(method -> method.getName() + (takesExecutor(method) ? " on executor" : ""))
            .map(name -> name.replace("Async on executor", " on executor"))
            .sorted()
            .toList();
    assertEquals(declared, methods().stream().map(StageMethod::name).sorted().toList());
  }

  private static boolean takesExecutor(Method method) {
    return List.of(method.getParameterTypes()).contains(Executor.class);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aDependentEndsAsTheJdksDoes(StageMethod method) {
    List<String> differences = new ArrayList<>();
    for (StageScenario scenario : StageScenario.of(method)) {
      String expected = expected(method, scenario);
      String actual = play(method, scenario, Promise::ofBaton);
      if (!expected.equals(actual)) {
        differences.add(scenario + ": expected " + expected + ", was " + actual);
      }
    }
    assertEquals(
        List.of(), differences.stream().limit(5).toList(), () -> differences.size() + " differ");
  }

  /**
   * What the JDK does. Only an executor that rejects is another matter, which the JDK treats now
   * one way and now the other: it fails those dependents, and those only, whose function it was to
   * call.
   */
  private static String expected(StageMethod method, StageScenario scenario) {
    String end = play(method, scenario.accepted(), Promise::ofJdk);
    boolean isCalled = !end.endsWith(NO_CALLS);
    return scenario.rejects() && isCalled ? shown(Probe.FULL) + NO_CALLS : end;
  }

  /** Plays a scenario and tells how the dependent ended, and with what its function was called. */
  private static String play(
      StageMethod method, StageScenario scenario, Supplier<Promise> sourceType) {
    Promise source = sourceType.get();
    Promise other = scenario.otherIsBaton() ? Promise.ofBaton() : Promise.ofJdk();
    Probe probe = scenario.newProbe();
    StageScenario.Timing timing = scenario.timing();
    if (timing.isSourceBefore()) {
      source.end(scenario.source(), "the source");
    }
    if (timing.isOtherBefore()) {
      other.end(scenario.other(), "the other");
    }
    CompletionStage<?> dependent = method.attachment().attach(source.stage(), other.stage(), probe);
    if (timing.isOtherBefore()) {
      letFirstWin(method.sources(), scenario.other(), dependent);
    }
    endTheRest(method.sources(), scenario, source, other, dependent);
    return endOf(dependent, scenario.isDue(method.sources())) + " after " + probe.calls();
  }

  private static void endTheRest(
      Sources sources,
      StageScenario scenario,
      Promise source,
      Promise other,
      CompletionStage<?> dependent) {
    boolean otherFirst = scenario.timing() == StageScenario.Timing.AFTER_OTHER_FIRST;
    if (otherFirst) {
      other.end(scenario.other(), "the other");
      letFirstWin(sources, scenario.other(), dependent);
    }
    if (!scenario.timing().isSourceBefore()) {
      source.end(scenario.source(), "the source");
      letFirstWin(sources, scenario.source(), dependent);
    }
    if (!otherFirst && !scenario.timing().isOtherBefore()) {
      other.end(scenario.other(), "the other");
    }
  }

  /** An asynchronous dependent of either would otherwise look at a race of this test's own. */
  private static void letFirstWin(Sources sources, Ending ending, CompletionStage<?> dependent) {
    if (sources == Sources.EITHER && ending != Ending.NEVER) {
      awaitDone(dependent);
    }
  }

  private static void awaitDone(CompletionStage<?> dependent) {
    dependent
        .handle((value, failure) -> "done")
        .toCompletableFuture()
        .orTimeout(10, SECONDS)
        .join();
  }

  private static String endOf(CompletionStage<?> dependent, boolean isDue) {
    if (!isDue) {
      return dependent.toCompletableFuture().isDone() ? "done too early" : "not done";
    }
    awaitDone(dependent);
    if (dependent instanceof TaskFuture<?> future) {
      return endOf(future);
    }
    try {
      return "result " + dependent.toCompletableFuture().join();
    } catch (CancellationException cancelled) {
      return "a cancel";
    } catch (CompletionException failed) {
      return shown(requireNonNull(failed.getCause()));
    }
  }

  private static String shown(Throwable cause) {
    if (cause instanceof NullPointerException) {
      return "a NullPointerException"; // the words differ
    }
    String shown = Probe.shown(cause);
    return shown.equals("a cancel") ? shown : shown + List.of(cause.getSuppressed());
  }

  private static String endOf(TaskFuture<?> dependent) {
    return switch (dependent.state()) {
      case SUCCESS -> "result " + dependent.resultNow();
      case FAILED -> shown(dependent.exceptionNow());
      case CANCELLED -> "a cancel";
      case RUNNING -> "not done";
    };
  }

  @ParameterizedTest
  @MethodSource("methods")
  void aDependentIsATaskFutureWhoseGetWrapsTheVeryException(StageMethod method) throws Exception {
    Promise source = Promise.ofBaton();
    Promise other = Promise.ofBaton();
    source.end(Ending.VALUE, "the source");
    other.end(Ending.VALUE, "the other");
    Probe probe = new Probe(Probe.Reaction.THROWS, Ending.VALUE, false, false);
    TaskFuture<?> dependent =
        assertInstanceOf(
            TaskFuture.class, method.attachment().attach(source.stage(), other.stage(), probe));
    if (!method.name().startsWith("exceptionally")) {
      ExecutionException failed = assertThrows(ExecutionException.class, dependent::get);
      assertEquals(Promise.Named.class, requireNonNull(failed.getCause()).getClass());
    } else {
      assertEquals("value of the source", dependent.get());
    }
  }
}
