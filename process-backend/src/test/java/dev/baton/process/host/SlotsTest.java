package dev.baton.process.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SlotsTest {

  private final Slots slots = new Slots(1);

  @Test
  void asManyRunsBeginAsThereAreWorkers() {
    assertFalse(slots.isFull());
    slots.take();
    assertTrue(slots.isFull());
    assertTrue(slots.giveBack());
    assertFalse(slots.isFull());
    assertEquals(1, slots.wantedWorkers());
  }

  @Test
  void aBodyThatWaitsMakesRoomForAnotherInOneWorkerMore() {
    slots.take();
    slots.lend();
    assertFalse(slots.isFull());
    assertEquals(2, slots.wantedWorkers());
    slots.take();
    assertTrue(slots.isFull());
  }

  @Test
  void afterAWaitTheFirstRunThatEndsIsNotFollowedByAnother() {
    slots.take();
    slots.lend();
    slots.take();
    slots.resume();
    assertEquals(1, slots.wantedWorkers());
    assertTrue(slots.isFull(), "over by one");
    assertFalse(slots.giveBack());
    assertTrue(slots.isFull());
    assertTrue(slots.giveBack());
    assertFalse(slots.isFull());
  }

  @Test
  void aWaitThatNobodyMadeUseOfLeavesNoRoomBehind() {
    slots.take();
    slots.lend();
    slots.resume();
    assertTrue(slots.isFull());
    assertFalse(slots.giveBack(), "the credit that was given for the wait is still out");
    assertFalse(slots.isFull());
  }
}
