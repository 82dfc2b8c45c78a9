package dev.baton;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskOptionsTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Predicate<Throwable> NEVER = StackOverflowError.class::isInstance;
  private static final TaskOptions ALL =
      TaskOptions.none()
          .name("resize-42")
          .timeout(SECOND)
          .deadline(Duration.ofSeconds(2))
          .queueTimeout(Duration.ofSeconds(3))
          .stallTimeout(Duration.ofSeconds(4))
          .retries(5, Duration.ofSeconds(6), NEVER)
          .idempotent()
          .timed()
          .key("room-1");

  private static @Nullable String messageOf(Runnable call) {
    return assertThrows(IllegalArgumentException.class, call::run).getMessage();
  }

  private static final Map<String, Function<TaskOptions, @Nullable Object>> OPTIONS =
      Map.ofEntries(
          Map.entry("name", TaskOptions::name),
          Map.entry("timeout", TaskOptions::timeout),
          Map.entry("deadline", TaskOptions::deadline),
          Map.entry("queueTimeout", TaskOptions::queueTimeout),
          Map.entry("stallTimeout", TaskOptions::stallTimeout),
          Map.entry("retries", TaskOptions::retries),
          Map.entry("backoff", TaskOptions::backoff),
          Map.entry("retryWhen", TaskOptions::retryWhen),
          Map.entry("idempotent", TaskOptions::isIdempotent),
          Map.entry("timed", TaskOptions::isTimed),
          Map.entry("key", TaskOptions::key));

  /** Returns the options in which two values differ. */
  private static Set<String> differences(TaskOptions one, TaskOptions other) {
    Set<String> different = new TreeSet<>(OPTIONS.keySet());
    different.removeIf(
        name -> {
          Function<TaskOptions, @Nullable Object> option = OPTIONS.get(name);
          return option == null || Objects.equals(option.apply(one), option.apply(other));
        });
    return different;
  }

  private static void assertChanges(TaskOptions from, TaskOptions to, String... names) {
    assertEquals(Set.of(names), differences(from, to));
    assertNotEquals(from, to);
    assertNotEquals(from.toString(), to.toString());
  }

  @Test
  void theDefaultAsksForNothing() {
    TaskOptions none = TaskOptions.none();
    assertSame(none, TaskOptions.none());
    assertNull(none.name());
    assertNull(none.timeout());
    assertNull(none.deadline());
    assertNull(none.queueTimeout());
    assertNull(none.stallTimeout());
    assertEquals(0, none.retries());
    assertEquals(Duration.ZERO, none.backoff());
    assertFalse(none.isIdempotent() || none.isTimed());
    assertEquals("TaskOptions[]", none.toString());
  }

  @Test
  void eachMethodChangesOneOptionOfACopy() {
    TaskOptions none = TaskOptions.none();
    assertChanges(none, none.name("other"), "name");
    assertChanges(none, none.timeout(SECOND), "timeout");
    assertChanges(none, none.deadline(SECOND), "deadline");
    assertChanges(none, none.queueTimeout(SECOND), "queueTimeout");
    assertChanges(none, none.stallTimeout(SECOND), "stallTimeout");
    assertChanges(none, none.retries(3), "retries");
    assertChanges(none, none.retries(3, SECOND), "retries", "backoff");
    assertChanges(none, none.retries(3, SECOND, NEVER), "retries", "backoff", "retryWhen");
    assertChanges(none, none.idempotent(), "idempotent");
    assertChanges(none, none.timed(), "timed");
    assertChanges(none, none.key("room-1"), "key");
    assertEquals(OPTIONS.keySet(), differences(none, ALL));
    assertEquals(ALL, ALL.name("other").name("resize-42"));
    assertEquals(ALL.hashCode(), ALL.name("other").name("resize-42").hashCode());
  }

  @Test
  void exceptionsAreTriedAgainByDefaultAndErrorsAreNot() {
    assertTrue(TaskOptions.none().retries(1).retryWhen().test(new IOException()));
    assertFalse(TaskOptions.none().retries(1).retryWhen().test(new AssertionError()));
  }

  @Test
  void retriesAreNotNegative() {
    assertEquals("retries must not be negative: -1", messageOf(() -> ALL.retries(-1)));
    assertEquals(
        "backoff must not be negative: PT-1S", messageOf(() -> ALL.retries(1, SECOND.negated())));
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
    assertEquals(
        "queueTimeout must be positive: PT0S", messageOf(() -> ALL.queueTimeout(Duration.ZERO)));
    assertEquals(
        "stallTimeout must be positive: PT0S", messageOf(() -> ALL.stallTimeout(Duration.ZERO)));
  }

  @Test
  @SuppressWarnings("NullAway") // null is the point
  void nothingMayBeNull() {
    assertEquals("name", nullMessageOf(() -> ALL.name(null)));
    assertEquals("timeout", nullMessageOf(() -> ALL.timeout(null)));
    assertEquals("deadline", nullMessageOf(() -> ALL.deadline(null)));
    assertEquals("queueTimeout", nullMessageOf(() -> ALL.queueTimeout(null)));
    assertEquals("stallTimeout", nullMessageOf(() -> ALL.stallTimeout(null)));
    assertEquals("backoff", nullMessageOf(() -> ALL.retries(1, null)));
    assertEquals("when", nullMessageOf(() -> ALL.retries(1, SECOND, null)));
  }

  private static @Nullable String nullMessageOf(Runnable call) {
    return assertThrows(NullPointerException.class, call::run).getMessage();
  }

  @Test
  void theyAreShownByName() {
    assertEquals(
        "TaskOptions[name=resize-42, timeout=PT1S, deadline=PT2S, queueTimeout=PT3S,"
            + " stallTimeout=PT4S, retries=5 from PT6S, idempotent, timed, key=room-1]",
        ALL.toString());
  }

  @Test
  void aKeyIsKeptByTheOtherMethodsAndMustNotBeBlank() {
    TaskOptions keyed = TaskOptions.none().key("room-1").name("n").timed().idempotent();
    assertEquals("room-1", keyed.timeout(SECOND).deadline(SECOND).key());
    assertEquals("The key of a task must not be blank.", messageOf(() -> keyed.key(" ")));
  }
}
