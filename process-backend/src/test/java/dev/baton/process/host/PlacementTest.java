package dev.baton.process.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.process.ProcessOptions;
import dev.baton.process.host.Scene.Stand;
import dev.baton.process.host.Shipment.Rest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which run goes where, and what is taken back, step by step and without a process. */
class PlacementTest {

  @TempDir private Path directory;

  private Scene scene(int workers) {
    return new Scene(directory, ProcessOptions.defaults().workers(workers));
  }

  private static List<Long> ids(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  private static void submit(Scene scene, long first, long last) {
    scene.submit(LongStream.rangeClosed(first, last).toArray());
  }

  @Test
  void aNewWorkerGetsOneRunAtATime() throws Exception {
    Scene scene = scene(1);
    Stand worker = scene.worker();
    submit(scene, 1, 2);
    assertEquals(List.of(1L), worker.beginAll());
    scene.micros(300);
    worker.answer();
    assertEquals(List.of(2L), worker.beginAll());
  }

  @Test
  void eachShortBodyDoublesWhatIsSentAhead() throws Exception {
    Scene scene = scene(1);
    Stand worker = scene.worker();
    submit(scene, 1, 100);
    List<Integer> depths = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      depths.add(worker.has());
      worker.beginNext();
      scene.micros(20);
      worker.answer();
    }
    assertEquals(List.of(1, 2, 4, 8, 16, 32, 32), depths);
  }

  @Test
  void afterALongBodyNothingIsSentAhead() throws Exception {
    Scene scene = scene(1);
    Stand worker = scene.worker().thatIsQuick();
    submit(scene, 1, 100);
    assertEquals(Workload.DEPTH, worker.has());
    worker.beginNext();
    scene.micros(1_500);
    worker.answer();
    scene.micros(600);
    submit(scene, 101, 101); // what waits behind a body that takes long is taken back
    worker.beginNext();
    scene.micros(1_500);
    worker.answer();
    assertEquals(1, worker.has());
  }

  @Test
  void afterABodyBehindWhichAllIsTakenBackNothingIsSentAhead() throws Exception {
    Scene scene = scene(1);
    Stand worker = scene.worker().thatIsQuick();
    submit(scene, 1, 10);
    worker.beginNext();
    scene.micros(600);
    submit(scene, 11, 11);
    assertEquals(1, worker.has());
    worker.answer();
    assertEquals(1, worker.has());
  }

  @Test
  void oneWorkerBeginsRunsInTheOrderOfSubmissionWhateverIsTakenBack() throws Exception {
    Scene scene = scene(1);
    Stand worker = scene.worker().thatIsQuick();
    submit(scene, 1, 40);
    List<Long> begun = new ArrayList<>();
    while (begun.size() < 60) {
      begun.add(worker.beginNext());
      scene.micros(begun.size() % 3 == 0 ? 900 : 10);
      if (begun.size() <= 20) {
        submit(scene, 40 + begun.size(), 40 + begun.size());
      }
      worker.answer();
    }
    assertEquals(ids(1, 60), begun);
  }

  @Test
  void noMoreBytesAreSentAheadThanThePipeTakes() throws Exception {
    Scene scene = scene(1);
    Stand worker = scene.worker().thatIsQuick();
    for (int i = 1; i <= 10; i++) {
      scene.submitLarge(i, 10_000);
    }
    assertEquals(3, worker.has());
    worker.beginNext();
    worker.answer();
    assertEquals(3, worker.has());
  }

  @Test
  void nothingFollowsWhatDoesNotFitIntoThePipe() throws Exception {
    Scene scene = scene(1);
    Stand worker = scene.worker().thatIsQuick();
    scene.submitLarge(1, 1_000_000);
    scene.submitLarge(2, 10);
    assertFalse(worker.workload().fitsIntoPipe(worker.offeredBytes()));
    assertEquals(1, worker.has());
  }

  @Test
  void whateverElseIsWrittenCountsAsInThePipeUntilALaterResult() throws Exception {
    Scene scene = scene(1);
    Stand worker = scene.worker().thatIsQuick();
    submit(scene, 1, 1);
    worker.isSent(33_000);
    submit(scene, 2, 3);
    assertEquals(1, worker.has());
    worker.beginNext();
    worker.answer();
    assertEquals(1, worker.has(), "the worker may not have read it before it began 1");
    worker.beginNext();
    worker.answer();
    assertTrue(worker.workload().fitsIntoPipe(worker.offeredBytes()));
  }

  @Test
  void whatWasTakenBackCountsAsInThePipeUntilALaterResult() throws Exception {
    Scene scene = scene(1);
    Stand worker = scene.worker().thatIsQuick();
    Shipment running = scene.submitLarge(1, 10_000);
    worker.beginNext();
    Shipment waiting = scene.submitLarge(2, 20_000);
    assertNotNull(scene.withdraw(waiting));
    scene.submitLarge(3, 10_000);
    assertEquals(1, worker.has());
    assertTrue(running.place() instanceof Assignment);
  }

