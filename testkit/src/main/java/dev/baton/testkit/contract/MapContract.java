package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.MapOptions;
import dev.baton.Results;
import dev.baton.TaskRejectedException;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Eventually;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import dev.baton.testkit.signal.Ledger;
import dev.baton.testkit.signal.Signal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A map reads its input lazily, keeps its order, and goes on past failed items. */
@Promise(Row.MAP)
public interface MapContract extends ContractTest {

  private static MapOptions window(int width) {
    return MapOptions.none().window(width);
  }

  private static int plusOne(int number) {
    return number + 1;
  }

  private static int failAtThree(int number) throws Exception {
    if (number == 3) {
      Thrown.CHECKED.raise();
    }
    return number;
  }

  @Test
  default void resultsComeInTheOrderOfTheInputs(Fixture given) {
    Baton baton = given.open();
    List<Integer> inputs = IntStream.range(0, 1_000).boxed().toList();
    List<Integer> results = new ArrayList<>();
    try (Results<Integer> mapped = baton.map(MapContract::plusOne, inputs)) {
      mapped.forEach(results::add);
    }
    assertEquals(IntStream.rangeClosed(1, 1_000).boxed().toList(), results);
  }

  @Test
  default void aSlowItemDoesNotLoseTheOrder(Fixture given) {
    Baton baton = given.open(Shape.atLeast(4));
    Signal slow = given.signal();
    Signal quick = given.signal();
    List<Integer> results = new ArrayList<>();
    try (Results<Integer> mapped =
        baton.map(
            number -> {
              if (number == 0) {
                slow.await();
              } else if (quick.count() == 9) {
                slow.open();
              }
              return number;
            },
            IntStream.range(0, 10).boxed().toList())) {
      mapped.forEach(results::add);
    }
    assertEquals(IntStream.range(0, 10).boxed().toList(), results);
  }

  @Test
  default void noMoreThanTheWindowIsReadAhead(Fixture given) {
    Baton baton = given.open();
    Numbers inputs = new Numbers(Integer.MAX_VALUE);
    try (Results<Integer> mapped = baton.map(window(5), MapContract::plusOne, inputs)) {
      assertTrue(inputs.read() <= 5, () -> "read " + inputs.read());
      Iterator<Integer> results = mapped.iterator();
      for (int taken = 1; taken <= 100; taken++) {
        assertEquals(taken, results.next());
        assertTrue(inputs.read() <= taken + 5, () -> "read " + inputs.read());
      }
    }
    int read = inputs.read();
    assertTrue(read <= 105, () -> "read " + read);
  }

  @Test
  default void theWindowIsFilledWhileNothingIsDone(Fixture given) {
    Baton baton = given.open(Shape.atLeast(1));
    Numbers inputs = new Numbers(Integer.MAX_VALUE);
    Signal gate = given.signal();
    try (Results<Integer> mapped =
        baton.map(
            window(5),
            number -> {
              gate.await();
              return number;
            },
            inputs)) {
      assertEquals(5, inputs.read(), "as much as the window holds, at the call");
      gate.open();
      assertEquals(0, mapped.iterator().next());
    }
  }

  @Test
  default void aWindowOfOneTakesOneAfterTheOther(Fixture given) {
    Baton baton = given.open(Shape.atLeast(4));
    Ledger ledger = given.ledger();
    try (Results<Integer> mapped =
        baton.map(
            window(1),
            number -> {
              ledger.begin("item " + number + " after " + ledger.ended().size());
              ledger.end("item");
              return number;
            },
            List.of(0, 1, 2))) {
      mapped.forEach(number -> {});
    }
    assertEquals(List.of("item 0 after 0", "item 1 after 1", "item 2 after 2"), ledger.begun());
  }

  @Test
  default void anEndlessInputWorks(Fixture given) {
    Baton baton = given.open();
    Iterable<Integer> endless = () -> Stream.iterate(0, number -> number + 1).iterator();
    try (Stream<Integer> results = baton.map(MapContract::plusOne, endless).stream()) {
      assertEquals(500_500, results.limit(1_000).mapToInt(Integer::intValue).sum());
    }
  }

  @Test
  default void aFailedItemDoesNotLoseTheOthers(Fixture given) {
    Baton baton = given.open();
    Iterator<Integer> results =
        baton.map(MapContract::failAtThree, List.of(1, 2, 3, 4, 3, 5)).iterator();
    assertEquals(1, results.next());
    assertEquals(2, results.next());
    CompletionException failed = assertThrows(CompletionException.class, results::next);
    assertSame(Thrown.CHECKED.get().getClass(), Failures.cause(failed).getClass());
    assertTrue(results.hasNext());
    assertEquals(4, results.next());
    assertThrows(CompletionException.class, results::next);
    assertEquals(5, results.next());
    assertFalse(results.hasNext());
    assertThrows(NoSuchElementException.class, results::next);
  }

