package dev.baton.internal.future;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Settled;
import dev.baton.TaskFuture;
import dev.baton.TaskFutures;
import dev.baton.Until;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ManyFuturesTest {

  private final BodilessFuture<String> one = new BodilessFuture<>();
  private final BodilessFuture<String> two = new BodilessFuture<>();
  private final List<TaskFuture<?>> both = List.of(one, two);

  private static FutureTask<Settled> waiting(Callable<Settled> wait) {
    FutureTask<Settled> waiter = new FutureTask<>(wait);
    Thread thread = Thread.ofPlatform().daemon().start(waiter);
    await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
    return waiter;
  }

  private static Settled inTime(FutureTask<Settled> waiter) throws Exception {
    return waiter.get(5, TimeUnit.SECONDS);
  }

  @Test
  void theFirstThatIsDoneEndsAWaitForTheFirst() throws Exception {
    FutureTask<Settled> waiter = waiting(() -> TaskFutures.waitFor(both, Until.FIRST_COMPLETED));
    two.cancel(true);
    assertEquals(new Settled(Set.of(two), Set.of(one)), inTime(waiter));
  }

  @Test
  void aResultAndACancelThatAreThereDoNotEndAWaitForAFailure() throws Exception {
    BodilessFuture<String> three = new BodilessFuture<>();
    BodilessFuture<String> four = new BodilessFuture<>();
    one.settleAndDrain("value");
    two.cancel(true);
    FutureTask<Settled> waiter =
        waiting(() -> TaskFutures.waitFor(List.of(one, two, three, four), Until.FIRST_FAILED));
    three.settleAndDrain(new End.Failed(new IllegalStateException("no")));
    assertEquals(new Settled(Set.of(one, two, three), Set.of(four)), inTime(waiter));
  }

  @Test
  void aFailureEndsAWaitForAFailureAndNeitherAResultNorACancelDoes() throws Exception {
    BodilessFuture<String> three = new BodilessFuture<>();
    BodilessFuture<String> four = new BodilessFuture<>();
    FutureTask<Settled> waiter =
        waiting(() -> TaskFutures.waitFor(List.of(one, two, three, four), Until.FIRST_FAILED));
    one.settleAndDrain("value");
    two.cancel(true);
    assertFalse(waiter.isDone());
    three.settleAndDrain(new End.Failed(new IllegalStateException("no")));
    assertEquals(new Settled(Set.of(one, two, three), Set.of(four)), inTime(waiter));
  }

  @Test
  void aWaitForAFailureEndsWhenAllAreDoneWithoutOne() throws Exception {
    FutureTask<Settled> waiter = waiting(() -> TaskFutures.waitFor(both, Until.FIRST_FAILED));
    one.settleAndDrain("value");
    two.cancel(true);
    assertEquals(Set.copyOf(both), inTime(waiter).done());
  }

  @Test
  void aWaitForAllEndsWithTheLast() throws Exception {
    FutureTask<Settled> waiter = waiting(() -> TaskFutures.waitFor(both, Until.ALL_COMPLETED));
    two.settleAndDrain("value");
    assertFalse(waiter.isDone());
    one.settleAndDrain("value");
    assertEquals(both, List.copyOf(inTime(waiter).done()));
  }

  @Test
  void aTimeThatIsUpIsNoException() throws Exception {
    one.settleAndDrain("value");
    for (Duration moment : List.of(Duration.ofMillis(1), Duration.ZERO, Duration.ofDays(-1))) {
      assertEquals(
          new Settled(Set.of(one), Set.of(two)),
          TaskFutures.waitFor(both, Until.ALL_COMPLETED, moment));
    }
  }

  @Test
  void duplicatesCountOnceAndNothingIsDoneAtOnce() throws Exception {
    one.settleAndDrain("value");
    List<TaskFuture<?>> thrice = Collections.nCopies(3, one);
    assertEquals(1, TaskFutures.waitFor(thrice, Until.ALL_COMPLETED).done().size());
    for (Until until : Until.values()) {
      assertEquals(new Settled(Set.of(), Set.of()), TaskFutures.waitFor(List.of(), until));
    }
  }

  @Test
  void anInterruptEndsTheWaitAndLeavesTheFuturesAlone() {
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> TaskFutures.waitFor(both, Until.ALL_COMPLETED));
    assertFalse(Thread.currentThread().isInterrupted());
    assertFalse(one.isDone() || two.isDone());
    Entries.assertFew(one);
  }

  @Test
  @SuppressWarnings("NullAway") // null is the point
  void nothingMayBeNull() {
    assertThrows(NullPointerException.class, () -> TaskFutures.waitFor(null, Until.ALL_COMPLETED));
    assertThrows(NullPointerException.class, () -> TaskFutures.waitFor(both, null));
    assertThrows(
        NullPointerException.class,
        () -> TaskFutures.waitFor(Arrays.asList(one, null), Until.ALL_COMPLETED));
    assertEquals(0, Entries.of(one));
  }

  @Test
  void aWaitForAHundredThousandIsFastAndLeavesNoWatches() throws Exception {
    List<BodilessFuture<String>> many =
        Stream.generate(() -> new BodilessFuture<String>()).limit(100_000).toList();
    FutureTask<Settled> waiter = waiting(() -> TaskFutures.waitFor(many, Until.ALL_COMPLETED));
    long begin = System.nanoTime();
    many.forEach(future -> future.settleAndDrain("value"));
    assertEquals(many.size(), waiter.get(10, TimeUnit.SECONDS).done().size());
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    assertTrue(millis < 3_000, () -> "took " + millis + " ms");
    assertEquals(0, many.stream().mapToInt(Entries::of).sum());
  }

  @Test
  void aWaitForTheFirstOfAHundredThousandLeavesNoWatches() throws Exception {
    List<BodilessFuture<String>> many =
        Stream.generate(() -> new BodilessFuture<String>()).limit(100_000).toList();
    many.getLast().settleAndDrain("value");
    Settled settled = TaskFutures.waitFor(many, Until.FIRST_COMPLETED);
    assertEquals(Set.of(many.getLast()), settled.done());
    assertEquals(0, many.stream().mapToInt(Entries::of).sum());
  }

  @Test
  void theSetsOfAResultCannotBeChanged() throws Exception {
    Settled settled = TaskFutures.waitFor(both, Until.ALL_COMPLETED, Duration.ZERO);
    assertThrows(UnsupportedOperationException.class, () -> settled.done().add(one));
    assertThrows(UnsupportedOperationException.class, () -> settled.notDone().clear());
  }

  @Test
  void aGatheringThatFailedWatchesNoneOfTheOthers() {
    TaskFuture<List<String>> all = TaskFutures.gather(List.of(one, two));
    assertEquals(1, Entries.of(two));
    one.settleAndDrain(new End.Failed(new IllegalStateException("no")));
    assertTrue(all.isDone());
    assertEquals(0, Entries.of(two));
  }

  @Test
  void theListOfAGatheringIsReadOnly() {
    one.settleAndDrain("value");
    List<String> results = TaskFutures.gather(List.of(one)).join();
    assertEquals(List.of("value"), results);
    assertThrows(UnsupportedOperationException.class, () -> results.add("more"));
  }
}