  @Test
  void withoutAClaimPageNothingIsSentAhead() {
    Scene scene = scene(1);
    Stand worker = scene.workerWithoutPage().thatIsQuick();
    List<Shipment> shipments = scene.submit(1, 2);
    assertEquals(1, worker.has());
    assertNull(scene.withdraw(shipments.getFirst()), "it may have begun");
    assertNotNull(scene.withdraw(shipments.getLast()));
  }

  @Test
  void whatWaitsIsWithdrawnForGood() throws Exception {
    Scene scene = scene(1);
    Stand worker = scene.worker().thatIsQuick();
    List<Shipment> shipments = scene.submit(1, 2, 3);
    assertEquals(1, worker.beginNext());
    assertEquals(1, creditFor(scene.withdraw(shipments.get(1))));
    assertEquals(Rest.WITHDRAWN, shipments.get(1).place());
    assertNull(scene.withdraw(shipments.getFirst()), "it has begun");
    worker.answer();
    assertEquals(List.of(3L), worker.beginAll());
  }

  private static int creditFor(@Nullable Sending withdrawal) {
    return Objects.requireNonNull(withdrawal, "the body has begun").credit();
  }

  @Test
  void whatIsWithdrawnOnItsWayGivesItsCreditBack() throws Exception {
    Scene scene = scene(1);
    Stand worker = scene.worker();
    Shipment shipment = scene.submitLarge(1, 10);
    assertEquals(1, worker.beginNext());
    Shipment early = new Shipment(shipment.encoded(), 1, 0);
    Unplaced onItsWay = scene.runOf(2, early);
    assertEquals(0, creditFor(scene.withdraw(early)));
    assertEquals(1, scene.placement.start(onItsWay).credit());
    assertEquals(0, scene.placement.unplaced());
  }

  @Test
  void aWorkerThatIdlesTakesOverTheOldestThatWaits() throws Exception {
    Scene scene = scene(2);
    Stand first = scene.worker().thatIsQuick();
    submit(scene, 1, 4);
    assertEquals(1, first.beginNext());
    Stand second = scene.worker();
    assertEquals(List.of(2L), second.beginAll());
    assertEquals(3, first.beginNext());
    second.answer();
    assertEquals(List.of(4L), second.beginAll());
    first.answer();
    assertEquals(List.of(), first.beginAll());
  }

  @Test
  @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aSlotOfThePageThatIsDamagedKeepsNobodyBusy() throws Exception {
    Scene scene = scene(2);
    Stand first = scene.worker().thatIsQuick();
    submit(scene, 1, 2);
    assertEquals(1, first.beginNext());
    Assignment waiting = Objects.requireNonNull(first.workload().firstWaiting());
    Objects.requireNonNull(first.page()).offer(waiting.slot(), 999);
    assertEquals(List.of(), scene.worker().beginAll());
    assertEquals(2, first.has());
  }

  @Test
  void whatHasBegunIsNotTakenOver() throws Exception {
    Scene scene = scene(2);
    Stand first = scene.worker().thatIsQuick();
    submit(scene, 1, 2);
    assertEquals(List.of(1L, 2L), first.beginAll());
    Stand second = scene.worker();
    assertEquals(List.of(), second.beginAll());
    assertEquals(2, first.has());
  }

  @Test
  void whatWaitsBehindALongBodyGoesBeforeWhatCameLater() throws Exception {
    Scene scene = scene(2);
    Stand first = scene.worker().thatIsQuick();
    Stand second = scene.worker().thatIsQuick();
    submit(scene, 1, 2);
    assertEquals(3, first.beginNext() + second.beginNext(), "one each");
    submit(scene, 3, 80);
    assertEquals(List.of(32, 32), List.of(first.has(), second.has()));
    scene.micros(300);
    second.answer();
    second.beginNext();
    List<Long> sentToIt =
        second.workload().oldestFirst().stream().map(each -> each.run().id()).toList();
    List<Long> others = new ArrayList<>(ids(3, 80));
    others.removeAll(sentToIt);
    scene.micros(300);
    second.answer();
    assertEquals(others.getFirst(), second.beginAll().getLast(), "before those that came later");
    assertEquals(0, first.beginNext(), "all that waited there was taken back");
    second.answer();
    assertEquals(others.subList(1, 33), second.beginAll());
  }

  @Test
  void nothingIsSentBehindABodyThatTakesLong() throws Exception {
    Scene scene = scene(1);
    Stand worker = scene.worker().thatIsQuick();
    submit(scene, 1, 1);
    worker.beginNext();
    scene.micros(501);
    submit(scene, 2, 2);
    assertEquals(1, worker.has());
    assertEquals(1, scene.placement.unplaced());
  }

