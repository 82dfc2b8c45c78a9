package dev.baton;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.GroupOptions.Policy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupOptionsTest {

  private static final GroupOptions NONE = GroupOptions.none();
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static @Nullable String messageOf(Runnable call) {
    return assertThrows(IllegalArgumentException.class, call::run).getMessage();
  }

  private static @Nullable String nullMessageOf(Runnable call) {
    return assertThrows(NullPointerException.class, call::run).getMessage();
  }

  @Test
  void byDefaultAllMembersAreToSucceedWithoutALimit() {
    assertSame(NONE, GroupOptions.none());
    assertSame(Policy.ALL_SUCCEED, NONE.policy());
    assertNull(NONE.deadline());
    assertNull(NONE.name());
  }

  @Test
  void eachMethodChangesOneOptionOfACopy() {
    assertEquals(new GroupOptions(Policy.FIRST_SUCCESS, null, null), NONE.firstSuccess());
    assertEquals(new GroupOptions(Policy.COLLECT_ALL, null, null), NONE.collectAll());
    assertEquals(new GroupOptions(Policy.ALL_SUCCEED, SECOND, null), NONE.deadline(SECOND));
    assertEquals(new GroupOptions(Policy.ALL_SUCCEED, null, "pages"), NONE.name("pages"));
    assertEquals(new GroupOptions(Policy.ALL_SUCCEED, null, null), NONE);

    GroupOptions all = NONE.firstSuccess().deadline(SECOND).name("pages");
    assertEquals(new GroupOptions(Policy.FIRST_SUCCESS, SECOND, "pages"), all);
    assertEquals(NONE.name("pages").deadline(SECOND).firstSuccess(), all);
    assertEquals(all.hashCode(), all.name("pages").hashCode());
    assertEquals(new GroupOptions(Policy.COLLECT_ALL, SECOND, "pages"), all.collectAll());
    assertNotEquals(all, all.deadline(SECOND.multipliedBy(2)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-0.000000001S", "PT-1S"})
  void aDeadlineIsPositive(Duration deadline) {
    String refusal = "deadline must be positive: " + deadline;
    assertEquals(refusal, messageOf(() -> NONE.deadline(deadline)));
    assertEquals(refusal, messageOf(() -> new GroupOptions(Policy.COLLECT_ALL, deadline, "pages")));
  }

  @Test
  void theShortestAndTheLongestDeadlineAreAllowed() {
    Duration forever = Duration.ofSeconds(Long.MAX_VALUE);
    assertEquals(Duration.ofNanos(1), NONE.deadline(Duration.ofNanos(1)).deadline());
    assertEquals(forever, NONE.deadline(forever).deadline());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\n"})
  void aNameIsNotBlank(String name) {
    String refusal = "The name of a group must not be blank.";
    assertEquals(refusal, messageOf(() -> NONE.name(name)));
    assertEquals(refusal, messageOf(() -> new GroupOptions(Policy.ALL_SUCCEED, null, name)));
  }

  @Test
  @SuppressWarnings("NullAway") // null is the point
  void nothingMayBeNullThatIsAskedFor() {
    assertEquals("deadline", nullMessageOf(() -> NONE.deadline(null)));
    assertEquals("name", nullMessageOf(() -> NONE.name(null)));
    assertEquals("policy", nullMessageOf(() -> new GroupOptions(null, null, null)));
  }

  @Test
  void theyAreShownByName() {
    assertEquals("GroupOptions[policy=ALL_SUCCEED, deadline=null, name=null]", NONE.toString());
    assertEquals(
        "GroupOptions[policy=FIRST_SUCCESS, deadline=PT1S, name=pages]",
        NONE.firstSuccess().deadline(SECOND).name("pages").toString());
  }
}