  @Test
  default void nullsAreInputsAndResultsLikeOthers(Fixture given) {
    List<@Nullable Integer> inputs = Arrays.asList(1, null, 3);
    List<@Nullable Integer> results = new ArrayList<>();
    try (Results<@Nullable Integer> mapped =
        given.open().<@Nullable Integer, @Nullable Integer>map(number -> number, inputs)) {
      mapped.forEach(results::add);
    }
    assertEquals(inputs, results);
  }

  @Test
  default void anEmptyInputHasNoResults(Fixture given) {
    Baton baton = given.open();
    try (Results<Integer> mapped = baton.map(MapContract::plusOne, Collections.emptyList())) {
      assertFalse(mapped.iterator().hasNext());
      assertThrows(NoSuchElementException.class, () -> mapped.iterator().next());
    }
    assertEquals(0, baton.stats().submitted());
  }

  @Test
  default void thereIsOneIteratorAndTheStreamGoesOnWhereItIs(Fixture given) {
    Results<Integer> mapped = given.open().map(MapContract::plusOne, List.of(1, 2, 3, 4));
    Iterator<Integer> iterator = mapped.iterator();
    assertEquals(2, iterator.next());
    assertSame(iterator, mapped.iterator());
    assertEquals(3, mapped.iterator().next());
    assertEquals(List.of(4, 5), mapped.stream().toList());
    assertFalse(iterator.hasNext());
  }

  @Test
  default void closeCancelsWhatHasNotBeenTaken(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Numbers inputs = new Numbers(100);
    Signal begun = given.signal();
    Results<Integer> mapped =
        baton.map(
            window(10),
            number -> {
              begun.count();
              begun.await();
              return number;
            },
            inputs);
    begun.awaitTotal(1);
    mapped.close();

    assertEquals(1, baton.submit(() -> 1).get(), "the running item was interrupted");
    Eventually.holds("all ten are cancelled", () -> baton.stats().cancelled() == 10);
    assertEquals(1, begun.total(), "the pending ones never ran");
    assertEquals(10, inputs.read());
    assertFalse(mapped.iterator().hasNext());
    mapped.close();
  }

  @Test
  default void closingTheStreamClosesTheResults(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal never = given.signal();
    Results<Boolean> mapped =
        baton.map(
            (Signal signal) -> {
              signal.await();
              return true;
            },
            Collections.nCopies(5, never));
    mapped.stream().close();
    assertEquals(1, baton.submit(() -> 1).get());
    assertFalse(mapped.iterator().hasNext());
  }

  @Test
  default void theTimeoutIsOneForTheWholeMap(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal gate = given.signal();
    baton.submit(() -> 0).get();
    Duration limit = Duration.ofSeconds(1);
    Iterator<Integer> results =
        baton
            .map(
                window(3).timeout(limit),
                number -> {
                  if (number == 1) {
                    gate.await();
                  }
                  return number;
                },
                new Numbers(100))
            .iterator();
    assertEquals(0, results.next());
    CompletionException late = assertThrows(CompletionException.class, results::next);
    assertInstanceOf(TimeoutException.class, late.getCause());
    assertTrue(String.valueOf(late.getMessage()).contains(limit.toString()), late::toString);
    assertFalse(results.hasNext(), "what is left is cancelled");
    assertEquals(1, baton.submit(() -> 1).get(), "the slow item was interrupted");
  }

