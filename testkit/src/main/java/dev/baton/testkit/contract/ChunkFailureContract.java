package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.CancelMode;
import dev.baton.Item;
import dev.baton.MapOptions;
import dev.baton.Overflow;
import dev.baton.Results;
import dev.baton.TaskContext;
import dev.baton.TaskFunction;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.TaskRejectedException;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Eventually;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import dev.baton.testkit.signal.Ledger;
import dev.baton.testkit.signal.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An item that fails or is cancelled leaves its siblings alone; what ends a map ends its chunks.
 */
@Promise(Row.MAP)
public interface ChunkFailureContract extends ContractTest {

  private static int failAtThree(int number) throws Exception {
    if (number == 3) {
      Thrown.WITH_CAUSES.raise();
    }
    return number;
  }

  private static int countAndWait(Signal gate, int number) throws InterruptedException {
    gate.count();
    gate.await();
    return number;
  }

  /** Maps numbers in one chunk, whose items wait at the gate; the first is known to have begun. */
  private static List<TaskFuture<Integer>> oneChunkAt(Signal gate, Baton baton, int numbers)
      throws InterruptedException {
    List<TaskFuture<Integer>> futures =
        Taken.futures(
            baton.map(
                MapOptions.none().chunk(numbers),
                number -> countAndWait(gate, number),
                new Numbers(numbers)));
    gate.awaitTotal(1);
    Eventually.holds("it runs", futures.getFirst()::isRunning);
    return futures;
  }

  @Test
  default void aFailedItemFailsAloneWithItsVeryException(Fixture given) {
    Baton baton = given.open();
    for (MapOptions options : ChunkContract.CHUNKED) {
      List<Item<Integer>> items =
          Taken.items(baton.map(options, ChunkFailureContract::failAtThree, new Numbers(20)));
      assertEquals(20, items.size());
      for (Item<Integer> item : items) {
        if (item instanceof Item.Failure<Integer> failed) {
          assertEquals(3, failed.input());
          Throwable expected = Thrown.WITH_CAUSES.get();
          assertSame(expected.getClass(), failed.cause().getClass());
          assertEquals(expected.getMessage(), failed.cause().getMessage());
          assertEquals(
              Failures.cause(expected).getMessage(), Failures.cause(failed.cause()).getMessage());
        }
      }
      assertEquals(1, items.stream().filter(Item.Failure.class::isInstance).count());
    }
  }

  @Test
  default void whatTheInputThrowsComesAfterItsChunk(Fixture given) {
    IllegalStateException broken = new IllegalStateException("the input broke");
    Iterable<Integer> inputs = Numbers.brokenAt(5, broken);
    Iterator<Integer> results =
        given
            .open()
            .map(MapOptions.none().chunk(4), ChunkFailureContract::failAtThree, inputs)
            .iterator();
    List<Object> seen = new ArrayList<>();
    while (results.hasNext()) {
      try {
        seen.add(results.next());
      } catch (IllegalStateException atItsPlace) {
        seen.add(atItsPlace);
      } catch (RuntimeException failed) {
        seen.add("failed");
      }
    }
    assertEquals(List.of(0, 1, 2, "failed", 4, broken), seen);
  }

  @Test
  default void closeCancelsTheChunksThatAreLeft(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Signal begun = given.signal();
    Results<Integer> mapped =
        baton.map(
            MapOptions.none().chunk(5).window(20),
            number -> countAndWait(begun, number),
            new Numbers(100));
    begun.awaitTotal(1);
    mapped.close();
    assertEquals(1, baton.submit(() -> 1).get(), "the running item was interrupted");
    assertEquals(1, begun.total(), "the others never began");
    assertFalse(mapped.iterator().hasNext());
  }