  @Test
  void aBodyThatLendsHasNothingBehindItUntilItIsOver() throws Exception {
    Scene scene = scene(1);
    Stand waiter = scene.worker().thatIsQuick();
    List<Shipment> shipments = scene.submit(1, 2, 3);
    assertEquals(1, waiter.beginNext());
    assertTrue(scene.placement.lend(shipments.getFirst()).lacksWorker());
    assertEquals(0, waiter.beginNext());
    Stand borrower = scene.worker();
    assertEquals(List.of(2L), borrower.beginAll());
    borrower.answer();
    assertEquals(3, borrower.beginNext());
    scene.placement.resume();
    borrower.answer();
    submit(scene, 4, 5);
    assertEquals(1, waiter.has());
    assertEquals(0, borrower.has());
    waiter.answer();
    assertEquals(List.of(4L, 5L), waiter.beginAll());
  }

  @Test
  void aPoolThatIsOverByOneLetsNothingWaitBehindItsBodies() throws Exception {
    Scene scene = scene(1);
    Stand waiter = scene.worker();
    Shipment waits = scene.submitLarge(1, 10);
    waiter.beginNext();
    scene.placement.lend(waits);
    Stand borrower = scene.worker().thatIsQuick();
    submit(scene, 2, 5);
    assertEquals(4, borrower.has());
    assertEquals(2, borrower.beginNext());
    scene.placement.resume();
    assertEquals(1, borrower.has());
    assertEquals(0, borrower.answer().credit(), "one is owed");
    assertEquals(0, borrower.beginNext(), "the borrower is over, and the waiter alone runs");
    assertEquals(1, waiter.answer().credit());
    assertEquals(3, waiter.beginNext() + borrower.beginNext());
  }

  @Test
  void aWorkerIsKilledForItsLastBodyAloneWhenNothingElseIsThere() throws Exception {
    Scene scene = scene(1);
    Stand worker = scene.worker().thatIsQuick();
    submit(scene, 1, 3);
    worker.beginNext();
    assertTrue(scene.placement.condemn(worker.running(), new Sending()));
    submit(scene, 4, 4);
    assertEquals(0, worker.beginNext());
    assertEquals(3, scene.placement.unplaced());
    worker.answer();
    assertEquals(0, worker.beginNext(), "it is about to be killed");
  }

  @Test
  void aKillIsOffIfALaterBodyHasBegun() throws Exception {
    Scene scene = scene(1);
    Stand worker = scene.worker().thatIsQuick();
    submit(scene, 1, 3);
    worker.beginNext();
    Assignment culprit = worker.running();
    assertEquals(2, worker.beginNext());
    assertFalse(scene.placement.condemn(culprit, new Sending()));
    worker.answer();
    assertEquals(3, worker.beginNext(), "the worker goes on");
  }

  @Test
  void aKillIsNotOffBecauseTheResultBeforeIsUnread() throws Exception {
    Scene scene = scene(1);
    Stand worker = scene.worker().thatIsQuick();
    submit(scene, 1, 2);
    assertEquals(List.of(1L, 2L), worker.beginAll());
    assertTrue(scene.placement.condemn(worker.running(), new Sending()));
  }

  @Test
  void aKillIsOffIfTheResultIsThere() throws Exception {
    Scene scene = scene(1);
    Stand worker = scene.worker();
    submit(scene, 1, 1);
    worker.beginNext();
    Assignment culprit = worker.running();
    worker.answer();
    assertFalse(scene.placement.condemn(culprit, new Sending()));
  }

  @Test
  void ofAWorkerThatIsGoneTheRunThatHadBegunIsLostAndTheOthersGoElsewhere() throws Exception {
    Scene scene = scene(1);
    Stand worker = scene.worker().thatIsQuick();
    submit(scene, 1, 4);
    worker.beginNext();
    worker.beginNext();
    worker.answerAllBut(1);
    scene.placement.close(worker);
    List<Assignment> lost = new ArrayList<>();
    scene.placement.gone(worker, lost);
    assertEquals(List.of(2L), lost.stream().map(each -> each.run().id()).toList());
    assertEquals(1, scene.placement.removeLost(lost).credit());
    Stand other = scene.worker();
    assertEquals(3, other.beginNext());
    other.answer();
    assertEquals(4, other.beginNext());
  }

  private static Shipment lost(Scene scene) throws Exception {
    Stand worker = scene.worker();
    Shipment begun = scene.submitLarge(1, 10);
    assertEquals(1, worker.beginNext());
    List<Assignment> lost = new ArrayList<>();
    scene.placement.gone(worker, lost);
    scene.placement.removeLost(lost);
    return begun;
  }

