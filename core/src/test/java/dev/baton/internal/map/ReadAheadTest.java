package dev.baton.internal.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.MapOptions;
import dev.baton.Results;
import dev.baton.TaskOptions;
import dev.baton.TaskRejectedException;
import dev.baton.internal.future.BatonFuture;
import dev.baton.internal.future.BodilessFuture;
import dev.baton.internal.future.End;
import dev.baton.internal.future.Home;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadAheadTest {

  private final List<Integer> read = new ArrayList<>();
  private final Instant instant = new Instant();

  /** Runs tasks at once, or leaves them pending. */
  private static final class Instant implements Submitter {
    boolean isHeld;
    int accepts = Integer.MAX_VALUE;

    @Override
    public <T extends @Nullable Object> BatonFuture<T> submit(
        TaskOptions options, Callable<? extends T> body, Consumer<? super BatonFuture<T>> first) {
      BodilessFuture<T> future = BodilessFuture.pending();
      first.accept(future);
      if (accepts-- == 0) {
        TaskRejectedException rejected = new TaskRejectedException("no more", null);
        future.settleAndDrain(new End.Failed(rejected));
        throw rejected;
      }
      if (!isHeld) {
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
}
