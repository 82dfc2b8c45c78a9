package dev.baton.verification.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.Item;
import dev.baton.MapOptions;
import dev.baton.Results;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.WorkerLostException;
import dev.baton.process.ProcessOptions;
import dev.baton.testkit.guard.NoLeftovers;
import dev.baton.testkit.guard.Watchdog;
import dev.baton.testkit.signal.Ledger;
import dev.baton.testkit.signal.Signal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

/** What becomes of the items of a chunk whose worker dies. */
@ExtendWith({Watchdog.class, NoLeftovers.class})
class ChunkLossTest {

  private static final List<Integer> INPUTS = IntStream.range(0, 12).boxed().toList();
  private static final int FATAL = 2;

  /** Of so many bytes are the results that go with a word at most, and what is around them. */
  private static final int LIMIT = 32_768;

  private static final List<Integer> QUICK_INPUTS = IntStream.range(0, 50_000).boxed().toList();
  private static final int QUICK_FATAL = 2_000;

  private final Signal deaths = Signal.create();
  private final Ledger ledger = new Ledger(Signal.create(), Signal.create());

  /** Takes longer than items are announced ahead, and is fatal so often. */
  private static int item(Ledger ledger, Signal deaths, int lives, int number) {
    ledger.begin("item " + number);
    if (number == FATAL && deaths.total() < lives) {
      deaths.count();
      Runtime.getRuntime().halt(3);
    }
    return number * 10;
  }

  private List<Item<Integer>> run(MapOptions options, int lives) {
    Ledger begun = ledger;
    Signal died = deaths;
    List<Item<Integer>> items = new ArrayList<>();
    try (Baton baton = Baton.open(ProcessOptions.defaults().workers(1).heap(32));
        Results<Integer> results =
            baton.map(options, number -> item(begun, died, lives, number), INPUTS)) {
      results.outcomes().forEach(items::add);
    }
    assertEquals(INPUTS, items.stream().map(Item::input).toList());
    return items;
  }

  private static List<Object> failedInputs(List<Item<Integer>> items) {
    List<Object> inputs = new ArrayList<>();
    for (Item<Integer> item : items) {
      if (item instanceof Item.Failure<Integer> failed) {
        assertInstanceOf(WorkerLostException.class, failed.cause());
        inputs.add(item.index());
      } else {
        assertEquals(
            new Item.Success<>(item.index(), (int) item.index(), (int) item.index() * 10), item);
      }
    }
    return inputs;
  }

  @Test
  void itFailsTheItemThatHadBegunAloneAndRunsTheOthersElsewhere() {
    List<Item<Integer>> items = run(MapOptions.none().chunk(6), 1);
    assertEquals(List.of((long) FATAL), failedInputs(items));
    for (int input : INPUTS) {
      assertEquals(1, Collections.frequency(ledger.begun(), "item " + input), "of " + input);
    }
  }

  @Test
  void itFailsOneItemAloneWhereChunksAreAutomatic() {
    List<Item<Integer>> items = run(MapOptions.none().chunkAutomatically(), 1);
    assertEquals(List.of((long) FATAL), failedInputs(items));
  }

  @Test
  void idempotentItemsBeginOnceMore() {
    assertEquals(List.of(), failedInputs(run(MapOptions.none().chunk(6).idempotent(), 1)));
    assertEquals(2, Collections.frequency(ledger.begun(), "item " + FATAL));
    assertEquals(1, Collections.frequency(ledger.begun(), "item " + (FATAL - 1)));
    assertEquals(1, Collections.frequency(ledger.begun(), "item 3"));
  }

  @Test
  void itFailsTheItemAloneInAMapOfABodyInAWorkerToo() throws Exception {
    Ledger begun = ledger;
    Signal died = deaths;
    try (Baton baton = Baton.open(ProcessOptions.defaults().workers(2).heap(32))) {
      TaskFuture<ArrayList<Object>> failed =
          baton.submit(
              () -> {
                Baton parent = TaskContext.current().baton();
                List<Item<Integer>> items = new ArrayList<>();
                try (Results<Integer> results =
                    parent.map(
                        MapOptions.none().chunk(6),
                        number -> item(begun, died, 1, number),
                        INPUTS)) {
                  results.outcomes().forEach(items::add);
                }
                return new ArrayList<>(failedInputs(items));
              });
      assertEquals(List.of((long) FATAL), failed.get());
    }
    assertEquals(INPUTS.size(), ledger.begun().size(), "each began once");
  }

  private List<Object> lostOfSized(List<Integer> sizes) {
    ArrayList<Integer> lengths = new ArrayList<>(sizes);
    List<Item<Integer>> items = new ArrayList<>();
    Signal died = deaths;
    try (Baton baton = Baton.open(ProcessOptions.defaults().workers(1).heap(64));
        Results<byte[]> results =
            baton.map(MapOptions.none().chunk(6), number -> sized(lengths, died, number), INPUTS)) {
      results
          .outcomes()
          .forEach(
              item ->
                  items.add(
                      item instanceof Item.Success<byte[]> one
                          ? new Item.Success<>(one.index(), one.input(), one.value()[0] * 10)
                          : new Item.Failure<>(
                              item.index(), item.input(), ((Item.Failure<byte[]>) item).cause())));
    }
    assertEquals(INPUTS, items.stream().map(Item::input).toList());
    assertEquals(1, died.lines().size(), "it is fatal once");
    return failedInputs(items);
  }

