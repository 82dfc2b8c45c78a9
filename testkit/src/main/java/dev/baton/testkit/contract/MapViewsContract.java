package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.Item;
import dev.baton.MapOptions;
import dev.baton.Results;
import dev.baton.ShutdownMode;
import dev.baton.TaskFuture;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Eventually;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import dev.baton.testkit.signal.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The ways to take the results of a map, and the orders in which they come. */
@Promise(Row.MAP)
public interface MapViewsContract extends ContractTest {

  private static int failAtThree(int number) throws Exception {
    if (number == 3) {
      Thrown.CHECKED.raise();
    }
    return number * 10;
  }

  /** Waits at the gate if it is to. */
  private static int waitAt(Signal gate, boolean waits, int number) throws Exception {
    if (waits) {
      gate.await();
    }
    return number;
  }

  @Test
  default void twoInputsArePairedUpAndTheShorterEndsTheMap(Fixture given) {
    Baton baton = given.open();
    Iterable<Integer> endless = () -> Stream.iterate(0, number -> number + 1).iterator();
    try (Results<String> mapped =
        baton.map(
            (String text, Integer times) -> text.repeat(times), List.of("a", "b", "c"), endless)) {
      assertEquals(List.of("", "b", "cc"), mapped.stream().toList());
    }
    try (Results<Integer> mapped =
        baton.map(MapOptions.none().window(2), Math::addExact, endless, List.of(5, 6))) {
      assertEquals(
          List.of(new Item.Success<>(0, List.of(0, 5), 5), new Item.Success<>(1, List.of(1, 6), 7)),
          listOf(mapped.outcomes()));
    }
  }

  private static <T> List<T> listOf(Iterable<T> elements) {
    List<T> list = new ArrayList<>();
    elements.forEach(list::add);
    return list;
  }

  @Test
  default void outcomesGoOnPastFailuresAndNameTheInput(Fixture given) {
    Baton baton = given.open();
    List<Item<Integer>> items;
    try (Results<Integer> mapped = baton.map(MapViewsContract::failAtThree, List.of(1, 3, 5))) {
      items = listOf(mapped.outcomes());
    }
    assertEquals(new Item.Success<>(0, 1, 10), items.get(0));
    Item.Failure<?> failed = assertInstanceOf(Item.Failure.class, items.get(1));
    assertEquals(1, failed.index());
    assertEquals(3, failed.input());
    assertSame(Thrown.CHECKED.get().getClass(), failed.cause().getClass());
    assertEquals(new Item.Success<>(2, 5, 50), items.get(2));
    assertEquals(3, items.size());
  }

  @Test
  default void outcomesThrowWhatTheInputThrows(Fixture given) {
    IllegalStateException broken = new IllegalStateException("the input broke");
    Iterable<Integer> inputs =
        () ->
            Stream.of(1, 2)
                .peek(
                    number -> {
                      if (number == 2) {
                        throw broken;
                      }
                    })
                .iterator();
    Iterator<Item<Integer>> items =
        given.open().map(MapViewsContract::failAtThree, inputs).outcomes().iterator();
    assertEquals(new Item.Success<>(0, 1, 10), items.next());
    assertTrue(items.hasNext());
    assertSame(broken, assertThrows(IllegalStateException.class, items::next));
    assertFalse(items.hasNext());
  }

  @Test
  default void allViewsShareOnePlace(Fixture given) throws Exception {
    Results<Integer> mapped = given.open().map(MapViewsContract::failAtThree, List.of(1, 2, 4, 5));
    assertEquals(10, mapped.iterator().next());
    assertEquals(new Item.Success<>(1, 2, 20), mapped.outcomes().iterator().next());
    assertEquals(40, mapped.futures().iterator().next().get());
    assertEquals(List.of(50), mapped.stream().toList());
    assertThrows(NoSuchElementException.class, mapped.outcomes().iterator()::next);
    assertThrows(NoSuchElementException.class, mapped.futures().iterator()::next);
  }

  @Test
  default void completionOrderIsAsTheyAreDone(Fixture given) {
    Baton baton = given.open(Shape.atLeast(2));
    Signal gate = given.signal();
    try (Results<Integer> mapped =
        baton.map(
            MapOptions.none().unordered(),
            number -> waitAt(gate, number == 0, number),
            List.of(0, 1, 2, 3))) {
      Iterator<Integer> results = mapped.iterator();
      Set<Integer> early = new HashSet<>();
      for (int i = 0; i < 3; i++) {
        early.add(results.next());
      }
      assertEquals(Set.of(1, 2, 3), early);
      gate.open();
      assertEquals(0, results.next());
      assertFalse(results.hasNext());
    }
  }