  @Test
  default void aCancelledItemOfAWaitingChunkNeverRuns(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Blocker blocker = Blocker.on(baton, given);
    Ledger ledger = given.ledger();
    List<TaskFuture<Integer>> futures =
        Taken.futures(
            baton.map(
                MapOptions.none().chunk(5),
                number -> {
                  ledger.begin("item " + number);
                  return number;
                },
                new Numbers(5)));
    assertTrue(futures.get(1).cancel(CancelMode.INTERRUPT));
    assertTrue(futures.get(2).cancel(CancelMode.ABANDON));
    assertTrue(futures.get(3).cancel(CancelMode.IF_PENDING));
    Failures.awaitBody(futures.get(1));
    blocker.release();
    assertEquals(0, futures.get(0).get());
    assertEquals(4, futures.get(4).get());
    Failures.awaitBody(futures.get(4));
    assertEquals(List.of("item 0", "item 4"), ledger.begun());
    Failures.assertCancelled(futures.get(1));
    Failures.assertCancelled(futures.get(3));
  }

  @Test
  default void whatGoesOnAfterACancelIsAsItWasSubmitted(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Blocker blocker = Blocker.on(baton, given);
    List<TaskFuture<Boolean>> futures =
        Taken.futures(
            baton.map(
                MapOptions.none().chunk(3),
                number -> TaskContext.current().deadline() == null,
                new Numbers(3)));
    try (Baton elsewhere = Baton.open("virtual")) {
      TaskOptions bounded = TaskOptions.none().deadline(Duration.ofMinutes(5));
      assertTrue(elsewhere.submit(bounded, () -> futures.get(1).cancel(true)).get());
    }
    blocker.release();
    assertTrue(futures.get(0).get(), "the deadline of who cancelled is not theirs");
    assertTrue(futures.get(2).get());
  }

