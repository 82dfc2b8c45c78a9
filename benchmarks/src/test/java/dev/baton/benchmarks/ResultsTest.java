package dev.baton.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.benchmarks.Results.Cell;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultsTest {

  private static final Cell PEER = new Cell(Measure.ONE_PRODUCER, Subject.THREAD_POOL_EXECUTOR);
  private static final Cell OURS = new Cell(Measure.ONE_PRODUCER, Subject.BATON_THREADS);

  @Test
  void allBenchmarksRun() throws Exception {
    Results.main(new String[] {"smoke"});
  }

  @Test
  void theTableShowsTheRatioToThePeerAndWhetherTheFloorIsReached() {
    String page = new ResultTable(Map.of(PEER, 2.0, OURS, 3.0), Map.of(OURS, 88.0), 3).toMarkdown();

    assertTrue(
        page.contains(
            "| one producer | Baton threads | 3.00 M/s | 1.50 | 88 | ≥ 1.0, ≤ 96 B: reached |"),
        page);
  }

  @Test
  void aFigureBelowItsFloorIsCalledMissed() {
    String slow = new ResultTable(Map.of(PEER, 2.0, OURS, 1.0), Map.of(OURS, 88.0), 3).toMarkdown();
    String fat = new ResultTable(Map.of(PEER, 2.0, OURS, 3.0), Map.of(OURS, 97.0), 3).toMarkdown();

    assertTrue(slow.contains("missed"), slow);
    assertTrue(fat.contains("missed"), fat);
  }

  @Test
  void lessTimeIsBetterAndMoreThroughputIs() {
    assertEquals(2.0, Measure.ROUND_TRIP.ratio(5, 10));
    assertEquals(2.0, Measure.ONE_PRODUCER.ratio(10, 5));
  }
}