  @Test
  default void completionOrderKeepsTheWindowAndLosesNothing(Fixture given) {
    Baton baton = given.open();
    Numbers inputs = new Numbers(1_000);
    Set<Object> seen = new HashSet<>();
    int failures = 0;
    try (Results<Integer> mapped =
        baton.map(MapOptions.none().unordered().window(7), MapViewsContract::failAtThree, inputs)) {
      for (Item<Integer> item : mapped.outcomes()) {
        assertTrue(seen.add(item.input()), () -> "twice: " + item);
        failures += item instanceof Item.Failure ? 1 : 0;
        int ahead = inputs.read() - seen.size();
        assertTrue(ahead <= 7, () -> "read ahead: " + ahead);
      }
    }
    assertEquals(1_000, seen.size());
    assertEquals(1, failures);
  }

  @Test
  default void failFastThrowsBeforeEarlierResultsAndCancelsTheRest(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    Signal never = given.signal();
    Numbers inputs = new Numbers(1_000);
    Iterator<Integer> results =
        baton
            .map(
                MapOptions.none().failFast().window(4),
                number -> {
                  if (number == 1) {
                    Thrown.CHECKED.raise();
                  }
                  return waitAt(never, true, number);
                },
                inputs)
            .iterator();
    CompletionException failed = assertThrows(CompletionException.class, results::next);
    assertSame(Thrown.CHECKED.get().getClass(), Failures.cause(failed).getClass());
    assertFalse(results.hasNext(), "the first failure ends it");
    assertTrue(inputs.read() <= 4, () -> "read " + inputs.read());
    Eventually.holds("all are over", () -> baton.stats().cancelled() == inputs.read() - 1);
    assertEquals(1, baton.submit(() -> 1).get());
  }

