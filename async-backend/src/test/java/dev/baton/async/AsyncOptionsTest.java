package dev.baton.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The options and settings of the event loop. */
class AsyncOptionsTest {

  private static @Nullable String refused(Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }

  @Test
  void eachMethodReturnsAChangedCopy() {
    Executor executor = Runnable::run;
    AsyncOptions options =
        AsyncOptions.defaults()
            .loops(3)
            .slowTask(Duration.ofSeconds(1))
            .strict()
            .blocking(executor)
            .limit(5);
    assertEquals(3, options.loops());
    assertEquals(Duration.ofSeconds(1), options.slowTask());
    assertTrue(options.isStrict());
    assertEquals(executor, options.blocking());
    assertEquals(5, options.common().limit());
    assertEquals("async", options.backend());
    assertEquals(1, AsyncOptions.defaults().loops());
    assertFalse(options.strict(false).isStrict());
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    assertEquals("loops must be at least 1: 0", refused(() -> AsyncOptions.defaults().loops(0)));
    assertEquals(
        "slowTask must be at least 1 ms: PT0S",
        refused(() -> AsyncOptions.defaults().slowTask(Duration.ZERO)));
    String lend = refused(() -> Baton.open(AsyncOptions.defaults().lend(3)));
    assertTrue(String.valueOf(lend).contains("lend is 3"), lend);
  }

  @Test
  void settingsConfigureIt() {
    Map<String, String> settings =
        Map.of("backend", "async", "loops", "2", "slow-task", "1s", "async.strict", "true");
    try (Baton baton = Baton.configured("looping", settings)) {
      assertTrue(baton.dump().contains("baton-looping-2"), baton::dump);
    }
  }

  @Test
  void wrongSettingsAreNamedWithTheKeyAndWhatIsAllowed() {
    for (Map<String, String> wrong :
        java.util.List.of(
            Map.of("backend", "async", "loops", "0"),
            Map.of("backend", "async", "slow-task", "soon"),
            Map.of("backend", "async", "strict", "perhaps"))) {
      String message = refused(() -> Baton.configured("looping", wrong));
      assertTrue(
          wrong.keySet().stream().anyMatch(key -> String.valueOf(message).contains(key)), message);
    }
    String stray =
        refused(
            () -> Baton.configured("looping", Map.of("backend", "async", "workers", "2")).close());
    assertTrue(String.valueOf(stray).contains("workers"), stray);
  }
}
