package dev.baton.internal.future;

import static dev.baton.support.Memory.awaitCollected;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.TaskFuture;
import dev.baton.TaskFutures;
import dev.baton.Until;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a future keeps alive, and for how long. */
@Timeout(60)
@SuppressWarnings("ReachabilityFenceUsage") // a failing test needs no fence
class RetentionTest {

  private static final Duration MOMENT = Duration.ofNanos(1);
  private static final int MANY = 100_000;
  private static final int SAMPLES = 5;

  private final BodilessFuture<Object> longLived = new BodilessFuture<>();

  static List<Named<UnaryOperator<TaskFuture<Object>>>> dependents() {
    TaskFuture<Object> never = new BodilessFuture<>();
    return List.of(
        Named.of("thenApply", f -> f.thenApply(value -> "new")),
        Named.of("handle", f -> f.handle((value, failure) -> "new")),
        Named.of("thenCombine", f -> f.thenCombine(f, (one, two) -> "new")),
        Named.of("applyToEither", f -> f.applyToEither(never, value -> "new")),
        Named.of("thenApplyAsync", f -> f.thenApplyAsync(value -> "new")),
        Named.of("thenCompose", f -> f.thenCompose(v -> CompletableFuture.completedFuture("new"))));
  }

  @ParameterizedTest
  @MethodSource("dependents")
  void aDependentThatIsDoneDoesNotKeepItsSource(UnaryOperator<TaskFuture<Object>> attach) {
    List<TaskFuture<Object>> kept = new ArrayList<>();
    WeakReference<Object> source = new WeakReference<>(sourceOf(attach, kept));
    assertEquals("new", kept.getFirst().join());
    awaitCollected("the source", source);
    Reference.reachabilityFence(kept);
  }

  private static Object sourceOf(
      UnaryOperator<TaskFuture<Object>> attach, List<TaskFuture<Object>> kept) {
    BodilessFuture<Object> source = new BodilessFuture<>();
    kept.add(attach.apply(source));
    source.settleAndDrain("old");
    return source;
  }

  @ParameterizedTest
  @MethodSource("dependents")
  void aCancelledDependentDoesNotKeepItsSource(UnaryOperator<TaskFuture<Object>> attach) {
    List<TaskFuture<Object>> kept = new ArrayList<>();
    WeakReference<Object> source = new WeakReference<>(openSourceOf(attach, kept));
    assertTrue(kept.getFirst().cancel(true));
    awaitCollected("the source", source);
    Reference.reachabilityFence(kept);
  }

  private static Object openSourceOf(
      UnaryOperator<TaskFuture<Object>> attach, List<TaskFuture<Object>> kept) {
    BodilessFuture<Object> source = new BodilessFuture<>();
    kept.add(attach.apply(source));
    return source;
  }

  @Test
  void aSourceForgetsACancelledDependent() {
    for (int i = 0; i < 1_000; i++) {
      longLived.thenApply(value -> value).cancel(true);
    }
    Entries.assertFew(longLived);
  }

  @Test
  void theLoserOfEitherForgetsTheDependent() {
    for (int i = 0; i < 1_000; i++) {
      BodilessFuture<Object> winner = new BodilessFuture<>();
      TaskFuture<Object> first = winner.applyToEither(longLived, value -> value);
      TaskFuture<Object> second = longLived.applyToEither(winner, value -> value);
      winner.settleAndDrain("value");
      assertTrue(first.isDone() && second.isDone());
    }
    Entries.assertFew(longLived);
  }

  @Test
  void aFollowedStageForgetsADependentThatWasCancelledMeanwhile() {
    for (int i = 0; i < 1_000; i++) {
      BodilessFuture<Object> source = new BodilessFuture<>();
      source.settleAndDrain("value");
      source.thenCompose(value -> longLived).cancel(true);
    }
    Entries.assertFew(longLived);
  }

  @Test
  void pollingLeavesNoEntriesBehind() {
    for (int i = 0; i < 10_000; i++) {
      assertThrows(TimeoutException.class, () -> longLived.get(MOMENT));
    }
    Entries.assertFew(longLived);
  }

  @Test
  void pollingByManyThreadsAtOnceLeavesNoEntriesBehind() throws Exception {
    List<Thread> pollers =
        IntStream.range(0, 4).mapToObj(n -> Thread.ofPlatform().start(this::poll)).toList();
    for (Thread poller : pollers) {
      poller.join();
    }
    Entries.assertFew(longLived);
  }

  private void poll() {
    for (int i = 0; i < 2_500; i++) {
      assertThrows(TimeoutException.class, () -> longLived.get(MOMENT));
    }
  }

  @Test
  void takingDeadEntriesOutTakesNoLiveOneOut() throws Exception {
    for (int round = 0; round < 20; round++) {
      BodilessFuture<Object> next = new BodilessFuture<>();
      int live = 2_000;
      CountDownLatch fired = new CountDownLatch(live);
      Thread canceller = Thread.ofPlatform().start(() -> attachAndCancel(next, live));
      for (int i = 0; i < live; i++) {
        next.thenRun(fired::countDown);
        next.thenRun(() -> {}).cancel(true);
      }
      next.settleAndDrain("value");
      canceller.join();
      assertEquals(0, fired.getCount());
    }
  }

