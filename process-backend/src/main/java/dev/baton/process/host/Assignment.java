package dev.baton.process.host;

import dev.baton.process.host.Shipment.Rest;
import dev.baton.process.wire.ClaimPage;
import dev.baton.spi.TaskRun;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One run at one worker. Whether its body begins is decided in the claim page, by a compare-and-set
 * of the worker's or of ours. Without a page a run that was sent counts as begun.
 *
 * <pre>
 *   OPEN ──its result arrives, or its worker is lost after the claim──▶ OVER
 *     └──withdrawn in the claim page──▶ WITHDRAWN
 * </pre>
 */
final class Assignment implements Shipment.Place {

  private enum Phase {
    OPEN,
    OVER,
    WITHDRAWN
  }

  private final TaskRun run;
  private final Shipment shipment;
  private final Worker worker;
  private final int slot;
  private final @Nullable ClaimPage page;

  /** Changed by compare-and-set, so that one thread alone gives the slot back. */
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.OPEN);

  /**
   * Whether the worker is to be killed for this; written before it is looked whether it is over.
   */
  private volatile boolean doomed;

  /** Kills the worker when the grace is over; set by who asked the body to stop. */
  private volatile @Nullable Future<?> forcedStop;

  /** Makes an assignment, and offers it in the page. The slot is no other's. */
  Assignment(TaskRun run, Shipment shipment, Worker worker, int slot, @Nullable ClaimPage page) {
    this.run = run;
    this.shipment = shipment;
    this.worker = worker;
    this.slot = slot;
    this.page = page;
    if (page != null) {
      page.offer(slot, run.id());
    }
  }

  TaskRun run() {
    return run;
  }

  Shipment shipment() {
    return shipment;
  }

  Worker worker() {
    return worker;
  }

  int slot() {
    return slot;
  }

  /** Ends the assignment; returns false if it has ended. */
  boolean end() {
    boolean ended = phase.compareAndSet(Phase.OPEN, Phase.OVER);
    if (ended && forcedStop instanceof Future<?> timer) {
      timer.cancel(false);
    }
    return ended;
  }

  /** Ends the assignment of a lost worker; returns false if its body had not begun. */
  boolean endIfClaimed() {
    return (page == null || page.isClaimed(slot, run.id())) && end();
  }

  /** Tells that the worker is about to be killed for this; returns false if it is over. */
  boolean doom() {
    doomed = true;
    return !isOver();
  }

  boolean isDoomed() {
    return doomed;
  }

  void stopByForceWith(Future<?> timer) {
    forcedStop = timer;
    if (isOver()) {
      timer.cancel(false);
    }
  }

  /** Takes the run back from the worker; returns false if its body has begun. */
  boolean withdraw() {
    return page != null
        && phase.get() == Phase.OPEN
        && page.withdraw(slot, run.id())
        && phase.compareAndSet(Phase.OPEN, Phase.WITHDRAWN);
  }

  /** Puts the shipment of a withdrawn run where it now belongs. */
  void leaveTo(Rest rest) {
    shipment.move(this, rest);
  }

  /** Tells whether the body has begun; it may be over. */
  boolean hasBegun() {
    return phase.get() == Phase.OVER
        || (phase.get() == Phase.OPEN && (page == null || page.isClaimed(slot, run.id())));
  }

  boolean isOver() {
    return phase.get() == Phase.OVER;
  }

  /** Tells core that the body has begun, if it has, and returns when. */
  OptionalLong begunAt() {
    if (page == null || !page.isClaimed(slot, run.id()) || phase.get() == Phase.WITHDRAWN) {
      return OptionalLong.empty();
    }
    long at = worker.toOurTime(page.claimedAt(slot));
    if (!page.isClaimed(slot, run.id())) {
      return OptionalLong.empty(); // it is over, and the time is another's
    }
    run.started(worker.toString(), at);
    return OptionalLong.of(at);
  }

  @Override
  public String toString() {
    return run.name() + " (" + (hasBegun() ? "begun" : "sent") + ")";
  }
}
