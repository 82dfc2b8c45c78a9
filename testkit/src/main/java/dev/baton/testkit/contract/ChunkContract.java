package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Await;
import dev.baton.Baton;
import dev.baton.BatonStats;
import dev.baton.Item;
import dev.baton.MapOptions;
import dev.baton.Results;
import dev.baton.TaskContext;
import dev.baton.TaskFunction;
import dev.baton.TaskFuture;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Eventually;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/** Items that travel together are as independent as items that travel alone. */
@Promise(Row.MAP)
public interface ChunkContract extends ContractTest {

  /** The ways to make chunks that all tests run with. */
  List<MapOptions> CHUNKED =
      List.of(
          MapOptions.none().chunk(7), MapOptions.none().chunkAutomatically().window(100),
          MapOptions.none().chunk(1_000).window(10), MapOptions.none().chunk(5).unordered());

  @Test
  default void everyItemHasItsOwnResult(Fixture given) {
    Baton baton = given.open();
    for (MapOptions options : CHUNKED) {
      List<Item<Integer>> items =
          Taken.items(baton.map(options, (Integer number) -> number + 1, new Numbers(500)));
      assertEquals(500, items.size(), options::toString);
      for (Item<Integer> item : items) {
        int expected = (int) item.index() + 1;
        assertEquals(new Item.Success<>(item.index(), (int) item.index(), expected), item);
      }
    }
  }

  @Test
  default void theOrderIsThatOfTheInputs(Fixture given) {
    Baton baton = given.open(Shape.atLeast(2));
    MapOptions options = MapOptions.none().chunk(10).window(40);
    try (Results<Integer> mapped =
        baton.map(options, (Integer number) -> number, new Numbers(1_000))) {
      assertEquals(IntStream.range(0, 1_000).boxed().toList(), mapped.stream().toList());
    }
  }

  @Test
  default void nullsTravelInChunks(Fixture given) {
    List<@Nullable Integer> inputs = Arrays.asList(1, null, 3);
    List<@Nullable Integer> results = new ArrayList<>();
    try (Results<@Nullable Integer> mapped =
        given
            .open()
            .<@Nullable Integer, @Nullable Integer>map(
                MapOptions.none().chunk(3), number -> number, inputs)) {
      mapped.forEach(results::add);
    }
    assertEquals(inputs, results);
  }

  @Test
  default void twoInputsTravelInChunks(Fixture given) {
    try (Results<String> mapped =
        given
            .open()
            .map(
                MapOptions.none().chunk(2),
                (String text, Integer times) -> text.repeat(times),
                List.of("a", "b", "c"),
                List.of(1, 2, 3, 4))) {
      assertEquals(List.of("a", "bb", "ccc"), mapped.stream().toList());
    }
  }

  @Test
  default void noMoreThanTheWindowIsReadAheadInChunks(Fixture given) {
    Baton baton = given.open();
    Numbers inputs = new Numbers(Integer.MAX_VALUE);
    for (MapOptions options :
        List.of(MapOptions.none().chunk(4), MapOptions.none().chunkAutomatically())) {
      int before = inputs.read();
      try (Results<Integer> mapped =
          baton.map(options.window(10), (Integer number) -> number, inputs)) {
        Iterator<Integer> results = mapped.iterator();
        for (int taken = 1; taken <= 100; taken++) {
          results.next();
          int ahead = inputs.read() - before - taken;
          assertTrue(ahead <= 10, () -> "read ahead: " + ahead);
        }
      }
    }
  }

  @Test
  default void anItemLeavesNothingBehindForTheNext(Fixture given) {
    Baton baton = given.open(Shape.atLeast(1));
    List<Item<String>> items =
        Taken.items(
            baton.map(
                MapOptions.none().chunk(4),
                number -> {
                  Thread thread = Thread.currentThread();
                  String found = thread.isInterrupted() + " " + MDC.get("item");
                  thread.interrupt();
                  MDC.put("item", "left behind");
                  thread.setName("renamed by item " + number);
                  thread.setContextClassLoader(null);
                  return found;
                },
                List.of(0, 1, 2, 3)));
    for (Item<String> item : items) {
      assertEquals("false null", assertInstanceOf(Item.Success.class, item).value());
    }
  }

  /** Knows how often it was sent. */
  final class Counted implements TaskFunction<Integer, Integer> {
    private static final long serialVersionUID = 1;

    /** Stays where it was made. */
    private final transient AtomicInteger sent = new AtomicInteger();

    Counted() {}

    int sent() {
      return sent.get();
    }

    @Override
    public Integer apply(Integer number) {
      return number + 1;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
      sent.incrementAndGet();
      out.defaultWriteObject();
    }
  }

  @Test
  default void aChunkTakesItsFunctionAlongOnce(Fixture given) {
    Baton baton = given.open();
    Counted counted = new Counted();
    for (int size : new int[] {10, 50}) {
      int before = counted.sent();
      MapOptions options = MapOptions.none().chunk(size).window(100);
      try (Results<Integer> mapped = baton.map(options, counted, new Numbers(400))) {
        assertEquals(IntStream.rangeClosed(1, 400).boxed().toList(), mapped.stream().toList());
      }
      int chunks = 400 / size;
      int sent = counted.sent() - before - 1; // the testkit looks once whether it can travel
      assertEquals(baton.capabilities().encodes() ? chunks : 0, sent, () -> "chunks of " + size);
    }
  }