  private static void attachAndCancel(TaskFuture<Object> future, int times) {
    for (int i = 0; i < times; i++) {
      future.thenRun(() -> {}).cancel(true);
    }
  }

  @Test
  void waitingForManyLeavesNoWatchOnAFutureThatIsNotDone() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      TaskFutures.waitFor(List.of(longLived), Until.ALL_COMPLETED, MOMENT);
    }
    Entries.assertFew(longLived);
  }

  @Test
  void waitingForManyLeavesNoWatchOnAFutureThatIsDone() throws Exception {
    longLived.settleAndDrain("value");
    for (int i = 0; i < 1_000; i++) {
      TaskFutures.waitFor(List.of(longLived), Until.ALL_COMPLETED);
    }
    Entries.assertFew(longLived);
  }

  @Test
  void aFutureDoesNotKeepThoseThatWereWaitedForTogetherWithIt() throws Exception {
    WeakReference<Object> other = new WeakReference<>(waitedForWith(longLived));
    awaitCollected("the other future", other);
    Reference.reachabilityFence(longLived);
  }

  private static Object waitedForWith(BodilessFuture<Object> future) throws Exception {
    BodilessFuture<Object> other = new BodilessFuture<>();
    Thread completer =
        Thread.ofVirtual()
            .start(
                () -> {
                  other.settleAndDrain("one");
                  future.settleAndDrain("two");
                });
    TaskFutures.waitFor(List.of(future, other), Until.ALL_COMPLETED);
    completer.join();
    return other;
  }

  @Test
  void anIterationWhoseTimeIsUpLeavesNoWatch() {
    for (int i = 0; i < 1_000; i++) {
      Iterator<TaskFuture<Object>> all =
          TaskFutures.asCompleted(List.<TaskFuture<Object>>of(longLived), MOMENT).iterator();
      assertThrows(CompletionException.class, all::next);
    }
    Entries.assertFew(longLived);
  }

  @Test
  void aStreamThatIsClosedLeavesNoWatch() {
    for (int i = 0; i < 1_000; i++) {
      TaskFutures.asCompleted(List.<TaskFuture<Object>>of(longLived)).stream().close();
    }
    Entries.assertFew(longLived);
  }

  @Test
  void anIterationKeepsNoFutureThatItHasHandedOut() {
    longLived.settleAndDrain("first");
    List<TaskFuture<Object>> futures = new ArrayList<>(List.of(longLived));
    BodilessFuture<Object> never = new BodilessFuture<>();
    futures.add(doneFuture());
    futures.add(never);
    Iterator<TaskFuture<Object>> all = TaskFutures.asCompleted(futures).iterator();
    futures.clear();
    all.next();
    WeakReference<@Nullable Object> second = new WeakReference<>(all.next());
    awaitCollected("the future that was handed out", second);
    assertTrue(all.hasNext());
    Reference.reachabilityFence(never);
  }

  private static TaskFuture<Object> doneFuture() {
    BodilessFuture<Object> done = new BodilessFuture<>();
    done.settleAndDrain("second");
    return done;
  }

  @Test
  void ofManyFuturesNoneIsKeptThatWasHandedOutNorTheListThatWasGiven() {
    Deque<BodilessFuture<Object>> left = new ArrayDeque<>();
    for (int i = 0; i < MANY; i++) {
      left.add(new BodilessFuture<>());
    }
    List<WeakReference<Object>> dropped = new ArrayList<>();
    Iterator<TaskFuture<Object>> all = iterateOverCopyOf(left, dropped);
    handOut(MANY / 2, left, all, dropped);
    dropped.forEach(each -> awaitCollected("what is dropped half-way", each));
    handOut(MANY / 2 - 1, left, all, dropped);
    dropped.forEach(each -> awaitCollected("what is dropped", each));
    assertEquals(1 + 2 * SAMPLES, dropped.size());
    assertTrue(all.hasNext());
    Reference.reachabilityFence(all);
  }

  private static Iterator<TaskFuture<Object>> iterateOverCopyOf(
      Collection<BodilessFuture<Object>> futures, List<WeakReference<Object>> dropped) {
    List<TaskFuture<Object>> given = new ArrayList<>(futures);
    dropped.add(new WeakReference<>(given));
    return TaskFutures.asCompleted(given).iterator();
  }

  /** Ends futures one by one, takes each, and remembers some of them weakly, the last included. */
  private static void handOut(
      int count,
      Deque<BodilessFuture<Object>> left,
      Iterator<TaskFuture<Object>> all,
      List<WeakReference<Object>> dropped) {
    for (int i = count; i > 0; i--) {
      BodilessFuture<Object> next = left.remove();
      next.settleAndDrain("value");
      assertSame(next, all.next());
      if ((i - 1) % (MANY / 2 / SAMPLES) == 0) {
        dropped.add(new WeakReference<>(next));
      }
    }
  }

  @Test
  void aFutureThatIsDoneKeepsNoCallbackAndNoWaiter() throws Exception {
    Thread waiter = Thread.ofVirtual().start(longLived::join);
    longLived.onDone(done -> {});
    longLived.settleAndDrain("value");
    waiter.join();
    Entries.assertFew(longLived);
  }
}