  @Test
  default void aFutureThatWasHandedOutMayFailWhileTheNextIsWaitedFor(Fixture given)
      throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    Signal first = given.signal();
    Signal second = given.signal();
    try (Results<Integer> mapped =
        baton.map(
            MapOptions.none().failFast(),
            number -> {
              if (number == 0) {
                first.await();
                Thrown.CHECKED.raise();
              }
              second.await();
              return number;
            },
            List.of(0, 1))) {
      TaskFuture<Integer> handedOut = mapped.futures().iterator().next();
      Thread reader = Thread.currentThread();
      Future<Throwable> failure =
          given.beside(
              () -> {
                Eventually.holds("the reader waits", () -> isParked(reader));
                first.open();
                Throwable thrown = Failures.of(handedOut);
                second.open();
                return thrown;
              });
      assertEquals(1, mapped.iterator().next());
      assertSame(Thrown.CHECKED.get().getClass(), failure.get().getClass());
    }
  }

  private static boolean isParked(Thread thread) {
    Thread.State state = thread.getState();
    return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
  }

  @Test
  default void failFastEndsTheOutcomesWithTheFailure(Fixture given) {
    Baton baton = given.open();
    for (MapOptions options :
        List.of(MapOptions.none().failFast(), MapOptions.none().failFast().unordered())) {
      try (Results<Integer> mapped =
          baton.map(options, MapViewsContract::failAtThree, new Numbers(1_000))) {
        assertInstanceOf(Item.Failure.class, listOf(mapped.outcomes()).getLast());
      }
    }
  }

  @Test
  default void futuresAreHandedOutUnfinishedWithinTheWindow(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Numbers inputs = new Numbers(20);
    Signal gate = given.signal();
    try (Results<Integer> mapped =
        baton.map(MapOptions.none().window(3), number -> waitAt(gate, true, number), inputs)) {
      Iterator<TaskFuture<Integer>> futures = mapped.futures().iterator();
      List<TaskFuture<Integer>> taken = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        taken.add(futures.next());
      }
      assertEquals(3, inputs.read(), "as many as may be unfinished");
      assertFalse(taken.getFirst().isDone());
      gate.open();
      futures.forEachRemaining(taken::add);
      List<Integer> results = new ArrayList<>();
      for (TaskFuture<Integer> future : taken) {
        results.add(future.get());
      }
      assertEquals(IntStream.range(0, 20).boxed().toList(), results);
    }
  }

  @Test
  default void aFutureThatWasHandedOutIsTheCallers(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal gate = given.signal();
    Results<Integer> mapped = baton.map(number -> waitAt(gate, true, number), List.of(1, 2, 3));
    TaskFuture<Integer> first = mapped.futures().iterator().next();
    mapped.close();
    assertFalse(first.isDone(), "it is left alone");
    gate.open();
    assertEquals(1, first.get());
    Eventually.holds("the others are cancelled", () -> baton.stats().cancelled() == 2);
  }

  @Test
  default void afterTheCloseNoViewHasMore(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal never = given.signal();
    MapOptions plain = MapOptions.none().window(4);
    for (MapOptions options :
        List.of(
            plain,
            plain.unordered(),
            plain.failFast(),
            plain.chunk(2),
            plain.chunk(2).unordered())) {
      Numbers inputs = new Numbers(100);
      Results<Integer> mapped =
          baton.map(options, number -> waitAt(never, number > 1, number), inputs);
      Iterator<Item<Integer>> items = mapped.outcomes().iterator();
      assertInstanceOf(Item.Success.class, items.next());
      Iterator<TaskFuture<Integer>> futures = mapped.futures().iterator();
      int read = inputs.read();
      mapped.close();
      mapped.close();
      for (Iterator<?> view :
          List.of(items, futures, mapped.outcomes().iterator(), mapped.futures().iterator())) {
        assertFalse(view.hasNext(), options::toString);
        assertThrows(NoSuchElementException.class, view::next);
      }
      assertEquals(read, inputs.read(), "it reads no further");
      assertEquals(1, baton.submit(() -> 1).get(), "what was not taken is cancelled");
    }
  }

  @Test
  default void anItemThatIsCancelledIsAFailedItem(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal gate = given.signal();
    List<Item<Integer>> items = new ArrayList<>();
    try (Results<Integer> mapped =
        baton.map(
            MapOptions.none().unordered(),
            number -> waitAt(gate, true, number),
            Collections.nCopies(2, 7))) {
      baton.shutdown(ShutdownMode.CANCEL_PENDING);
      gate.open();
      mapped.outcomes().forEach(items::add);
    }
    assertEquals(2, items.size());
    for (Item<Integer> item : items) {
      if (item instanceof Item.Failure<Integer> failed) {
        assertInstanceOf(CancellationException.class, failed.cause());
        assertNotNull(failed.cause().getMessage());
      }
    }
  }

  @Test
  default void manyItemsRunThroughASmallWindowQuickly(Fixture given) {
    Baton baton = given.open();
    long sum = 0;
    try (Results<Integer> mapped =
        baton.map(
            MapOptions.none().window(64).unordered(), number -> number, new Numbers(20_000))) {
      for (int number : mapped) {
        sum += number;
      }
    }
    assertEquals(20_000L * 19_999 / 2, sum);
  }

  /** Ends with an exception after so many numbers. */
  private static Iterable<Integer> breakingAfter(int numbers, RuntimeException broken) {
    return () ->
        Stream.iterate(0, number -> number + 1)
            .peek(
                number -> {
                  if (number == numbers) {
                    throw broken;
                  }
                })
            .iterator();
  }

  @Test
  default void whatTheInputThrowsComesLastInEveryOrder(Fixture given) {
    Baton baton = given.open();
    for (MapOptions options :
        List.of(
            MapOptions.none().unordered(),
            MapOptions.none().failFast(),
            MapOptions.none().failFast().unordered(),
            MapOptions.none().chunk(2).unordered(),
            MapOptions.none().chunk(2).failFast())) {
      IllegalStateException broken = new IllegalStateException("the input broke");
      Iterator<Integer> results =
          baton.map(options, (Integer number) -> number, breakingAfter(3, broken)).iterator();
      Set<Integer> before = new HashSet<>();
      for (int i = 0; i < 3; i++) {
        before.add(results.next());
      }
      assertEquals(Set.of(0, 1, 2), before, options::toString);
      assertTrue(results.hasNext(), options::toString);
      assertSame(broken, assertThrows(IllegalStateException.class, results::next));
      assertFalse(results.hasNext(), options::toString);
      assertThrows(NoSuchElementException.class, results::next);
    }
  }

  /** Says that there is more, and throws when that is asked for. */
  private static Iterable<Integer> throwingInsteadOf(int number, RuntimeException broken) {
    return () ->
        new Iterator<>() {
          private int next;

          @Override
          public boolean hasNext() {
            return true;
          }

          @Override
          public Integer next() {
            if (next == number) {
              throw broken;
            }
            return next++;
          }
        };
  }

  @Test
  default void anInputThatIsPromisedAndThrownIsReportedAtItsPlace(Fixture given) {
    Baton baton = given.open();
    MapOptions plain = MapOptions.none();
    for (MapOptions options :
        List.of(
            plain,
            plain.window(2),
            plain.unordered(),
            plain.failFast(),
            plain.chunk(2),
            plain.chunk(3),
            plain.chunk(2).unordered(),
            plain.chunkAutomatically())) {
      IllegalStateException broken = new IllegalStateException("the input broke");
      Results<Integer> mapped =
          baton.map(options, number -> number * 10, throwingInsteadOf(3, broken));
      Iterator<Integer> results = mapped.iterator();
      List<Integer> before = List.of(results.next(), results.next(), results.next());
      assertEquals(List.of(0, 10, 20), inInputOrder(before, options), options::toString);
      assertTrue(results.hasNext(), options::toString);
      assertSame(broken, assertThrows(IllegalStateException.class, results::next));
      assertFalse(results.hasNext(), options::toString);
      assertThrows(NoSuchElementException.class, results::next);
      assertFalse(mapped.futures().iterator().hasNext(), "no view has more");
    }
  }

  private static List<Integer> inInputOrder(List<Integer> results, MapOptions options) {
    return options.isUnordered() ? results.stream().sorted().toList() : results;
  }

  @Test
  default void anInputThatThrowsAtOnceLeavesOthersToBeMapped(Fixture given) {
    Baton baton = given.open();
    for (MapOptions options :
        List.of(
            MapOptions.none(),
            MapOptions.none().unordered(),
            MapOptions.none().chunk(2),
            MapOptions.none().chunk(2).unordered())) {
      IllegalStateException broken = new IllegalStateException("the input broke");
      Iterator<Item<Integer>> items =
          baton.map(options, (Integer n) -> n, throwingInsteadOf(0, broken)).outcomes().iterator();
      assertSame(broken, assertThrows(IllegalStateException.class, items::next));
      assertFalse(items.hasNext(), options::toString);
      try (Results<Integer> next = baton.map(options, (Integer n) -> n, List.of(1, 2))) {
        assertEquals(3, next.stream().mapToInt(Integer::intValue).sum());
      }
    }
  }

  @Test
  default void whatTheSecondInputThrowsComesAfterThePairsBefore(Fixture given) {
    Baton baton = given.open();
    for (MapOptions options :
        List.of(
            MapOptions.none(),
            MapOptions.none().unordered(),
            MapOptions.none().failFast(),
            MapOptions.none().chunk(2))) {
      IllegalStateException broken = new IllegalStateException("the second input broke");
      Numbers first = new Numbers(1_000);
      Iterator<Item<Integer>> items =
          baton.map(options, Math::addExact, first, breakingAfter(1, broken)).outcomes().iterator();
      assertEquals(new Item.Success<>(0, List.of(0, 0), 0), items.next());
      assertTrue(items.hasNext(), options::toString);
      assertSame(broken, assertThrows(IllegalStateException.class, items::next));
      assertFalse(items.hasNext(), options::toString);
      assertTrue(first.read() <= 2, () -> "read " + first.read());
    }
  }

  @Test
  default void theTimeoutEndsAMapInCompletionOrder(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Signal gate = given.signal();
    Iterator<Integer> results =
        baton
            .map(
                MapOptions.none().unordered().window(4).timeout(Duration.ofMillis(100)),
                number -> waitAt(gate, true, number),
                new Numbers(100))
            .iterator();
    CompletionException late = assertThrows(CompletionException.class, results::next);
    assertInstanceOf(TimeoutException.class, late.getCause());
    assertFalse(results.hasNext(), "what is left is cancelled");
    assertThrows(NoSuchElementException.class, results::next);
    Eventually.holds("all are cancelled", () -> baton.stats().cancelled() == 4);
    assertEquals(1, baton.submit(() -> 1).get());
  }

  @Test
  default void theTimeoutEndsTheFuturesButNotThoseThatWereHandedOut(Fixture given)
      throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal gate = given.signal();
    Numbers inputs = new Numbers(100);
    Iterator<TaskFuture<Integer>> futures =
        baton
            .map(
                MapOptions.none().window(2).timeout(Duration.ofMillis(100)),
                number -> waitAt(gate, true, number),
                inputs)
            .futures()
            .iterator();
    List<TaskFuture<Integer>> taken = List.of(futures.next(), futures.next());
    CompletionException late = assertThrows(CompletionException.class, futures::next);
    assertInstanceOf(TimeoutException.class, late.getCause());
    assertFalse(futures.hasNext());
    assertEquals(2, inputs.read(), "as many as may be unfinished");
    gate.open();
    assertEquals(0, taken.get(0).get());
    assertEquals(1, taken.get(1).get());
  }

  @Test
  default void closeCancelsWhatRunsInCompletionOrder(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Signal begun = given.signal();
    Numbers inputs = new Numbers(100);
    Results<Integer> mapped =
        baton.map(
            MapOptions.none().unordered().window(4),
            number -> {
              begun.count();
              return waitAt(begun, true, number);
            },
            inputs);
    begun.awaitTotal(1);
    mapped.close();
    assertEquals(1, baton.submit(() -> 1).get(), "the running item was interrupted");
    assertEquals(1, begun.total(), "the others never began");
    Eventually.holds("all are cancelled", () -> baton.stats().cancelled() == 4);
    assertFalse(mapped.iterator().hasNext());
    assertEquals(4, inputs.read());
  }
}
