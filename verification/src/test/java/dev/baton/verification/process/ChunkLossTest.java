package dev.baton.verification.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.baton.Baton;
import dev.baton.Item;
import dev.baton.MapOptions;
import dev.baton.Results;
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

/** What becomes of the items of a chunk whose worker dies. */
@ExtendWith({Watchdog.class, NoLeftovers.class})
class ChunkLossTest {

  private static final List<Integer> INPUTS = IntStream.range(0, 12).boxed().toList();
  private static final int FATAL = 2;

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
  void itFailsTheItemsThatHadBegunAndRunsTheOthersElsewhere() {
    List<Item<Integer>> items = run(MapOptions.none().chunk(6), 1);
    assertEquals(List.of(0L, 1L, 2L), failedInputs(items), "those whose results had not arrived");
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
    assertEquals(1, Collections.frequency(ledger.begun(), "item 3"));
  }

  @Test
  void anItemThatIsFatalTwiceFailsAlone() {
    List<Item<Integer>> items = run(MapOptions.none().chunk(6).idempotent(), 2);
    assertEquals(List.of((long) FATAL), failedInputs(items));
    assertEquals(2, Collections.frequency(ledger.begun(), "item " + FATAL));
  }
}