  @Test
  default void aCancelledItemThatHasBegunEndsAtOnceAndItsSiblingsRun(Fixture given)
      throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Signal gate = given.signal();
    List<TaskFuture<Integer>> futures = oneChunkAt(gate, baton, 3);
    assertTrue(futures.getFirst().cancel(true));
    assertTrue(futures.getFirst().isCancelled(), "at once");
    gate.open();
    assertEquals(1, futures.get(1).get());
    assertEquals(2, futures.get(2).get());
    Failures.awaitBody(futures.getFirst());
    assertEquals(3, gate.total(), "each began once");
  }

  @Test
  default void cancellingEveryItemStopsTheChunk(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Signal begun = given.signal();
    List<TaskFuture<Integer>> futures = oneChunkAt(begun, baton, 2);
    // the last first: where items travel alone it would begin as soon as the first one stops
    futures.reversed().forEach(future -> future.cancel(true));
    for (TaskFuture<Integer> future : futures) {
      Failures.assertCancelled(future);
      Failures.awaitBody(future);
    }
    assertEquals(1, baton.submit(() -> 1).get());
    assertEquals(1, begun.total());
  }

  @Test
  default void anItemThatRunsIsNotPendingAndIsTerminatedAfterItsBody(Fixture given)
      throws Exception {
    Signal gate = given.signal();
    List<TaskFuture<Integer>> futures = oneChunkAt(gate, given.open(Shape.slots(1)), 2);
    TaskFuture<Integer> first = futures.getFirst();
    assertFalse(first.cancel(CancelMode.IF_PENDING));
    assertTrue(first.cancel(CancelMode.ABANDON));
    assertFalse(first.terminated().isDone());
    gate.open();
    Failures.awaitBody(first);
    assertEquals(1, futures.getLast().get(Failures.PATIENCE));
  }

  @Test
  default void aFutureOfAChunkSaysWhereItStands(Fixture given) throws Exception {
    Baton baton = given.open();
    Iterator<TaskFuture<Integer>> futures =
        baton
            .map(MapOptions.none().chunk(3), ChunkFailureContract::failAtThree, List.of(1, 2, 3))
            .futures()
            .iterator();
    TaskFuture<Integer> first = futures.next();
    assertEquals(1, first.get());
    assertEquals(baton.name(), first.info().executor());
    assertFalse(first.isRunning());
    assertNull(first.terminated().get());
    futures.next();
    TaskFuture<Integer> third = futures.next();
    String message = Failures.of(third).getMessage();
    assertEquals(Thrown.WITH_CAUSES.get().getMessage(), message);
    assertTrue(third.toString().contains("failed"), third::toString);
  }

  @Test
  default void anItemThatCannotBeEncodedFailsAlone(Fixture given) {
    Baton baton = given.open();
    List<Object> inputs = List.of(1, new Object(), "fine");
    List<Item<Object>> items =
        Taken.items(
            baton.map(
                MapOptions.none().chunk(3),
                (Object input) -> input.equals("fine") ? new Object() : input,
                inputs));
    assertEquals(new Item.Success<>(0, 1, 1), items.get(0));
    for (Item<Object> item : items.subList(1, 3)) {
      boolean failed =
          item instanceof Item.Failure<Object> failure
              && String.valueOf(failure.cause().getMessage()).contains("java.lang.Object");
      assertEquals(baton.capabilities().encodes(), failed, item::toString);
    }
  }

  @Test
  default void aResultThatCannotBeEncodedFailsItsItemAlone(Fixture given) {
    Baton baton = given.open();
    List<Item<Object>> items =
        Taken.items(
            baton.map(
                MapOptions.none().chunk(3),
                (Integer number) -> number == 2 ? new Object() : (Object) number,
                List.of(1, 2, 3)));
    assertEquals(new Item.Success<>(0, 1, 1), items.get(0));
    assertEquals(new Item.Success<>(2, 3, 3), items.get(2));
    boolean failed =
        items.get(1) instanceof Item.Failure<Object> failure
            && String.valueOf(failure.cause().getMessage()).contains("java.lang.Object");
    assertEquals(baton.capabilities().encodes(), failed, items::toString);
  }

  @Test
  default void anItemThatCannotBeDecodedEndsAlone(Fixture given) throws Exception {
    Baton baton = given.open();
    List<TaskFuture<Object>> futures =
        Taken.futures(
            baton.map(
                MapOptions.none().chunk(3),
                (Integer number) -> number == 2 ? new Undecodable() : (Object) number,
                List.of(1, 2, 3)));
    assertEquals(1, futures.get(0).get(Failures.PATIENCE));
    assertEquals(3, futures.get(2).get(Failures.PATIENCE));
    if (baton.capabilities().encodes()) {
      assertNotNull(futures.get(1).exception(Failures.PATIENCE));
    }
  }

  @Test
  default void failFastThrowsTheFailureOfALaterChunkFirst(Fixture given) throws Exception {
    Baton baton = given.open(Shape.atLeast(2));
    Signal never = given.signal();
    Numbers inputs = new Numbers(1_000);
    Iterator<Integer> results =
        baton
            .map(
                MapOptions.none().chunk(2).window(4).failFast(),
                number -> {
                  if (number == 0) {
                    never.await();
                  }
                  if (number == 2) {
                    Thrown.CHECKED.raise();
                  }
                  return number;
                },
                inputs)
            .iterator();
    CompletionException failed = assertThrows(CompletionException.class, results::next);
    assertSame(Thrown.CHECKED.get().getClass(), Failures.cause(failed).getClass());
    assertFalse(results.hasNext(), "the first failure ends it");
    assertTrue(inputs.read() <= 4, () -> "read " + inputs.read());
    Eventually.holds("all are over", () -> baton.stats().running() == 0);
    assertEquals(1, baton.submit(() -> 1).get());
  }

  /** Chunks of 32 items at most, of which there are eight in the window. */
  private static Iterator<Integer> failFast(
      Baton baton, TaskFunction<Integer, Integer> function, Numbers inputs) {
    MapOptions options = MapOptions.none().chunkAutomatically().window(256).failFast();
    return baton.map(options, function, inputs).iterator();
  }

  /** Takes the numbers from zero up until one fails, and returns how many those are. */
  private static int takenBeforeTheFailure(Iterator<Integer> results) {
    for (int taken = 0; ; taken++) {
      int next;
      try {
        next = results.next();
      } catch (CompletionException failed) {
        assertSame(Thrown.CHECKED.get().getClass(), Failures.cause(failed).getClass());
        assertFalse(results.hasNext(), "the first failure ends it");
        return taken;
      }
      assertEquals(taken, next);
    }
  }

  @Test
  default void failFastThrowsTheFailureOfALaterAutomaticChunkFirst(Fixture given) {
    Baton baton = given.open(Shape.atLeast(2));
    Signal never = given.signal();
    Numbers inputs = new Numbers(10_000);
    Iterator<Integer> results =
        failFast(
            baton,
            number -> {
              if (number == 300) {
                never.await();
              }
              if (number == 350) {
                Thrown.CHECKED.raise();
              }
              return number;
            },
            inputs);
    int taken = takenBeforeTheFailure(results);
    assertTrue(taken <= 300, () -> "item 300 waits, and " + taken + " were taken");
    int read = inputs.read();
    assertTrue(read <= 300 + 256, () -> "read " + read);
    Eventually.holds("what waits was interrupted", () -> baton.stats().running() == 0);
  }

  @Test
  default void failFastCancelsTheAutomaticChunksThatAreLeft(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Signal late = given.signal();
    Iterator<Integer> results =
        failFast(
            baton,
            number -> {
              if (number == 350) {
                Thrown.CHECKED.raise();
              }
              return number < 400 ? number : countAndWait(late, number);
            },
            new Numbers(10_000));
    takenBeforeTheFailure(results);
    assertEquals(1, baton.submit(() -> 1).get(), "what ran was interrupted");
    Eventually.holds("all are over", () -> baton.stats().running() + baton.stats().pending() == 0);
    int begun = late.total();
    assertTrue(begun <= 1, () -> begun + " began; there is one slot");
  }

  @Test
  default void theTimeoutIsOneForAllChunks(Fixture given) throws Exception {
    Baton baton = given.open(Shape.slots(1));
    Signal gate = given.signal();
    Ledger ledger = given.ledger();
    baton.submit(() -> 0).get();
    Duration limit = Duration.ofSeconds(1);
    Iterator<Integer> results =
        baton
            .map(
                MapOptions.none().chunk(2).window(6).timeout(limit),
                number -> {
                  if (number >= 2) {
                    ledger.begin("item " + number);
                    gate.await();
                  }
                  return number;
                },
                new Numbers(100))
            .iterator();
    assertEquals(0, results.next());
    assertEquals(1, results.next());
    CompletionException late = assertThrows(CompletionException.class, results::next);
    assertInstanceOf(TimeoutException.class, late.getCause());
    assertTrue(String.valueOf(late.getMessage()).contains(limit.toString()), late::toString);
    assertFalse(results.hasNext(), "what is left is cancelled");
    assertEquals(1, baton.submit(() -> 1).get(), "the slow item was interrupted");
    assertEquals(List.of("item 2"), ledger.begun(), "the others never began");
  }

  private static List<Item<Integer>> inInputOrder(List<Item<Integer>> items, MapOptions options) {
    return options.isUnordered()
        ? items.stream().sorted(Comparator.comparing(Item::index)).toList()
        : items;
  }

  /** What comes of a number at a place. */
  private static Item<Integer> tenfold(long index, int number) {
    return new Item.Success<>(index, number, number * 10);
  }

  private static Results<Integer> mapTenfold(
      Baton baton, MapOptions options, Ledger ledger, Integer... numbers) {
    return baton.map(
        options,
        number -> {
          ledger.begin("item " + number);
          return number * 10;
        },
        List.of(numbers));
  }

  private static MapOptions keptIn(Path file) {
    return MapOptions.none().journal(file, (Integer number) -> number);
  }

  @Test
  default void whatTheJournalKnowsIsHandedOutBeforeTheRejection(
      Fixture given, @TempDir Path folder) {
    Baton baton = given.open();
    Ledger ledger = given.ledger();
    MapOptions kept = keptIn(folder.resolve("journal"));
    assertEquals(2, Taken.items(mapTenfold(baton, kept, ledger, 0, 1)).size());
    baton.shutdown();
    for (MapOptions options :
        List.of(
            kept.chunk(2),
            kept.chunk(3),
            kept.chunk(4),
            kept.chunk(3).unordered(),
            kept.chunkAutomatically())) {
      try (Results<Integer> mapped = mapTenfold(baton, options, ledger, 0, 1, 2, 3)) {
        Iterator<Item<Integer>> items = mapped.outcomes().iterator();
        List<Item<Integer>> known = List.of(items.next(), items.next());
        assertEquals(
            List.of(tenfold(0, 0), tenfold(1, 1)), inInputOrder(known, options), options::toString);
        assertTrue(items.hasNext(), options::toString);
        assertThrows(TaskRejectedException.class, items::next);
        assertFalse(items.hasNext(), options::toString);
      }
    }
    assertEquals(2, ledger.begun().size(), "what was rejected never began");
  }

  @Test
  default void whatTheJournalKnowsBehindARejectionIsNotHandedOutBeforeIt(
      Fixture given, @TempDir Path folder) {
    Baton baton = given.open();
    Ledger ledger = given.ledger();
    MapOptions kept = keptIn(folder.resolve("journal"));
    assertEquals(2, Taken.items(mapTenfold(baton, kept, ledger, 0, 1)).size());
    baton.shutdown();
    for (MapOptions options : List.of(kept, kept.chunk(3), kept.chunk(4))) {
      try (Results<Integer> mapped = mapTenfold(baton, options, ledger, 0, 2, 1)) {
        Iterator<Item<Integer>> items = mapped.outcomes().iterator();
        assertEquals(tenfold(0, 0), items.next(), options::toString);
        assertThrows(TaskRejectedException.class, items::next, options::toString);
        assertFalse(items.hasNext(), options::toString);
      }
    }
  }

  @Test
  default void whatTheFullQueueRejectsIsReportedAtItsPlace(Fixture given, @TempDir Path folder)
      throws Exception {
    Baton baton = given.open(Shape.slots(1).queue(1, Overflow.REJECT));
    MapOptions kept = keptIn(folder.resolve("journal"));
    MapOptions oneByOne = kept.window(1);
    assertEquals(2, Taken.items(mapTenfold(baton, oneByOne, given.ledger(), 0, 1)).size());

    Blocker blocker = Blocker.on(baton, given);
    Ledger ledger = given.ledger();
    try (Results<Integer> mapped =
        mapTenfold(baton, kept.chunk(2), ledger, 0, 2, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11)) {
      Iterator<Item<Integer>> items = mapped.outcomes().iterator();
      assertEquals(tenfold(0, 0), items.next());
      assertTrue(items.hasNext(), "it has read on, for nothing is ready");
      blocker.release();
      assertEquals(tenfold(1, 2), items.next());
      assertEquals(tenfold(2, 1), items.next());
      assertTrue(items.hasNext());
      TaskRejectedException full = assertThrows(TaskRejectedException.class, items::next);
      assertTrue(String.valueOf(full.getMessage()).contains("full"), full::toString);
      assertFalse(items.hasNext());
    }
    assertEquals(List.of("item 2"), ledger.begun());

    Ledger again = given.ledger();
    assertEquals(
        List.of(tenfold(0, 0), tenfold(1, 2), tenfold(2, 1), tenfold(3, 3)),
        Taken.items(mapTenfold(baton, oneByOne, again, 0, 2, 1, 3)));
    assertEquals(List.of("item 3"), again.begun(), "the others were kept");
  }
}
