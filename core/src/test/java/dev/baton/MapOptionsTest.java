package dev.baton;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MapOptionsTest {

  private static final MapOptions NONE = MapOptions.none();
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void nothingIsAskedForByDefault() {
    assertEquals(256, NONE.window());
    assertEquals(1, NONE.chunk());
    assertFalse(
        NONE.isUnordered() || NONE.isFailFast() || NONE.isIdempotent() || NONE.isChunkAutomatic());
    assertNull(NONE.timeout());
    assertNull(NONE.journal());
  }

  @Test
  void eachMethodChangesOneOptionOfACopy() {
    assertEquals(5, NONE.window(5).window());
    assertEquals(7, NONE.chunk(7).chunk());
    assertTrue(NONE.chunkAutomatically().isChunkAutomatic());
    assertTrue(NONE.unordered().isUnordered());
    assertTrue(NONE.failFast().isFailFast());
    assertTrue(NONE.idempotent().isIdempotent());
    assertEquals(SECOND, NONE.timeout(SECOND).timeout());
    Function<String, Integer> key = String::length;
    assertEquals(
        new MapOptions.Journal(Path.of("j"), key), NONE.journal(Path.of("j"), key).journal());
    assertEquals(MapOptions.none(), NONE);
    MapOptions all = NONE.window(5).chunk(2).unordered().failFast().idempotent().timeout(SECOND);
    assertEquals(NONE.timeout(SECOND).idempotent().failFast().unordered().chunk(2).window(5), all);
    assertEquals(all.hashCode(), all.window(5).hashCode());
    assertNotEquals(all, all.chunk(3));
  }

  @Test
  void chunksAndTheWindowFitEachOther() {
    assertEquals(256, NONE.chunk(10).window());
    assertEquals(8_000, NONE.chunk(1_000).window());
    assertEquals(Integer.MAX_VALUE, NONE.chunk(Integer.MAX_VALUE).window());
    assertEquals(50, NONE.chunk(1_000).window(50).chunk(), "cut to the window");
    assertEquals(8_192, NONE.chunkAutomatically().window());
    assertEquals(1_024, NONE.chunkAutomatically().chunk());
    assertEquals(1, NONE.chunkAutomatically().window(5).chunk());
  }

  @Test
  void theTextNamesWhatIsSet() {
    assertEquals("MapOptions[window 256]", NONE.toString());
    assertEquals(
        "MapOptions[window 5, automatic chunks, unordered, fail fast, idempotent, timeout PT1S,"
            + " journal done.journal]",
        NONE.window(5)
            .chunkAutomatically()
            .unordered()
            .failFast()
            .idempotent()
            .timeout(SECOND)
            .journal(Path.of("done.journal"), Function.identity())
            .toString());
    assertEquals("MapOptions[window 256, chunk 3]", NONE.chunk(3).toString());
  }

  @Test
  @SuppressWarnings("NullAway") // null is the point
  void sizesAndDurationsAreChecked() {
    assertEquals("window must be at least 1: 0", messageOf(() -> NONE.window(0)));
    assertEquals("chunk must be at least 1: -1", messageOf(() -> NONE.chunk(-1)));
    assertEquals(
        "timeout must not be negative: PT-1S", messageOf(() -> NONE.timeout(SECOND.negated())));
    assertEquals(Duration.ZERO, NONE.timeout(Duration.ZERO).timeout(), "an immediate look");
    assertThrows(NullPointerException.class, () -> NONE.timeout(null));
    assertThrows(NullPointerException.class, () -> NONE.journal(null, Function.identity()));
    assertThrows(NullPointerException.class, () -> NONE.journal(Path.of("j"), null));
  }

  private static @Nullable String messageOf(Runnable call) {
    return assertThrows(IllegalArgumentException.class, call::run).getMessage();
  }
}
