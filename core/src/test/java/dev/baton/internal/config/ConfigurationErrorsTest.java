package dev.baton.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.BackendException;
import dev.baton.Baton;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole messages: what is wrong, the value, how to mend it. */
class ConfigurationErrorsTest {

  private static @Nullable String messageOf(String backend, String... more) {
    Map<String, String> settings = new HashMap<>(Map.of("backend", backend));
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return assertThrows(
            IllegalArgumentException.class,
            () -> Opened.with("reports", settings),
            () -> Arrays.toString(more))
        .getMessage();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Reports", "re-ports", "re.ports", "re_ports", "rapport\u00e9", " a"})
  void aNameHasFewCharacters(String name) {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> Opened.with(name, Map.of("backend", "virtual")));
    assertEquals(
        "The name of an executor consists of the characters a-z and 0-9, unlike \"" + name + "\".",
        refused.getMessage());
  }

  @Test
  void theBackendIsNeeded() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class, () -> Opened.with("reports", Map.of("workers", "4")));
    assertEquals(
        "There is no setting \"backend\". Set it to one of: threads, toy, virtual.",
        refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"wokers, workers", "Workers, workers", "que, queue", "time-out, timeout"})
  void anUnknownSettingIsRefusedWithTheNearestThatThereIs(String key, String nearest) {
    assertEquals(
        "There is no setting \""
            + key
            + "\". Did you mean \""
            + nearest
            + "\"? Backend threads has: timeout, limit, lend, portable, workers, queue, overflow, backend.",
        messageOf("threads", key, "4"));
  }

  @Test
  void aMisspeltBackendSettingIsFoundThoughTheBackendIsThere() {
    assertEquals(
        "There is no setting \"backends\". Did you mean \"backend\"? Backend virtual has: timeout,"
            + " limit, lend, portable, backend.",
        messageOf("virtual", "backends", "threads"));
  }

  @Test
  void anUnknownSettingScopedToABackendIsRefusedWithTheNearestOfThatBackend() {
    String ofToy =
        "Backend toy has: toy.timeout, toy.limit, toy.lend, toy.portable, toy.workers, toy.paint-shade.";
    assertEquals(
        "There is no setting \"toy.paint-shape\". Did you mean \"toy.paint-shade\"? " + ofToy,
        messageOf("threads", "toy.paint-shape", "4"));
    assertEquals(
        "There is no setting \"toy.limits\". Did you mean \"toy.limit\"? " + ofToy,
        messageOf("toy", "toy.limits", "4"));
    assertEquals(
        "There is no setting \"virtual.workers\". Did you mean \"virtual.lend\"? Backend virtual"
            + " has: virtual.timeout, virtual.limit, virtual.lend, virtual.portable.",
        messageOf("threads", "virtual.workers", "4"));
  }

  @Test
  void aSettingScopedToNoBackendIsRefused() {
    assertEquals(
        "There is no setting \"thread.workers\". Did you mean \"workers\"? Backend threads has:"
            + " timeout, limit, lend, portable, workers, queue, overflow, backend.",
        messageOf("threads", "thread.workers", "4"));
  }

  @Test
  void ofSeveralUnknownSettingsTheFirstInTheAlphabetIsNamed() {
    for (String[] more :
        new String[][] {{"zeal", "1", "apple", "2"}, {"mine", "1", "apple", "2", "zeal", "3"}}) {
      assertEquals("There is no setting \"apple\".", firstSentence(messageOf("virtual", more)));
    }
  }

  private static String firstSentence(@Nullable String message) {
    return message == null ? "" : message.substring(0, message.indexOf('.') + 1);
  }

  @Test
  void aSettingThatOnlyOthersHaveIsRefusedWithTheWayToScopeIt() {
    assertEquals(
        "Setting \"queue\" would be ignored: backend virtual has no setting queue; threads has."
            + " Remove it, or scope it to that backend, as in \"threads.queue\".",
        messageOf("virtual", "queue", "4"));
  }

  @Test
  void aSettingThatSeveralOthersHaveNamesThemAll() {
    assertEquals(
        "Setting \"workers\" would be ignored: backend virtual has no setting workers; threads, toy"
            + " have. Remove it, or scope it to that backend, as in \"threads.workers\".",
        messageOf("virtual", "workers", "4"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "workers;0;workers must be at least 1: 0;a whole number, such as 4",
        "workers;-3;workers must be at least 1: -3;a whole number, such as 4",
        "workers;four;not a whole number;a whole number, such as 4",
        "workers;4.0;not a whole number;a whole number, such as 4",
        "workers;2147483648;not a whole number;a whole number, such as 4",
        "workers;'';not a whole number;a whole number, such as 4",
        "queue;0;queue must be at least 1: 0;a whole number, such as 4",
        "limit;0;limit must be at least 1: 0;a whole number, such as 4",
        "lend;-1;lend must not be negative: -1;a whole number, such as 4",
        "timeout;0s;timeout must be positive: PT0S;a time, such as 500ms, 30s, 5m or 2h",
        "timeout;PT-1S;timeout must be positive: PT-1S;a time, such as 500ms, 30s, 5m or 2h",
        "timeout;-1s;not a time;a time, such as 500ms, 30s, 5m or 2h",
        "timeout;30;not a time;a time, such as 500ms, 30s, 5m or 2h",
        "timeout;1.5s;not a time;a time, such as 500ms, 30s, 5m or 2h",
        "timeout;5min;not a time;a time, such as 500ms, 30s, 5m or 2h",
        "timeout;99999999999999999999s;not a time;a time, such as 500ms, 30s, 5m or 2h",
        "timeout;9223372036854775807h;not a time;a time, such as 500ms, 30s, 5m or 2h",
        "overflow;drop;not one of them;block | reject | caller-runs",
        "overflow;caller runs;not one of them;block | reject | caller-runs",
      })
  void aValueThatIsNotAllowedIsRefusedWithWhatIs(
      String key, String value, String why, String allowed) {
    assertEquals(
        "Setting \""
            + key
            + "\" has the value \""
            + value
            + "\": "
            + why
            + ". Allowed: "
            + allowed
            + ".",
        messageOf("threads", key, value));
  }

  @Test
  void aScopedValueThatIsNotAllowedIsNamedAsItWasWritten() {
    assertEquals(
        "Setting \"threads.workers\" has the value \" none \": not a whole number. Allowed: a whole"
            + " number, such as 4.",
        messageOf("threads", "threads.workers", " none ", "workers", "4"));
  }

  @Test
  void whatDoesNotFitTogetherIsRefused() {
    assertEquals(
        "overflow is REJECT, which would be ignored: the queue has no bound. Set queue too.",
        messageOf("threads", "overflow", "reject"));
  }

  @Test
  void aBackendOfBatonsThatIsNotThereIsRefusedWithItsArtifact() {
    for (String name : new String[] {"process", "async"}) {
      assertEquals(
          "No backend named \"" + name + "\". Add dev.baton:baton-" + name + " to the class path.",
          noBackend(Map.of("backend", name)));
    }
    assertEquals(
        "No backend named \"hazelcast\". Add dev.baton:baton-hazelcast to the class path.",
        noBackend(Map.of("backend", "hazelcast", "threads.workers", "3")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fibers", "", "Threads", "thread"})
  void anyOtherBackendIsRefusedWithThoseThatWereFound(String name) {
    assertEquals(
        "No backend named \"" + name + "\". Found: threads, virtual.",
        noBackend(Map.of("backend", name)));
  }

  private static @Nullable String noBackend(Map<String, String> settings) {
    return assertThrows(BackendException.class, () -> Baton.configured("reports", settings))
        .getMessage();
  }

  @Test
  void openingABackendThatIsNotThereSaysTheSame() {
    assertEquals(
        "No backend named \"process\". Add dev.baton:baton-process to the class path.",
        assertThrows(BackendException.class, () -> Baton.open("process")).getMessage());
    assertEquals(
        "No backend named \"nothing\". Found: threads, virtual.",
        assertThrows(BackendException.class, () -> Baton.open("nothing")).getMessage());
  }

  @Test
  void theCauseOfABadValueIsKept() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> Opened.with("reports", Map.of("backend", "threads", "workers", "four")));
    Throwable cause = assertInstanceOf(IllegalArgumentException.class, refused.getCause());
    assertInstanceOf(NumberFormatException.class, cause.getCause());
  }

  @Test
  @SuppressWarnings("NullAway") // null is the point
  void nothingMayBeNull() {
    assertThrows(NullPointerException.class, () -> Baton.configured(null));
    assertThrows(NullPointerException.class, () -> Baton.configured(null, Map.of()));
    assertThrows(NullPointerException.class, () -> Baton.configured("reports", null));
    Map<String, String> withNull = new HashMap<>();
    withNull.put("backend", null);
    assertThrows(NullPointerException.class, () -> Baton.configured("reports", withNull));
    assertThrows(NullPointerException.class, () -> Baton.open((String) null));
  }
}
