package dev.baton.internal.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Item;
import dev.baton.MapOptions;
import dev.baton.Results;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.TaskRejectedException;
import dev.baton.internal.future.BatonFuture;
import dev.baton.internal.future.BodilessFuture;
import dev.baton.internal.future.End;
import dev.baton.internal.future.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReadAheadTest {

  private final List<Integer> read = new ArrayList<>();
  private final Instant instant = new Instant();

  /** Runs tasks at once, or leaves them pending. */
  private static final class Instant implements Submitter {
    boolean isHeld;
    boolean tellsTwice;
    int accepts = Integer.MAX_VALUE;
    final List<BodilessFuture<?>> held = new ArrayList<>();

    @Override
    public <T extends @Nullable Object> BatonFuture<T> submit(
        TaskOptions options, Callable<? extends T> body, Consumer<? super BatonFuture<T>> first) {
      BodilessFuture<T> future = BodilessFuture.pending();
      first.accept(future);
      if (tellsTwice) {
        future.onDone(done -> {}); // it is told as the alarms ring, and with the callbacks
      }
      if (accepts-- == 0) {
        TaskRejectedException rejected = new TaskRejectedException("no more", null);
        future.settleAndDrain(new End.Failed(rejected));
        throw rejected;
      }
      if (isHeld) {
        held.add(future);
      } else {
        future.settleAndDrain(endOf(body));
      }
      return future;
    }

    private static Object endOf(Callable<?> body) {
      try {
        return End.of(body.call());
      } catch (Throwable failure) {
        return new End.Failed(failure);
      }
    }

    @Override
    public Submitter asOfThisThread() {
      return this;
    }

    @Override
    public Home home() {
      return Home.NOWHERE;
    }

    @Override
    public boolean encodes() {
      return false;
    }
  }

  private Iterator<Integer> numbers() {
    return Stream.iterate(0, number -> number + 1).peek(read::add).iterator();
  }

  private Results<Integer> map(MapOptions options) {
    return MappedResults.begin(instant, options, number -> number, this::numbers);
  }

  @Test
  void twoInputsAreReadForAResultThatIsThere() {
    Iterator<Integer> results = map(MapOptions.none()).iterator();
    assertEquals(2, read.size());
    for (int taken = 1; taken <= 10; taken++) {
      assertEquals(taken - 1, results.next());
      assertEquals(2 + 2 * taken, read.size());
    }
  }

  @Test
  void theWindowIsFilledWhenNothingIsThere() {
    instant.isHeld = true;
    try (Results<Integer> results = map(MapOptions.none().window(10))) {
      assertEquals(10, read.size());
      assertTrue(results.iterator().hasNext());
      assertEquals(10, read.size());
    }
  }

  @Test
  void theWindowIsFilledThoughWhatWasTakenIsToldOfTwice() {
    instant.tellsTwice = true;
    Iterator<Integer> results = map(MapOptions.none().window(10).unordered()).iterator();
    instant.isHeld = true;
    assertEquals(0, results.next());
    assertEquals(1, results.next());
    assertTrue(results.hasNext());
    assertEquals(2 + 10, read.size());
  }

  @Test
  void theWindowIsNeverExceeded() {
    for (MapOptions options :
        List.of(MapOptions.none().window(3), MapOptions.none().window(3).unordered())) {
      read.clear();
      Iterator<Integer> results = map(options).iterator();
      for (int taken = 1; taken <= 10; taken++) {
        assertEquals(taken - 1, results.next());
        assertFalse(read.size() > taken + 2, () -> "read " + read);
      }
    }
  }

  @Test
  void closeReadsNoMore() {
    Results<Integer> results = map(MapOptions.none().window(4));
    results.close();
    int before = read.size();
    assertFalse(results.iterator().hasNext());
    assertThrows(NoSuchElementException.class, results.iterator()::next);
    assertEquals(before, read.size());
  }

  @Test
  void anErrorOfTheInputIsThrownAtItsPlace() {
    AssertionError broken = new AssertionError("the input broke");
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
    Iterator<Integer> results =
        MappedResults.<Integer, Integer>begin(instant, MapOptions.none(), number -> number, inputs)
            .iterator();
    assertEquals(1, results.next());
    assertSame(broken, assertThrows(AssertionError.class, results::next));
    assertFalse(results.hasNext());
  }

  @Test
  void aRejectedInputHasNoPlaceAndIsReportedAfterThoseBefore() {
    for (MapOptions options :
        List.of(MapOptions.none(), MapOptions.none().unordered(), MapOptions.none().failFast())) {
      instant.accepts = 3;
      Iterator<Integer> results = map(options).iterator();
      for (int taken = 0; taken < 3; taken++) {
        assertEquals(taken, results.next());
      }
      assertThrows(TaskRejectedException.class, results::next);
      assertFalse(results.hasNext());
    }
  }

  @Test
  void whatIsThereIsHandedOutThoughTheTimeIsUp() {
    for (MapOptions options : List.of(MapOptions.none(), MapOptions.none().unordered())) {
      instant.isHeld = false;
      Iterator<Integer> results = map(options.timeout(Duration.ZERO)).iterator();
      instant.isHeld = true;
      assertEquals(0, results.next());
      assertEquals(1, results.next());
      CompletionException late = assertThrows(CompletionException.class, results::next);
      assertInstanceOf(TimeoutException.class, late.getCause());
    }
  }

  @Test
  void noInputIsReadOnceTheTimeIsUp() {
    for (MapOptions way : List.of(MapOptions.none(), MapOptions.none().unordered())) {
      read.clear();
      instant.isHeld = true;
      Results<Integer> mapped = map(way.window(4).timeout(Duration.ZERO));
      instant.held.forEach(future -> future.settleAndDrain(0));
      instant.held.clear();
      List<Integer> inputs = List.copyOf(read);
      Iterator<Integer> results = mapped.iterator();
      inputs.forEach(any -> assertEquals(0, results.next()));
      assertTrue(results.hasNext(), "there are more inputs");
      CompletionException late = assertThrows(CompletionException.class, results::next);
      assertInstanceOf(TimeoutException.class, late.getCause());
      assertFalse(results.hasNext());
      assertTrue(instant.held.isEmpty(), "nothing more is submitted");
    }
  }

  @Test
  void theTimeIsLookedAtAsEachInputHasCome() {
    instant.isHeld = true;
    Duration limit = Duration.ofMillis(50);
    Iterable<Integer> inputs =
        () ->
            Stream.generate(read::size)
                .peek(
                    number -> {
                      read.add(number);
                      long end = System.nanoTime() + limit.toNanos();
                      while (read.size() == 2 && System.nanoTime() - end < 0) {
                        Thread.onSpinWait(); // the time is up as the second input comes
                      }
                    })
                .iterator();
    for (MapOptions way : List.of(MapOptions.none(), MapOptions.none().unordered())) {
      read.clear();
      Iterator<Integer> results =
          MappedResults.<Integer, Integer>begin(
                  instant, way.timeout(limit), number -> number, inputs)
              .iterator();
      assertTrue(read.size() <= 2, () -> "read " + read);
      CompletionException late = assertThrows(CompletionException.class, results::next);
      assertInstanceOf(TimeoutException.class, late.getCause());
      assertTrue(read.size() <= 2, () -> "read " + read);
    }
  }

  @Test
  void aTimeoutOfZeroLeavesTimeForOneWindow() {
    instant.isHeld = true;
    try (Results<Integer> results = map(MapOptions.none().window(10).timeout(Duration.ZERO))) {
      assertEquals(10, read.size());
      assertTrue(results.iterator().hasNext());
      assertEquals(10, read.size());
    }
  }

  @Test
  void aMapWhoseFuturesAreHandedOutIsLateToo() {
    instant.isHeld = true;
    MapOptions options = MapOptions.none().window(2).timeout(Duration.ofMillis(50));
    Iterator<? extends TaskFuture<Integer>> futures = map(options).futures().iterator();
    futures.next();
    futures.next();
    CompletionException late = assertThrows(CompletionException.class, futures::next);
    assertInstanceOf(TimeoutException.class, late.getCause());
    assertEquals(2, read.size());
  }

  @Test
  void aMapIsNotLateIfItsTimeIsUpAfterTheLastInput() {
    Iterator<Integer> results =
        MappedResults.<Integer, Integer>begin(
                instant,
                MapOptions.none().window(2).timeout(Duration.ZERO),
                number -> number,
                List.of(1, 2))
            .iterator();
    assertEquals(1, results.next());
    assertEquals(2, results.next());
    assertFalse(results.hasNext());
    assertThrows(NoSuchElementException.class, results::next);
  }

  @Test
  void aCancelledItemNeitherOvertakesNorEndsAMapThatFailsFast() {
    instant.isHeld = true;
    try (Results<Integer> results = map(MapOptions.none().failFast().window(3))) {
      instant.held.get(1).cancel(true);
      instant.held.get(0).settleAndDrain("first");
      instant.held.get(2).settleAndDrain("third");
      Iterator<? extends Item<?>> items = results.outcomes().iterator();
      assertEquals(new Item.Success<>(0, 0, "first"), items.next());
      Item.Failure<?> cancelled = assertInstanceOf(Item.Failure.class, items.next());
      assertInstanceOf(CancellationException.class, cancelled.cause());
      assertEquals(new Item.Success<>(2, 2, "third"), items.next());
    }
  }

  @Test
  void resultsThatAreNotOnTheDiskYetTakeRoomInTheWindow(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("journal");
    MapOptions options = MapOptions.none().window(4).<Integer>journal(file, number -> number);
    try (Results<Integer> results = map(options)) {
      long empty = Files.size(file);
      Iterator<Integer> values = results.iterator();
      assertEquals(0, values.next());
      assertTrue(values.hasNext());
      boolean isForced = Files.size(file) > empty; // as it is when a tenth of a second has passed
      assertTrue(isForced || read.size() <= 4, () -> "read " + read);
    }
  }

  @Test
  void closeCancelsTheNewestFirstSoThatNoneBeginsInThePlaceOfAnother() {
    instant.isHeld = true;
    List<BodilessFuture<?>> cancelled = new ArrayList<>();
    Results<Integer> results = map(MapOptions.none().window(3));
    instant.held.forEach(future -> future.onDone(done -> cancelled.add(future)));
    results.close();
    assertEquals(instant.held.reversed(), cancelled);
  }

  @Test
  void aFailedItemOfAMapWithAJournalHasItsVeryFailure(@TempDir Path folder) {
    instant.isHeld = true;
    MapOptions options =
        MapOptions.none().window(1).<Integer>journal(folder.resolve("journal"), number -> number);
    try (Results<Integer> results = map(options)) {
      IllegalStateException broken = new IllegalStateException("the item broke");
      instant.held.getFirst().settleAndDrain(new End.Failed(broken));
      assertEquals(new Item.Failure<>(0, 0, broken), results.outcomes().iterator().next());
    }
  }

  @Test
  void aMapThatIsReadToItsEndLeavesItsJournalToTheNext(@TempDir Path folder) {
    Path file = folder.resolve("journal");
    MapOptions options = MapOptions.none().<Integer>journal(file, number -> number);
    for (int run = 0; run < 2; run++) {
      List<Integer> results = new ArrayList<>();
      MappedResults.<Integer, Integer>begin(instant, options, number -> number, List.of(1, 2, 3))
          .forEach(results::add);
      assertEquals(List.of(1, 2, 3), results);
    }
  }
}