  @Test
  default void inputsThatComeSlowlyDoNotWaitForAChunkToFill(Fixture given) throws Exception {
    Baton baton = given.open();
    int quick = 500;
    int slow = 8;
    Iterable<Integer> inputs =
        () ->
            IntStream.range(0, quick + slow)
                .boxed()
                .peek(
                    number -> {
                      if (number >= quick) {
                        passTime(Duration.ofMillis(12));
                      }
                    })
                .iterator();
    List<TaskFuture<Integer>> futures;
    try (Results<Integer> mapped =
        baton.map(
            MapOptions.none().chunkAutomatically().window(64),
            (Integer number) -> number,
            inputs)) {
      futures = Taken.futures(mapped);
      for (int index = 0; index < quick + slow; index++) {
        assertEquals(index, futures.get(index).get());
      }
    }
    List<Long> tasks =
        futures.subList(quick, quick + slow).stream().map(future -> future.info().id()).toList();
    assertEquals(slow, Set.copyOf(tasks).size(), () -> "each alone: " + tasks);
  }

  @Test
  default void quickItemsComeToTravelInFewTasks(Fixture given) {
    Baton baton = given.open();
    MapOptions options = MapOptions.none().chunkAutomatically().window(256);
    try (Results<Integer> mapped =
        baton.map(options, (Integer number) -> number, new Numbers(Integer.MAX_VALUE))) {
      boolean areFew = false;
      // on a busy machine quick items may seem slow for a while
      for (int first = 0; first < 30_000 && !areFew; first += 1_000) {
        long before = baton.stats().submitted();
        for (int expected = first; expected < first + 1_000; expected++) {
          assertEquals(expected, mapped.iterator().next());
        }
        areFew = baton.stats().submitted() - before <= 1_000 / 8; // chunks are of 32 at best
      }
      assertEquals(baton.capabilities().encodes(), areFew, "where tasks are sent, and only there");
    }
  }

  @Test
  default void itemsThatHaveBecomeSlowTravelAlone(Fixture given) {
    Baton baton = given.open();
    int quick = 1_000;
    int window = 32;
    int slow = 3 * window;
    List<Long> tasks = new ArrayList<>();
    try (Results<Long> mapped =
        baton.map(
            MapOptions.none().chunkAutomatically().window(window),
            number -> {
              if (number >= quick) {
                Await.sleep(Duration.ofMillis(1));
              }
              return TaskContext.current().id();
            },
            new Numbers(quick + slow))) {
      mapped.forEach(tasks::add);
    }
    // a window of them may be read before the first is over, and is over when the next one is read
    List<Long> last = tasks.subList(quick + 2 * window, quick + slow);
    assertEquals(last.size(), Set.copyOf(last).size(), () -> "each alone: " + last);
  }

  private static boolean isIdle(Baton baton) {
    BatonStats stats = baton.stats();
    return stats.pending() + stats.running() == 0;
  }

  /** Takes so long, which is too short to sleep. */
  private static void compute(Duration time) {
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < time.toNanos()) {
      Thread.onSpinWait();
    }
  }

  @Test
  default void automaticChunksGrowNoFurtherThanTheirTimeAllows(Fixture given) {
    Baton baton = given.open();
    int quick = 5_000;
    Duration each = Duration.ofNanos(10_000);
    long fitting = Duration.ofMillis(100).dividedBy(each);
    int window = (int) (10 * fitting); // of which an eighth would be more
    AtomicInteger read = new AtomicInteger();
    Iterable<Integer> inputs =
        () ->
            Stream.generate(read::getAndIncrement)
                .peek(
                    number -> {
                      if (number == 1) { // or the first window would be full of chunks of one
                        Eventually.holds("the first item is over", () -> isIdle(baton));
                      }
                    })
                .iterator();
    try (Results<Integer> mapped =
        baton.map(
            MapOptions.none().chunkAutomatically().window(window),
            number -> {
              if (number >= quick) {
                compute(each);
              }
              return number;
            },
            inputs)) {
      int slow = 0;
      for (int taken = 0; taken < 50 && slow < 3; taken++) {
        Eventually.holds("all that was read is over", () -> isIdle(baton));
        int first = read.get();
        long tasks = baton.stats().submitted();
        assertEquals(taken, mapped.iterator().next());
        int items = read.get() - first;
        long chunks = baton.stats().submitted() - tasks;
        slow += first >= quick ? 1 : 0;
        if (slow == 3) { // how long the first took may be told while the second are read
          assertTrue(items <= chunks * fitting, () -> items + " items in " + chunks);
        }
      }
    }
  }

  @Test
  default void noMoreThanTheWindowIsReadAheadOnceChunksHaveGrown(Fixture given) {
    Baton baton = given.open();
    int window = 64;
    MapOptions options = MapOptions.none().chunkAutomatically().window(window);
    for (MapOptions way : List.of(options, options.unordered())) {
      long before = baton.stats().submitted();
      Numbers inputs = new Numbers(Integer.MAX_VALUE);
      Results<Integer> mapped = baton.map(way, (Integer number) -> number, inputs);
      int taken = 0;
      for (int grown = 0; grown < 500; taken++) {
        mapped.iterator().next();
        int ahead = inputs.read() - taken - 1;
        assertTrue(ahead <= window, () -> "read ahead: " + ahead);
        long tasks = baton.stats().submitted() - before;
        grown += !baton.capabilities().encodes() || tasks < inputs.read() ? 1 : 0;
        assertTrue(taken < 50_000, "chunks do not grow");
      }
      mapped.close();
      int read = inputs.read();
      assertFalse(mapped.iterator().hasNext());
      Eventually.holds("all are over", () -> isIdle(baton));
      assertEquals(read, inputs.read(), "it reads no further");
    }
  }

  /** Is as slow as a source of inputs may be. */
  private static void passTime(Duration time) {
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < time.toNanos()) {
      LockSupport.parkNanos(time.toNanos());
    }
  }
}
