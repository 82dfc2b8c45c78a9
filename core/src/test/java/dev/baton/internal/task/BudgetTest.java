package dev.baton.internal.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BudgetTest {

  private final Budget minute = Budget.of(Duration.ofMinutes(1), "a minute");
  private final Budget hour = Budget.of(Duration.ofHours(1), "an hour");

  @Test
  void ofTwoTheOneThatEndsFirstCountsWhicheverIsGivenFirst() {
    assertSame(minute, Budget.tighter(minute, hour));
    assertSame(minute, Budget.tighter(hour, minute));
  }

  @Test
  void noneIsLooserThanAny() {
    assertSame(hour, Budget.tighter(null, hour));
    assertSame(hour, Budget.tighter(hour, null));
    assertNull(Budget.tighter(null, null));
  }

  @Test
  void itIsTighterThanALimitThatEndsLaterOrThanNone() {
    assertTrue(minute.isTighterThan(null));
    assertTrue(minute.isTighterThan(Duration.ofMinutes(2)));
    assertFalse(minute.isTighterThan(Duration.ofSeconds(1)));
  }

  @Test
  void nothingIsLeftOfATimeThatIsUp() {
    assertEquals(Duration.ZERO, Budget.of(Duration.ofMinutes(-1), "long ago").left());
  }

  @Test
  void theLongestTimeIsAllowed() {
    assertTrue(Budget.of(Duration.ofSeconds(Long.MAX_VALUE), "ever").left().toDays() > 365);
  }
}
