package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.Item;
import dev.baton.MapOptions;
import dev.baton.Results;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import dev.baton.testkit.signal.Ledger;
import dev.baton.testkit.signal.Signal;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A map with a journal goes on where an earlier one was. */
@Promise(Row.MAP)
public interface JournalContract extends ContractTest {

  /** The ways to map that all tests run with. */
  List<MapOptions> WAYS =
      List.of(MapOptions.none().window(10), MapOptions.none().chunk(3).window(10).unordered());

  private static int failAtThree(Ledger ledger, int number) throws Exception {
    ledger.begin("item " + number);
    if (number == 3) {
      Thrown.CHECKED.raise();
    }
    return number * 10;
  }

  private static MapOptions journaled(MapOptions options, Path file) {
    return options.journal(file, (Integer number) -> "key-" + number);
  }

  private static Results<Integer> run(
      Baton baton, MapOptions options, Ledger ledger, Iterable<Integer> inputs) {
    return baton.map(options, number -> failAtThree(ledger, number), inputs);
  }

  @Test
  default void finishedItemsAreNotRunAgainAndFailedOnesAre(Fixture given, @TempDir Path folder) {
    Baton baton = given.open();
    for (MapOptions way : WAYS) {
      MapOptions options = journaled(way, folder.resolve("journal-" + way.chunk()));
      List<Integer> inputs = IntStream.range(0, 20).boxed().toList();
      Ledger first = given.ledger();
      try (Results<Integer> results = run(baton, options, first, inputs)) {
        results.outcomes().forEach(item -> {});
      }
      assertEquals(20, first.begun().size());

      Ledger second = given.ledger();
      List<Object> values = new ArrayList<>();
      try (Results<Integer> results = run(baton, options, second, inputs)) {
        for (Item<Integer> item : results.outcomes()) {
          if (item instanceof Item.Success<Integer> success) {
            values.add(success.value());
          } else {
            assertEquals(3, item.input());
          }
        }
      }
      assertEquals(List.of("item 3"), second.begun());
      assertEquals(19, values.size());
      assertTrue(values.contains(190), values::toString);
    }
  }

  @Test
  default void whatWasTakenBeforeAStopIsKept(Fixture given, @TempDir Path folder) {
    Baton baton = given.open();
    for (MapOptions way : WAYS) {
      MapOptions options = journaled(way, folder.resolve("journal-" + way.chunk()));
      Ledger first = given.ledger();
      try (Results<Integer> results = run(baton, options, first, new Numbers(1_000))) {
        Iterator<Item<Integer>> items = results.outcomes().iterator();
        for (int taken = 0; taken < 30; taken++) {
          items.next();
        }
      }
      Ledger second = given.ledger();
      List<Integer> inputs = IntStream.range(0, 30).boxed().toList();
      try (Results<Integer> results = run(baton, options, second, inputs)) {
        results.outcomes().forEach(item -> {});
      }
      int again = second.begun().size();
      assertTrue(again <= 10, () -> "no more than a window is repeated: " + again);
    }
  }

  /** Maps twenty numbers, and returns their journal. */
  private static Path journalOfTwenty(Fixture given, Baton baton, Path folder) {
    Path file = folder.resolve("journal");
    MapOptions options = journaled(MapOptions.none().window(10), file);
    assertEquals(20, itemsOf(run(baton, options, given.ledger(), new Numbers(20))).size());
    return file;
  }

