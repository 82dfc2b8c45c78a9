package dev.baton.internal.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.MapOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChunkSizeTest {

  private static final int WINDOW = 800_000;
  private static final int MOST = WINDOW / 8;

  private final ChunkSize size = automatic(WINDOW);

  private static ChunkSize automatic(int window) {
    return ChunkSize.of(MapOptions.none().chunkAutomatically().window(window));
  }

  /** Tells of a chunk of the present size whose items took so long each. */
  private static void runChunk(ChunkSize size, long nanosEach) {
    size.measured(nanosEach * size.next(), size.next());
  }

  private static void runChunks(ChunkSize size, int chunks, long nanosEach) {
    for (int i = 0; i < chunks; i++) {
      runChunk(size, nanosEach);
    }
  }

  @Test
  void aGivenSizeStaysAsItIsWhateverIsMeasured() {
    ChunkSize given = ChunkSize.of(MapOptions.none().chunk(50));
    assertFalse(given.isMeasured());
    for (long nanos : new long[] {0, 1_000, TimeUnit.HOURS.toNanos(1)}) {
      given.measured(nanos, 50);
      assertEquals(50, given.next());
    }
  }

  @Test
  void aGivenSizeIsCutToTheWindow() {
    assertEquals(10, ChunkSize.of(MapOptions.none().chunk(50).window(10)).next());
  }

  @Test
  void automaticChunksBeginWithOneItem() {
    assertTrue(size.isMeasured());
    assertEquals(1, size.next());
  }

  @Test
  void aChunkIsAtMostEightTimesAsLargeAsTheOneThatWasMeasured() {
    for (int expected : new int[] {8, 64, 512, 4_096}) {
      runChunk(size, 1_000);
      assertEquals(expected, size.next());
    }
  }

  @Test
  void chunksGrowUntilOneTakesATenthOfASecond() {
    runChunks(size, 10, 20_000);
    assertEquals(5_000, size.next());
    runChunks(size, 10, 20_000);
    assertEquals(Duration.ofMillis(100), Duration.ofNanos(20_000L * size.next()));
  }

  @Test
  void chunksGrowToAnEighthOfTheWindowAtMost() {
    runChunks(size, 20, 1);
    assertEquals(MOST, size.next());
  }

  @Test
  void aWindowThatHasNoEighthHasChunksOfOne() {
    for (int window : new int[] {1, 7, 15}) {
      ChunkSize small = automatic(window);
      runChunks(small, 3, 1);
      assertEquals(1, small.next(), () -> "window " + window);
    }
  }

  @Test
  void itemsThatTakeLongerThanAHundredMicrosecondsTravelAlone() {
    size.measured(100_001, 1);
    assertEquals(1, size.next());
    size.measured(100_000, 1);
    assertEquals(8, size.next());
    size.measured(8 * 100_001, 8);
    assertEquals(1, size.next());
  }

  @Test
  void chunksShrinkWhenItemsGetSlower() {
    runChunks(size, 10, 10_000);
    assertEquals(10_000, size.next());
    runChunk(size, 50_000);
    assertEquals(2_000, size.next());
    runChunk(size, TimeUnit.SECONDS.toNanos(1));
    assertEquals(1, size.next());
  }

  @Test
  void chunksGrowAgainWhenItemsGetQuickAgain() {
    runChunks(size, 10, 10_000);
    runChunk(size, TimeUnit.MILLISECONDS.toNanos(1));
    assertEquals(1, size.next());
    runChunks(size, 10, 10_000);
    assertEquals(10_000, size.next());
  }

  @Test
  void aChunkWithoutItemsSaysNothing() {
    runChunk(size, 1_000);
    size.measured(TimeUnit.SECONDS.toNanos(1), 0);
    size.measured(0, 0);
    assertEquals(8, size.next());
  }

  @Test
  void itemsTooQuickToMeasureGrowAsTheQuickestDo() {
    size.measured(0, 1);
    assertEquals(8, size.next());
    size.measured(0, 8);
    assertEquals(64, size.next());
  }

  @Test
  void whatAPartOfAChunkTookCountsForThatPart() {
    runChunks(size, 10, 10_000);
    size.measured(40 * 10_000, 40);
    assertEquals(320, size.next());
  }

  @Test
  void theLargestWindowAndTheSlowestItemsDoNotOverflow() {
    ChunkSize largest = automatic(Integer.MAX_VALUE);
    runChunks(largest, 20, 1);
    assertEquals(100_000_000, largest.next());
    largest.measured(Long.MAX_VALUE, largest.next());
    assertEquals(1, largest.next());
    largest.measured(0, Integer.MAX_VALUE);
    assertEquals(100_000_000, largest.next());
  }
}
