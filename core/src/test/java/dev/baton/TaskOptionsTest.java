package dev.baton;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskOptionsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final TaskOptions ALL =
      new TaskOptions("resize-42", SECOND, Duration.ofSeconds(2), true, true);

  private static @Nullable String messageOf(Runnable call) {
    return assertThrows(IllegalArgumentException.class, call::run).getMessage();
  }

  @Test
  void theDefaultAsksForNothing() {
    assertEquals(new TaskOptions(null, null, null, false, false), TaskOptions.none());
    assertSame(TaskOptions.none(), TaskOptions.none());
  }

  @Test
  void eachMethodChangesOneOptionOfACopy() {
    assertEquals(
        ALL,
        TaskOptions.none()
            .name("resize-42")
            .timeout(SECOND)
            .deadline(Duration.ofSeconds(2))
            .idempotent()
            .timed());
    assertEquals(new TaskOptions("other", SECOND, ALL.deadline(), true, true), ALL.name("other"));
    assertEquals(
        new TaskOptions("resize-42", Duration.ofMillis(1), ALL.deadline(), true, true),
        ALL.timeout(Duration.ofMillis(1)));
    assertEquals(new TaskOptions("resize-42", SECOND, SECOND, true, true), ALL.deadline(SECOND));
    assertEquals(new TaskOptions(null, null, null, true, false), TaskOptions.none().idempotent());
    assertEquals(new TaskOptions(null, null, null, false, true), TaskOptions.none().timed());
    assertEquals("resize-42", ALL.name());
    assertEquals(new TaskOptions(null, null, null, false, false), TaskOptions.none());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n"})
  void aNameIsNotBlank(String name) {
    assertEquals("The name of a task must not be blank.", messageOf(() -> ALL.name(name)));
  }

  @Test
  void timesArePositive() {
    assertEquals("timeout must be positive: PT0S", messageOf(() -> ALL.timeout(Duration.ZERO)));
    assertEquals("timeout must be positive: PT-1S", messageOf(() -> ALL.timeout(SECOND.negated())));
    assertEquals("deadline must be positive: PT0S", messageOf(() -> ALL.deadline(Duration.ZERO)));
    assertEquals(
        "deadline must be positive: PT-1S", messageOf(() -> ALL.deadline(SECOND.negated())));
  }

  @Test
  @SuppressWarnings("NullAway") // null is the point
  void nothingMayBeNull() {
    assertEquals("name", nullMessageOf(() -> ALL.name(null)));
    assertEquals("timeout", nullMessageOf(() -> ALL.timeout(null)));
    assertEquals("deadline", nullMessageOf(() -> ALL.deadline(null)));
  }

  private static @Nullable String nullMessageOf(Runnable call) {
    return assertThrows(NullPointerException.class, call::run).getMessage();
  }

  @Test
  void theyAreShownByName() {
    assertEquals(
        "TaskOptions[name=resize-42, timeout=PT1S, deadline=PT2S, isIdempotent=true, isTimed=true]",
        ALL.toString());
  }
}
