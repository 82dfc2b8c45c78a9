package dev.baton.internal.future;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.CancelMode;
import dev.baton.TaskFuture;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class DeepChainsTest {

  private static final int DEPTH = 100_000;

  /** Ways to make the next link of a chain. */
  static List<Named<UnaryOperator<TaskFuture<Integer>>>> links() {
    TaskFuture<Integer> never = new BodilessFuture<>();
    return List.of(
        Named.of("thenApply", f -> f.thenApply(n -> n + 1)),
        Named.of("handle", f -> f.handle((n, failure) -> n + 1)),
        Named.of("whenComplete", f -> f.whenComplete((n, failure) -> {}).thenApply(n -> n + 1)),
        Named.of("thenCombine", f -> f.thenCombine(f, (n, same) -> n + 1)),
        Named.of("applyToEither", f -> f.applyToEither(never, n -> n + 1)),
        Named.of("exceptionally", f -> f.exceptionally(e -> 0).thenApply(n -> n + 1)),
        Named.of("thenCompose", f -> f.thenCompose(n -> CompletableFuture.completedFuture(n + 1))));
  }

  private static TaskFuture<Integer> chain(
      TaskFuture<Integer> first, UnaryOperator<TaskFuture<Integer>> link) {
    TaskFuture<Integer> last = first;
    for (int i = 0; i < DEPTH; i++) {
      last = link.apply(last);
    }
    return last;
  }

  @ParameterizedTest
  @MethodSource("links")
  void aChainAttachedBeforeTheEndRunsThrough(UnaryOperator<TaskFuture<Integer>> link) {
    BodilessFuture<Integer> first = new BodilessFuture<>();
    TaskFuture<Integer> last = chain(first, link);
    first.settleAndDrain(0);
    assertEquals(DEPTH, last.resultNow());
  }

  @ParameterizedTest
  @MethodSource("links")
  void aChainAttachedAfterTheEndRunsThrough(UnaryOperator<TaskFuture<Integer>> link) {
    BodilessFuture<Integer> first = new BodilessFuture<>();
    first.settleAndDrain(0);
    assertEquals(DEPTH, chain(first, link).resultNow());
  }

  @Test
  void aFailureRunsThroughAChain() {
    BodilessFuture<Integer> first = new BodilessFuture<>();
    TaskFuture<Integer> last = chain(first, f -> f.thenApply(n -> n + 1));
    IllegalStateException failure = new IllegalStateException("no");
    first.settleAndDrain(new End.Failed(failure));
    assertSame(failure, last.exceptionNow());
  }

  @Test
  void aCancelRunsThroughAChain() {
    BodilessFuture<Integer> first = new BodilessFuture<>();
    TaskFuture<Integer> last = chain(first, f -> f.thenApply(n -> n + 1));
    assertTrue(first.cancel(CancelMode.INTERRUPT));
    assertTrue(last.isCancelled());
  }

  @Test
  void aChainOfAsynchronousDependentsRunsThrough() {
    try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
      BodilessFuture<Integer> first = new BodilessFuture<>();
      TaskFuture<Integer> last = chain(first, f -> f.thenApplyAsync(n -> n + 1, executor));
      first.settleAndDrain(0);
      assertEquals(DEPTH, last.join());
    }
  }

  @Test
  void aChainWhoseExecutorRunsInPlaceRunsThrough() {
    BodilessFuture<Integer> first = new BodilessFuture<>();
    TaskFuture<Integer> last =
        chain(first, f -> f.thenApplyAsync(n -> n + 1, Thread::startVirtualThread));
    first.settleAndDrain(0);
    assertEquals(DEPTH, last.join());
  }

  /** A loop written as a recursion: each step follows the next. */
  @Test
  void stagesThatFollowStagesThatFollowStagesEndTogether() {
    BodilessFuture<Integer> deepest = new BodilessFuture<>();
    BodilessFuture<Integer> start = new BodilessFuture<>();
    TaskFuture<Integer> outer = deepest;
    for (int i = 0; i < DEPTH; i++) {
      TaskFuture<Integer> inner = outer;
      outer = start.thenCompose(n -> inner);
    }
    start.settleAndDrain(1);
    deepest.settleAndDrain(2);
    assertEquals(2, outer.resultNow());
  }

  @Test
  void manyDependentsOfOneFutureAreCancelledInTimeThatGrowsWithTheirNumber() {
    int width = 50_000;
    BodilessFuture<Integer> source = new BodilessFuture<>();
    List<TaskFuture<Integer>> dependents =
        Stream.generate(() -> source.thenApply(n -> n)).limit(width).toList();
    long begin = System.nanoTime();
    dependents.forEach(dependent -> dependent.cancel(true));
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    assertTrue(millis < 2_000, () -> width + " cancels took " + millis + " ms");
    assertTrue(Entries.of(source) <= width / 2, "cancelled dependents stay in their source's list");
  }
}