  @Test
  void whatHadBegunAtAWorkerThatIsGoneHasBegunWhateverCoreWasTold() throws Exception {
    Scene scene = scene(1);
    Shipment begun = lost(scene);
    assertNull(scene.withdraw(begun));
    scene.placement.start(scene.runOf(1, begun));
    assertEquals(List.of(1L), scene.worker().beginAll(), "it may be begun again");
  }

  @Test
  void aRunThatBeginsAgainComesBeforeThoseThatWereSubmittedLater() throws Exception {
    Scene scene = scene(1);
    Shipment begun = lost(scene);
    submit(scene, 2, 3);
    scene.placement.start(scene.runOf(1, begun));
    assertEquals(List.of(1L), scene.worker().beginAll());
  }

  @Test
  void aRunThatIsToBeginAgainIsWithdrawnOnItsWay() throws Exception {
    Scene scene = scene(1);
    Shipment begun = lost(scene);
    Unplaced again = scene.runOf(1, begun);
    assertEquals(0, creditFor(scene.withdraw(begun)));
    assertEquals(1, scene.placement.start(again).credit());
    assertEquals(List.of(), scene.worker().beginAll());
  }

  @Test
  void aRunThatBeginsAgainIsWithdrawnWhereItIs() throws Exception {
    Scene scene = scene(1);
    Shipment begun = lost(scene);
    scene.placement.start(scene.runOf(1, begun));
    assertNotNull(scene.withdraw(begun));
    assertEquals(List.of(), scene.worker().beginAll());
  }

  @Test
  void afterTheCloseNothingBeginsThatWasSentAhead() throws Exception {
    Scene scene = scene(1);
    Stand worker = scene.worker().thatIsQuick();
    submit(scene, 1, 3);
    assertEquals(1, worker.beginNext());
    scene.placement.close();
    assertEquals(0, worker.beginNext());
    assertEquals(0, scene.placement.unplaced());
  }

  @Test
  void aWorkerThatIsLeavingGetsNothing() throws Exception {
    Scene scene = scene(1);
    Stand worker = scene.worker().thatIsQuick();
    submit(scene, 1, 1);
    worker.beginNext();
    worker.isAboutToLeave();
    submit(scene, 2, 2);
    assertEquals(1, worker.has());
    worker.answer();
    assertEquals(0, worker.has());
  }

  @Test
  void aWorkerGetsNoMoreRunsThanItMayDo() throws Exception {
    Scene scene = new Scene(directory, ProcessOptions.defaults().workers(1).maxTasksPerWorker(8));
    Stand worker = scene.worker().thatIsQuick();
    submit(scene, 1, 10);
    assertEquals(List.of(1L, 2L, 3L), worker.beginAll());
    worker.answer();
    assertTrue(worker.workload().isUsedUp());
    assertEquals(List.of(), worker.beginAll());
    assertEquals(7, scene.placement.unplaced());
  }

  @Test
  void aLackOfWorkersIsNoticedThoughAWorkerTakesAllAhead() throws Exception {
    Scene scene = scene(2);
    Stand worker = scene.worker().thatIsQuick();
    Shipment first = scene.submitLarge(1, 10);
    worker.beginNext();
    Assignment any = worker.running();
    Unplaced second = new Unplaced(any.run(), new Shipment(first.encoded(), 1, 0));
    assertTrue(scene.placement.start(second).lacksWorker());
    assertEquals(2, worker.has());
  }

  @Test
  void aSlotThatIsLentIsMadeUpForThoughAllThatWaitsIsWithAnotherWorker() throws Exception {
    Scene scene = scene(2);
    Stand other = scene.worker().thatIsQuick();
    Stand lender = scene.worker().thatIsQuick();
    List<Shipment> shipments = scene.submit(1, 2, 3, 4);
    assertEquals(2, other.beginNext());
    assertEquals(List.of(1L, 3L), lender.beginAll());
    lender.answerAllBut(1);
    assertEquals(List.of(1, 2), List.of(lender.has(), other.has()), "4 was sent ahead");
    assertTrue(scene.placement.lend(shipments.get(2)).lacksWorker());
    assertEquals(List.of(4L), scene.worker().beginAll());
  }

  @Test
  void aWorkerThatIsLostIsMadeUpForThoughAllThatWaitsIsWithAnother() throws Exception {
    Scene scene = scene(2);
    Stand other = scene.worker().thatIsQuick();
    Stand mortal = scene.worker().thatIsQuick();
    submit(scene, 1, 4);
    assertEquals(2, other.beginNext());
    assertEquals(List.of(1L, 3L), mortal.beginAll());
    mortal.answerAllBut(1);
    List<Assignment> lost = new ArrayList<>();
    scene.placement.gone(mortal, lost);
    assertTrue(scene.placement.removeLost(lost).lacksWorker());
    assertEquals(List.of(4L), scene.worker().beginAll());
  }
}
