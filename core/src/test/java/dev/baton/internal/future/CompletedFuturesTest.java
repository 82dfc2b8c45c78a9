package dev.baton.internal.future;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.TaskFuture;
import dev.baton.TaskFutures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CompletedFuturesTest {

  private final BodilessFuture<String> one = new BodilessFuture<>();
  private final BodilessFuture<String> two = new BodilessFuture<>();
  private final BodilessFuture<String> three = new BodilessFuture<>();
  private final List<TaskFuture<String>> all = List.of(one, two, three);

  @Test
  void doneOnesComeFirstThenTheOthersAsTheyFinish() {
    three.settleAndDrain("value");
    Iterator<TaskFuture<String>> completed = TaskFutures.asCompleted(all).iterator();
    assertSame(three, completed.next());
    two.cancel(true);
    assertSame(two, completed.next());
    Thread.ofVirtual().start(() -> one.settleAndDrain("value"));
    assertSame(one, completed.next());
    assertFalse(completed.hasNext());
    assertEquals(
        "All 3 futures have been handed out.",
        assertThrows(NoSuchElementException.class, completed::next).getMessage());
  }

  @Test
  void oneThatIsToldOfTwiceDoesNotEndTheWaitForTheNext() throws Exception {
    Thread waiting = Thread.currentThread();
    Runnable awaitWait =
        () -> await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
    one.onDone(done -> awaitWait.run()); // after the alarms, but before it is told once more
    Iterator<TaskFuture<String>> completed =
        TaskFutures.asCompleted(List.of(one, two), Duration.ofMinutes(1)).iterator();
    Thread completing =
        Thread.ofVirtual()
            .start(
                () -> {
                  one.settleAndDrain("value");
                  awaitWait.run();
                  two.settleAndDrain("value");
                });
    assertSame(one, completed.next());
    assertSame(two, completed.next());
    completing.join();
  }

  @Test
  void aTimeThatIsUpSaysHowManyAreUnfinished() {
    two.settleAndDrain("value");
    Iterator<TaskFuture<String>> completed =
        TaskFutures.asCompleted(all, Duration.ofMillis(1)).iterator();
    assertSame(two, completed.next());
    CompletionException late = assertThrows(CompletionException.class, completed::next);
    assertEquals("2 (of 3) futures unfinished", late.getMessage());
    assertInstanceOf(TimeoutException.class, late.getCause());
    assertEquals("2 (of 3) futures unfinished", late.getCause().getMessage());
  }

  @Test
  void whatIsDoneIsHandedOutThoughTheTimeIsUp() {
    one.settleAndDrain("value");
    two.settleAndDrain("value");
    Iterator<TaskFuture<String>> completed =
        TaskFutures.asCompleted(all, Duration.ofDays(-1)).iterator();
    assertSame(one, completed.next());
    assertSame(two, completed.next());
    assertThrows(CompletionException.class, completed::next);
  }

  @Test
  void theTimeIsOneForAllAndNotForEach() throws Exception {
    long time = Duration.ofMillis(300).toNanos();
    long begin = System.nanoTime();
    Iterator<TaskFuture<String>> completed =
        TaskFutures.asCompleted(all, Duration.ofNanos(time)).iterator();
    one.settleAndDrain("value");
    await().until(() -> System.nanoTime() - begin > time);
    assertSame(one, completed.next());
    Thread waiting = Thread.currentThread();
    Thread late =
        Thread.ofVirtual()
            .start(
                () -> {
                  await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
                  two.settleAndDrain("value");
                });
    assertThrows(CompletionException.class, completed::next);
    late.join(Duration.ofMinutes(1));
    assertFalse(late.isAlive());
  }

  @Test
  void aStreamThatIsClosedWatchesNoneOfTheOthers() {
    try (Stream<TaskFuture<String>> completed = TaskFutures.asCompleted(all).stream()) {
      one.settleAndDrain("value");
      assertSame(one, completed.iterator().next());
    }
    assertEquals(0, Entries.of(two));
    assertEquals(0, Entries.of(three));
  }

  @Test
  void anInterruptEndsTheIterationAndStays() throws Exception {
    Iterator<TaskFuture<String>> completed = TaskFutures.asCompleted(all).iterator();
    List<Object> seen = new ArrayList<>();
    Thread waiter =
        Thread.ofPlatform()
            .start(
                () -> {
                  CompletionException thrown =
                      assertThrows(CompletionException.class, completed::next);
                  seen.add(requireNonNull(thrown.getCause()).getClass());
                  seen.add(Thread.currentThread().isInterrupted());
                });
    await().until(() -> waiter.getState() == Thread.State.TIMED_WAITING);
    waiter.interrupt();
    waiter.join();
    assertEquals(List.of(InterruptedException.class, true), seen);
  }

  @Test
  void theFuturesCanBeGoneThroughOnce() {
    Iterable<TaskFuture<String>> completed = TaskFutures.asCompleted(all);
    assertTrue(completed.iterator().hasNext());
    assertEquals(
        "The futures can be gone through once, which has begun.",
        assertThrows(IllegalStateException.class, completed::iterator).getMessage());
  }

  @Test
  void duplicatesAreHandedOutOnce() {
    one.settleAndDrain("value");
    Iterator<TaskFuture<String>> completed =
        TaskFutures.asCompleted(List.<TaskFuture<String>>of(one, one)).iterator();
    completed.next();
    assertFalse(completed.hasNext());
  }

  @Test
  void aHundredThousandAreHandedOutFastAndEachOnce() {
    List<BodilessFuture<String>> many =
        Stream.generate(() -> new BodilessFuture<String>()).limit(100_000).toList();
    Iterable<TaskFuture<String>> completed = TaskFutures.asCompleted(List.copyOf(many));
    long begin = System.nanoTime();
    Thread.ofPlatform().start(() -> many.forEach(future -> future.settleAndDrain("value")));
    HashSet<TaskFuture<String>> seen = new HashSet<>();
    completed.forEach(seen::add);
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    assertEquals(many.size(), seen.size());
    assertTrue(millis < 5_000, () -> "took " + millis + " ms");
    assertEquals(0, many.stream().mapToInt(Entries::of).sum());
  }
}