  @Test
  default void whatATornTailHasLostIsRunAgain(Fixture given, @TempDir Path folder)
      throws Exception {
    Baton baton = given.open();
    Path file = journalOfTwenty(given, baton, folder);
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 3));
    Ledger again = given.ledger();
    MapOptions options = journaled(MapOptions.none().window(10), file);
    assertEquals(20, itemsOf(run(baton, options, again, new Numbers(20))).size());
    assertEquals(1, again.timesBegun("item 19"));
    assertEquals(0, again.timesBegun("item 0"));
  }

  @Test
  default void aDamagedJournalIsRefused(Fixture given, @TempDir Path folder) throws Exception {
    Baton baton = given.open();
    Path file = journalOfTwenty(given, baton, folder);
    byte[] damaged = Files.readAllBytes(file);
    damaged[damaged.length * 2 / 3] ^= 0x10;
    Files.write(file, damaged);
    Ledger ledger = given.ledger();
    MapOptions options = journaled(MapOptions.none(), file);
    UncheckedIOException refused =
        assertThrows(
            UncheckedIOException.class, () -> run(baton, options, ledger, new Numbers(20)));
    String message = String.valueOf(refused.getMessage());
    assertTrue(message.contains("damaged") && message.contains(file.toString()), message);
    assertArrayEquals(damaged, Files.readAllBytes(file), "it is left as it was");
    assertEquals(List.of(), ledger.begun());
  }

  @Test
  default void nullsAndRecordsAreKept(Fixture given, @TempDir Path folder) {
    Baton baton = given.open();
    MapOptions options =
        MapOptions.none().journal(folder.resolve("journal"), (@Nullable Integer i) -> "k" + i);
    List<@Nullable Integer> inputs = Arrays.asList(1, null);
    for (int round = 0; round < 2; round++) {
      List<@Nullable Object> results = new ArrayList<>();
      try (Results<@Nullable Object> mapped =
          baton.<@Nullable Integer, @Nullable Object>map(
              options, number -> number == null ? null : List.of(number), inputs)) {
        mapped.forEach(results::add);
      }
      assertEquals(Arrays.asList(List.of(1), null), results);
    }
  }

  @Test
  default void aResultThatCannotBeKeptIsAFailedItem(Fixture given, @TempDir Path folder) {
    given.assumeShared();
    MapOptions options = MapOptions.none().journal(folder.resolve("journal"), (Integer i) -> i);
    try (Results<Object> results =
        given.open().map(options, number -> number == 0 ? new Object() : number, List.of(0, 1))) {
      Iterator<Item<Object>> items = results.outcomes().iterator();
      Item.Failure<?> failed = assertInstanceOf(Item.Failure.class, items.next());
      assertTrue(failed.toString().contains("java.lang.Object"), failed::toString);
      assertEquals(new Item.Success<>(1, 1, 1), items.next());
    }
  }

  @Test
  default void aJournalServesOneMapAtATimeAndOneJobOnly(Fixture given, @TempDir Path folder) {
    Baton baton = given.open();
    MapOptions options = journaled(MapOptions.none(), folder.resolve("journal"));
    Ledger ledger = given.ledger();
    try (Results<Integer> results = run(baton, options, ledger, List.of(1))) {
      IllegalStateException used =
          assertThrows(IllegalStateException.class, () -> run(baton, options, ledger, List.of(1)));
      assertTrue(String.valueOf(used.getMessage()).contains("is in use"), used::toString);
      assertThrows(IllegalStateException.class, results::futures);
    }
    IllegalArgumentException other =
        assertThrows(
            IllegalArgumentException.class,
            () -> baton.map(options, AnotherJob.function(), List.of(1)));
    assertTrue(String.valueOf(other.getMessage()).contains("another job"), other::toString);
  }

  private static List<Item<Integer>> doubled(Baton baton, MapOptions options) {
    return itemsOf(baton.map(options, number -> number * 2, List.of(1)));
  }

  private static List<Item<Integer>> tripled(Baton baton, MapOptions options) {
    return itemsOf(baton.map(options, number -> number * 3, List.of(1)));
  }

  @Test
  default void twoMethodsOfOneClassAreTwoJobs(Fixture given, @TempDir Path folder) {
    Baton baton = given.open();
    MapOptions options = journaled(MapOptions.none(), folder.resolve("journal"));
    assertEquals(List.of(new Item.Success<>(0, 1, 2)), doubled(baton, options));
    IllegalArgumentException other =
        assertThrows(IllegalArgumentException.class, () -> tripled(baton, options));
    String message = String.valueOf(other.getMessage());
    assertTrue(message.contains(".doubled(Integer)Integer"), message);
    assertTrue(message.contains(".tripled(Integer)Integer"), message);
    assertEquals(List.of(new Item.Success<>(0, 1, 2)), doubled(baton, options), "it is kept");
  }

  /** The outcomes of a map, in the order of the inputs. */
  private static <R> List<Item<R>> itemsOf(Results<R> results) {
    List<Item<R>> items = new ArrayList<>();
    try (results) {
      results.outcomes().forEach(items::add);
    }
    items.sort(Comparator.comparing(Item::index));
    return items;
  }

  @SuppressWarnings("NullAway") // to break the rule is what is tested
  private static Integer keyBesidesOne(Integer number) {
    return number == 1 ? null : number;
  }

  @Test
  default void aNullKeyFailsItsItemAloneWhichNeverBegins(Fixture given, @TempDir Path folder) {
    Baton baton = given.open();
    for (MapOptions way : WAYS) {
      MapOptions options =
          way.journal(folder.resolve("journal-" + way.chunk()), JournalContract::keyBesidesOne);
      Ledger ledger = given.ledger();
      List<Item<Integer>> items = itemsOf(run(baton, options, ledger, List.of(0, 1, 2)));
      assertEquals(new Item.Success<>(0, 0, 0), items.get(0));
      Item.Failure<?> failed = assertInstanceOf(Item.Failure.class, items.get(1));
      assertEquals(1, failed.input());
      String message = String.valueOf(failed.cause().getMessage());
      assertTrue(message.contains("key of input 1 is null"), failed::toString);
      assertEquals(new Item.Success<>(2, 2, 20), items.get(2));
      assertEquals(0, ledger.timesBegun("item 1"));
    }
  }

  @Test
  default void whatTheKeyThrowsFailsItsItemAlone(Fixture given, @TempDir Path folder) {
    Baton baton = given.open();
    IllegalStateException broken = new IllegalStateException("no key");
    for (MapOptions way : WAYS) {
      MapOptions options =
          way.journal(
              folder.resolve("journal-" + way.chunk()),
              (Integer number) -> {
                if (number == 1) {
                  throw broken;
                }
                return number;
              });
      Ledger ledger = given.ledger();
      List<Item<Integer>> items = itemsOf(run(baton, options, ledger, List.of(0, 1, 2)));
      assertEquals(
          List.of(
              new Item.Success<>(0, 0, 0),
              new Item.Failure<>(1, 1, broken),
              new Item.Success<>(2, 2, 20)),
          items);
      assertEquals(0, ledger.timesBegun("item 1"));
    }
  }

  @Test
  default void aKeyThatThrowsEndsAMapThatFailsFast(Fixture given, @TempDir Path folder) {
    Baton baton = given.open();
    IllegalStateException broken = new IllegalStateException("no key");
    MapOptions options =
        MapOptions.none()
            .failFast()
            .journal(
                folder.resolve("journal"),
                (Integer number) -> {
                  throw broken;
                });
    Ledger ledger = given.ledger();
    Iterator<Integer> results = run(baton, options, ledger, List.of(0, 1)).iterator();
    CompletionException failed = assertThrows(CompletionException.class, results::next);
    assertSame(broken, failed.getCause());
    assertFalse(results.hasNext());
    assertEquals(List.of(), ledger.begun());
  }

  @Test
  default void theKeyOfTwoInputsIsMadeOfBoth(Fixture given, @TempDir Path folder) {
    Baton baton = given.open();
    for (MapOptions way : WAYS) {
      MapOptions options =
          way.journal(
              folder.resolve("journal-" + way.chunk()),
              (List<Integer> both) -> both.get(0) + "/" + both.get(1));
      Ledger first = given.ledger();
      sumsOf(baton, options, first, List.of(0, 1), List.of(0, 1));
      assertEquals(List.of("0+0", "1+1"), first.begun().stream().sorted().toList());
      Ledger again = given.ledger();
      assertEquals(
          List.of(
              new Item.Success<>(0, List.of(0, 0), 0),
              new Item.Success<>(1, List.of(1, 1), 2),
              new Item.Success<>(2, List.of(1, 2), 3)),
          sumsOf(baton, options, again, List.of(0, 1, 1), List.of(0, 1, 2)));
      assertEquals(List.of("1+2"), again.begun(), "the others were kept");
    }
  }

  private static int add(Ledger ledger, int first, int second) {
    ledger.begin(first + "+" + second);
    return first + second;
  }

  private static List<Item<Integer>> sumsOf(
      Baton baton,
      MapOptions options,
      Ledger ledger,
      Iterable<Integer> firsts,
      Iterable<Integer> seconds) {
    return itemsOf(
        baton.map(
            options,
            (Integer first, Integer second) -> add(ledger, first, second),
            firsts,
            seconds));
  }

  @Test
  default void whatWasTakenOutOfTurnIsNotRunAgain(Fixture given, @TempDir Path folder) {
    Baton baton = given.open(Shape.atLeast(2));
    MapOptions options =
        journaled(MapOptions.none().unordered().window(4), folder.resolve("journal"));
    Signal gate = given.signal();
    List<Object> taken = new ArrayList<>();
    try (Results<Integer> results = runBehind(baton, options, given.ledger(), gate)) {
      Iterator<Item<Integer>> items = results.outcomes().iterator();
      for (int i = 0; i < 6; i++) {
        taken.add(items.next().input());
      }
    }
    assertFalse(taken.contains(0), "it waits");
    gate.open();
    Ledger again = given.ledger();
    List<Item<Integer>> items = itemsOf(runBehind(baton, options, again, gate));
    assertEquals(IntStream.range(0, 20).boxed().toList(), items.stream().map(Item::input).toList());
    for (Item<Integer> item : items) {
      assertEquals(new Item.Success<>(item.index(), (int) item.index(), (int) item.index()), item);
    }
    for (int input = 0; input < 20; input++) {
      assertEquals(taken.contains(input) ? 0 : 1, again.timesBegun("item " + input));
    }
  }

  /** Maps twenty numbers, of which the first waits at a gate. */
  private static Results<Integer> runBehind(
      Baton baton, MapOptions options, Ledger ledger, Signal gate) {
    return baton.map(
        options,
        number -> {
          ledger.begin("item " + number);
          if (number == 0) {
            gate.await();
          }
          return number;
        },
        IntStream.range(0, 20).boxed().toList());
  }
}
