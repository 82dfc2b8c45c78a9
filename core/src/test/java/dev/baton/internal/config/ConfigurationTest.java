package dev.baton.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.BackendOptions;
import dev.baton.Overflow;
import dev.baton.ThreadOptions;
import dev.baton.VirtualOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {

  private static BackendOptions threads(String... more) {
    Map<String, String> settings = new LinkedHashMap<>(Map.of("backend", "threads"));
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return Opened.with("reports", settings).options();
  }

  @Test
  void theBackendAloneIsEnough() {
    assertEquals(
        new Opened("reports", "virtual", VirtualOptions.defaults()),
        Opened.with("reports", Map.of("backend", "virtual")));
  }

  @Test
  void everySettingReachesTheOptions() {
    assertEquals(
        ThreadOptions.defaults()
            .workers(3)
            .queue(7)
            .overflow(Overflow.CALLER_RUNS)
            .timeout(Duration.ofSeconds(30))
            .limit(2)
            .lend(0),
        threads(
            "workers",
            "3",
            "queue",
            "7",
            "overflow",
            "caller-runs",
            "timeout",
            "30s",
            "limit",
            "2",
            "lend",
            "0"));
  }

  @Test
  void theNameMayHaveLettersAndDigits() {
    assertEquals("0reports9", Opened.with("0reports9", Map.of("backend", "virtual")).executor());
  }

  @Test
  void valuesAreStripped() {
    assertEquals(
        ThreadOptions.defaults().workers(3),
        Opened.with("reports", Map.of("backend", " threads ", "workers", "\t3 ")).options());
  }

  @ParameterizedTest
  @CsvSource({
    "1ms, PT0.001S",
    "500ms, PT0.5S",
    "30s, PT30S",
    "30 s, PT30S",
    "5m, PT5M",
    "2h, PT2H",
    "PT1M30S, PT1M30S",
    "P1D, PT24H",
    "pt0.25s, PT0.25S",
    "007s, PT7S"
  })
  void aTimeIsGivenInAnyUnit(String text, Duration expected) {
    assertEquals(ThreadOptions.defaults().timeout(expected), threads("timeout", text));
  }

  @ParameterizedTest
  @CsvSource({"block, BLOCK", "reject, REJECT", "Reject, REJECT", "CALLER-RUNS, CALLER_RUNS"})
  void aChoiceIsGivenInKebabCase(String text, Overflow expected) {
    assertEquals(
        ThreadOptions.defaults().queue(1).overflow(expected),
        threads("queue", "1", "overflow", text));
  }

  @Test
  void aSettingScopedToTheChosenBackendWinsOverTheGeneralOne() {
    assertEquals(
        ThreadOptions.defaults().workers(5).lend(1),
        threads("workers", "4", "threads.workers", "5", "threads.lend", "1"));
  }

  @Test
  void aSettingScopedToAnotherBackendIsNotRead() {
    assertEquals(
        ThreadOptions.defaults(),
        threads("virtual.limit", "many", "toy.paint-shade", "-", "toy.workers", "0"));
  }

  @Test
  void aSettingScopedToABackendOfBatonsThatIsNotThereIsNotRead() {
    assertEquals(
        ThreadOptions.defaults(),
        threads("process.workers", "4", "process.java-home", "/jdk", "async.loops", "2"));
  }

  @Test
  void oneSettingSwapsTheBackend() {
    Map<String, String> settings =
        new HashMap<>(Map.of("threads.workers", "4", "virtual.limit", "500", "timeout", "1s"));
    settings.put("backend", "threads");
    assertEquals(
        ThreadOptions.defaults().workers(4).timeout(Duration.ofSeconds(1)),
        Opened.with("reports", settings).options());
    settings.put("backend", "virtual");
    assertEquals(
        VirtualOptions.defaults().limit(500).timeout(Duration.ofSeconds(1)),
        Opened.with("reports", settings).options());
  }

  @Test
  void givenSettingsAreReadAndNothingElse() {
    System.setProperty("baton.reports.workers", "not read");
    try {
      assertEquals(ThreadOptions.defaults(), threads());
    } finally {
      System.clearProperty("baton.reports.workers");
    }
  }

  @Test
  void givenSettingsAreLeftAsTheyWere() {
    Map<String, String> settings = new HashMap<>(Map.of("backend", "threads", "workers", "2"));
    Opened.with("reports", settings);
    assertEquals(Map.of("backend", "threads", "workers", "2"), settings);
  }
}
