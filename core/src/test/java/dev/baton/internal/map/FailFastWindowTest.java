package dev.baton.internal.map;

import static dev.baton.support.Memory.awaitCollected;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.internal.future.BodilessFuture;
import dev.baton.internal.future.End;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FailFastWindowTest {

  private static final End.Failed FAILED = new End.Failed(new IllegalStateException("no"));

  private final FailFastWindow<Integer, Integer> window = new FailFastWindow<>();
  private final List<BodilessFuture<Integer>> futures = new ArrayList<>();

  private void add(int places) {
    for (int i = 0; i < places; i++) {
      BodilessFuture<Integer> future = BodilessFuture.pending();
      int index = futures.size();
      futures.add(future);
      window.add(new Place<>(index, index, future, null));
    }
  }

  private void handOut(long expected) {
    assertEquals(expected, Objects.requireNonNull(window.pollUnfinished()).index());
  }

  @Test
  void aFailureIsTakenOutOfItsTurn() {
    add(3);
    assertFalse(window.isMet());
    futures.get(1).settleAndDrain(FAILED);
    assertTrue(window.isMet());
    assertEquals(1, Objects.requireNonNull(window.poll()).index());
    assertNull(window.poll());
    assertFalse(window.isMet());
  }

  @Test
  void aFailureThatWasHandedOutIsNothingToTake() {
    add(2);
    handOut(0);
    futures.get(0).settleAndDrain(FAILED);
    assertFalse(window.isMet());
    assertNull(window.poll());
  }

  @Test
  void aFailureBehindOneThatWasHandedOutIsFound() {
    add(4);
    handOut(0);
    futures.get(0).settleAndDrain(FAILED);
    futures.get(2).settleAndDrain(FAILED);
    assertTrue(window.isMet());
    handOut(1);
    assertTrue(window.isMet());
    assertEquals(2, Objects.requireNonNull(window.poll()).index());
    assertFalse(window.isMet());
  }

  @Test
  void nothingIsKeptOfAFailureThatWasHandedOut() {
    add(3);
    handOut(0);
    futures.getFirst().settleAndDrain(FAILED);
    WeakReference<Object> handedOut = new WeakReference<>(futures.set(0, futures.get(1)));
    handOut(1);
    awaitCollected("the future that failed", handedOut);
    assertEquals(1, window.size());
  }
}