  /** Returns so many bytes; those of later items are few. */
  private static byte[] sized(List<Integer> lengths, Signal deaths, int number) {
    if (number == FATAL && deaths.lines().isEmpty()) {
      deaths.append("died");
      Runtime.getRuntime().halt(3);
    }
    deaths.total(); // takes longer than items are announced ahead
    byte[] result = new byte[number < lengths.size() ? lengths.get(number) : 1];
    result[0] = (byte) number;
    return result;
  }

  @Test
  void resultsThatAreTooLargeToGoWithAWordAreLostWithTheirWorker() {
    assertEquals(List.of(1L, (long) FATAL), lostOfSized(List.of(1, 40_000)), "item 0 is small");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 20_000, LIMIT - 100})
  void resultsUpToTheLimitEachGoAheadOfTheNextItem(int size) {
    assertEquals(List.of((long) FATAL), lostOfSized(List.of(size, size)));
  }

  @ParameterizedTest
  @ValueSource(ints = {LIMIT, 1_000_000})
  void resultsAboveTheLimitWaitForTheEndOfTheChunk(int size) {
    assertEquals(List.of(0L, 1L, (long) FATAL), lostOfSized(List.of(size, size)));
  }

  @Test
  void aSmallResultAfterOneThatWaitsWaitsWithIt() {
    assertEquals(List.of(0L, 1L, (long) FATAL), lostOfSized(List.of(LIMIT, 1)));
  }

  @Test
  void anItemThatIsFatalTwiceFailsAlone() {
    List<Item<Integer>> items = run(MapOptions.none().chunk(6).idempotent(), 2);
    assertEquals(List.of((long) FATAL), failedInputs(items));
    assertEquals(2, Collections.frequency(ledger.begun(), "item " + FATAL));
  }

  private static String requestUnlessFatal(Signal deaths, int number) {
    if (number == FATAL && deaths.count() == 1) {
      Runtime.getRuntime().halt(3);
    }
    return String.valueOf(MDC.get("request"));
  }

  @Test
  void whatGoesOnElsewhereHasTheLoggingContextInWhichItWasMapped() {
    Signal died = deaths;
    List<Object> requests = new ArrayList<>();
    MDC.put("request", "42");
    try (Baton baton = Baton.open(ProcessOptions.defaults().workers(1).heap(32));
        Results<String> results =
            baton.map(
                MapOptions.none().chunk(6).idempotent(),
                number -> requestUnlessFatal(died, number),
                INPUTS)) {
      results.forEach(requests::add);
    } finally {
      MDC.remove("request");
    }
    assertEquals(Collections.nCopies(INPUTS.size(), "42"), requests);
    assertEquals(2, died.total(), "a worker was lost");
  }

  /** Is far quicker than items are announced ahead, and is fatal once. */
  private static int quick(Signal deaths, int number) {
    if (number == QUICK_FATAL && deaths.count() == 1) {
      Runtime.getRuntime().halt(3);
    }
    return number;
  }

  private static List<Item<Integer>> runQuick(MapOptions options, Signal deaths) {
    List<Item<Integer>> items = new ArrayList<>();
    try (Baton baton = Baton.open(ProcessOptions.defaults().workers(1).heap(32));
        Results<Integer> results =
            baton.map(
                options.chunk(QUICK_INPUTS.size()),
                number -> quick(deaths, number),
                QUICK_INPUTS)) {
      results.outcomes().forEach(items::add);
    }
    assertEquals(QUICK_INPUTS, items.stream().map(Item::input).toList());
    return items;
  }

  /** Returns the inputs of the items that were lost. */
  private static List<Integer> lostOf(List<Item<Integer>> items) {
    List<Integer> lost = new ArrayList<>();
    for (Item<Integer> item : items) {
      int index = (int) item.index();
      if (item instanceof Item.Failure<Integer> failed) {
        assertInstanceOf(WorkerLostException.class, failed.cause());
        lost.add(index);
      } else {
        assertEquals(new Item.Success<>(index, index, index), item);
      }
    }
    return lost;
  }

  @Test
  void ofQuickItemsItFailsThoseThatMayHaveBegunAndRunsTheOthersElsewhere() {
    int most = 0;
    // on a busy machine items may seem slow, and are then announced one by one
    for (int round = 0; round < 10 && most < 2; round++) {
      Signal died = Signal.create();
      List<Integer> lost = lostOf(runQuick(MapOptions.none(), died));
      assertTrue(lost.contains(QUICK_FATAL), lost::toString);
      int first = lost.getFirst();
      assertEquals(
          IntStream.rangeClosed(first, lost.getLast()).boxed().toList(),
          lost,
          "those that were announced together");
      assertTrue(first > 0, "what had been told has its result");
      assertTrue(lost.getLast() < QUICK_INPUTS.size() - 1, "those not announced run elsewhere");
      assertEquals(1, died.total(), "it did not begin again");
      most = Math.max(most, lost.size());
    }
    assertTrue(most > 1, "quick items are announced ahead");
  }

  @Test
  void quickItemsThatAreIdempotentAllHaveTheirResults() {
    assertEquals(List.of(), lostOf(runQuick(MapOptions.none().idempotent(), deaths)));
    assertEquals(2, deaths.total(), "it began once more");
  }
}
