package dev.baton.internal.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Overflow;
import dev.baton.internal.executor.Admission.Place;
import dev.baton.internal.future.Home;
import dev.baton.spi.AwaitHook;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AdmissionTest {

  private final Admission admission = new Admission(Home.NOWHERE, 2, Overflow.BLOCK);

  private void fill() {
    while (admission.tryEnter()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void thereAreAsManyPlacesAsThereAre() {
    assertTrue(admission.tryEnter());
    assertTrue(admission.tryEnter());
    assertFalse(admission.tryEnter());
    admission.leave();
    assertTrue(admission.tryEnter());
    assertFalse(admission.tryEnter());
  }

  @Test
  void aClaimIsGrantedAtOnceIfThereIsAPlace() {
    assertTrue(admission.queueUp().isGranted());
    assertTrue(admission.queueUp().isGranted());
    assertFalse(admission.queueUp().isMet());
  }

  @Test
  void claimsAreGrantedFirstInFirstOutAndNobodyOvertakesThem() {
    fill();
    Place first = admission.queueUp();
    Place second = admission.queueUp();
    admission.leave();
    assertTrue(first.isGranted());
    assertFalse(second.isMet());
    assertFalse(admission.tryEnter());
    admission.leave();
    assertTrue(second.isGranted());
    assertFalse(admission.tryEnter());
  }

  @Test
  void whoWaitsIsWokenOnceItsClaimIsGranted() {
    fill();
    AtomicInteger wakes = new AtomicInteger();
    Place place = admission.queueUp();
    place.onMet(wakes::incrementAndGet);
    assertEquals(0, wakes.get());
    admission.leave();
    assertEquals(1, wakes.get());
    place.onMet(wakes::incrementAndGet);
    assertEquals(2, wakes.get());
  }

  @Test
  void aClaimThatIsGivenUpIsPassedOver() {
    fill();
    Place first = admission.queueUp();
    Place second = admission.queueUp();
    first.abandon();
    admission.leave();
    assertFalse(first.isGranted());
    assertTrue(second.isGranted());
  }

  @Test
  void aClaimThatIsGivenUpAfterItWasGrantedPassesItsPlaceOn() {
    fill();
    Place first = admission.queueUp();
    Place second = admission.queueUp();
    admission.leave();
    assertFalse(second.isMet());
    first.abandon();
    assertTrue(second.isGranted());
  }

  @Test
  void aPlaceThatIsTakenAwayIsMissingUntilItIsVacated() {
    fill();
    admission.shrink();
    Place place = admission.queueUp();
    admission.leave();
    assertFalse(place.isMet());
    admission.leave();
    assertTrue(place.isGranted());
  }

  @Test
  void aClosedAdmissionRefusesThoseWhoWaitAndThoseWhoComeLater() {
    fill();
    AtomicInteger wakes = new AtomicInteger();
    Place waiting = admission.queueUp();
    waiting.onMet(wakes::incrementAndGet);
    admission.close();
    assertTrue(waiting.isMet());
    assertFalse(waiting.isGranted());
    assertEquals(1, wakes.get());
    Place late = admission.queueUp();
    assertTrue(late.isMet());
    assertFalse(late.isGranted());
  }

  @Test
  void aRefusedClaimThatIsGivenUpGivesNothingBack() {
    fill();
    Place waiting = admission.queueUp();
    admission.close();
    waiting.abandon();
    assertFalse(admission.tryEnter());
  }

  @Test
  void aClaimSaysWhatItIsFor() {
    assertEquals("a place in the queue of none", admission.queueUp().toString());
    assertTrue(admission.queueUp().involves(Home.NOWHERE));
  }

  @Test
  void noPlaceIsLostOrMadeByManyThreads() throws Exception {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      threads.add(Thread.ofPlatform().start(() -> enterAndLeave(inside, most)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertTrue(most.get() <= 2, most::toString);
    assertTrue(admission.tryEnter());
    assertTrue(admission.tryEnter());
    assertFalse(admission.tryEnter());
  }

  private void enterAndLeave(AtomicInteger inside, AtomicInteger most) {
    for (int i = 0; i < 5_000; i++) {
      Place place = admission.queueUp();
      if (i % 3 == 0) {
        place.abandon();
        continue;
      }
      await(place);
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      inside.decrementAndGet();
      admission.leave();
    }
  }

  private static void await(Place place) {
    try {
      AwaitHook.BLOCKING.await(place, false, 0);
    } catch (InterruptedException stop) {
      throw new AssertionError(stop);
    }
  }
}
