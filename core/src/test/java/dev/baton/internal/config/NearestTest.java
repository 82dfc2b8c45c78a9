package dev.baton.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  @ParameterizedTest
  @CsvSource({
    "workers, workers",
    "worker, workers",
    "workesr, workers",
    "wrkrs, workers",
    "queue-size, queue",
    "timeouts, timeout",
    "limmit, limit",
    "'', limit",
    "lmit, limit"
  })
  void theNearestTakesTheFewestEdits(String word, String nearest) {
    assertEquals(nearest, Nearest.to(word, List.of("timeout", "limit", "workers", "queue")));
  }
}