  /** The numbers from zero up, each of which takes a tenth of a second to come. */
  private static Iterable<Integer> slowly(Numbers numbers) {
    return () ->
        StreamSupport.stream(numbers.spliterator(), false)
            .peek(
                number -> {
                  try {
                    Thread.sleep(100);
                  } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(interrupted);
                  }
                })
            .iterator();
  }

  @Test
  default void aMapIsLateThoughItsInputsAreSlowToCome(Fixture given) {
    Baton baton = given.open(Shape.atLeast(1));
    Signal never = given.signal();
    MapOptions plain = window(100).timeout(Duration.ofMillis(300));
    for (MapOptions options : List.of(plain, plain.unordered(), plain.chunk(50))) {
      Numbers numbers = new Numbers(100);
      Iterator<Integer> results =
          baton
              .map(
                  options,
                  number -> {
                    never.await();
                    return number;
                  },
                  slowly(numbers))
              .iterator();
      assertTrue(numbers.read() <= 5, () -> "read " + numbers.read() + " with " + options);
      CompletionException late = assertThrows(CompletionException.class, results::next);
      assertInstanceOf(TimeoutException.class, late.getCause());
      assertTrue(numbers.read() <= 5, () -> "read " + numbers.read() + " with " + options);
    }
  }

  @Test
  default void aTimeoutOfZeroHandsOutWhatIsThere(Fixture given) {
    Baton baton = given.open(Shape.atLeast(2));
    Signal never = given.signal();
    Iterator<Integer> results =
        baton
            .map(
                window(3).timeout(Duration.ZERO),
                number -> {
                  if (number == 2) {
                    never.await();
                  }
                  return number;
                },
                new Numbers(5))
            .iterator();
    Eventually.holds("two are there", () -> baton.stats().succeeded() == 2);
    assertEquals(0, results.next());
    assertEquals(1, results.next());
    CompletionException late = assertThrows(CompletionException.class, results::next);
    assertInstanceOf(TimeoutException.class, late.getCause());
    assertFalse(results.hasNext(), "what is left is cancelled");
  }

  @Test
  default void aTimeoutOfZeroIsUpWhereNothingIsThere(Fixture given) {
    Baton baton = given.open(Shape.atLeast(1));
    Signal gate = given.signal();
    Iterator<Boolean> results =
        baton
            .map(
                window(3).timeout(Duration.ZERO),
                (Signal signal) -> {
                  signal.await();
                  return true;
                },
                Collections.nCopies(5, gate))
            .iterator();
    CompletionException late = assertThrows(CompletionException.class, results::next);
    assertInstanceOf(TimeoutException.class, late.getCause());
  }

  @Test
  default void aTimeoutOfAnItemsOwnIsAFailedItem(Fixture given) {
    Baton baton = given.open();
    Iterator<Integer> results =
        baton
            .map(
                MapOptions.none().timeout(Duration.ofMinutes(1)),
                number -> {
                  if (number == 0) {
                    Thrown.TIMEOUT.raise();
                  }
                  return number;
                },
                List.of(0, 1))
            .iterator();
    CompletionException failed = assertThrows(CompletionException.class, results::next);
    assertEquals(Thrown.TIMEOUT.get().getMessage(), Failures.cause(failed).getMessage());
    assertEquals(1, results.next());
  }

  @Test
  default void anInterruptedWaitCancelsWhatIsLeft(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(1));
    Signal never = given.signal();
    Iterator<Boolean> results =
        baton
            .map(
                (Signal signal) -> {
                  signal.await();
                  return true;
                },
                Collections.nCopies(5, never))
            .iterator();
    Future<Boolean> waiter =
        given.beside(
            () -> {
              Thread.currentThread().interrupt();
              CompletionException ended = assertThrows(CompletionException.class, results::next);
              assertInstanceOf(InterruptedException.class, ended.getCause());
              assertFalse(results.hasNext());
              return Thread.interrupted();
            });
    assertTrue(waiter.get(), "the flag is set again");
    assertEquals(1, baton.submit(() -> 1).get());
  }

  @Test
  default void whatTheInputThrowsIsReportedAtItsPlace(Fixture given) {
    Baton baton = given.open();
    IllegalStateException broken = new IllegalStateException("the input broke");
    Iterable<Integer> inputs = Numbers.brokenAt(2, broken);
    Iterator<Integer> results = baton.map(MapContract::plusOne, inputs).iterator();
    assertEquals(1, results.next());
    assertEquals(2, results.next());
    assertTrue(results.hasNext());
    assertSame(broken, assertThrows(IllegalStateException.class, results::next));
    assertFalse(results.hasNext());
    assertThrows(NoSuchElementException.class, results::next);
  }

  @Test
  default void aShutdownInTheMiddleEndsTheMap(Fixture given) throws Exception {
    Baton baton = given.open();
    Iterator<Integer> results =
        baton.map(window(2), MapContract::plusOne, new Numbers(100)).iterator();
    assertEquals(1, results.next());
    baton.shutdown();
    List<Throwable> ends = new ArrayList<>();
    while (results.hasNext()) {
      try {
        assertTrue(results.next() <= 4);
      } catch (RuntimeException rejected) {
        ends.add(rejected);
      }
    }
    assertEquals(1, ends.size(), "the first input that was too late says so");
    assertInstanceOf(TaskRejectedException.class, ends.getFirst());
    assertTrue(baton.awaitTermination(Failures.PATIENCE));
  }

  @Test
  default void itemsRunAtOnce(Fixture given) {
    Baton baton = given.open(Shape.atLeast(3));
    Signal meeting = given.signal();
    List<Integer> results = new ArrayList<>();
    try (Results<Integer> mapped =
        baton.map(
            number -> {
              meeting.count();
              meeting.awaitTotal(3);
              return number;
            },
            List.of(1, 2, 3))) {
      mapped.forEach(results::add);
    }
    assertEquals(List.of(1, 2, 3), results);
  }
}
