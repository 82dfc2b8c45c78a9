package dev.baton.process.host;

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
 *   OPEN ──its result arrives──▶ OVER
 *     ├──its worker is lost after the claim──▶ LOST
 *     └──withdrawn in the claim page──▶ WITHDRAWN
 * </pre>
 */
final class Assignment implements Shipment.Place {

  private enum Phase {
    OPEN,
    OVER,
    LOST,
    WITHDRAWN
  }

  private final TaskRun run;
  private final Shipment shipment;
  private final Worker worker;
  private final int slot;
  private final @Nullable ClaimPage page;
  private final long sentAt;
  private final long lastByte;

  /** Changed by compare-and-set: the worker's thread ends it, whoever places takes it back. */
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.OPEN);

  /** Kills the worker when the grace is over; set by who asked the body to stop. */
  private volatile @Nullable Future<?> forcedStop;

  /**
   * Makes an assignment, and offers it in the page.
   *
   * @param slot is no other's
   * @param sentAt when it is sent
   * @param lastByte where it ends in the stream to the worker, at the earliest
   */
  Assignment(Unplaced what, Worker worker, int slot, long sentAt, long lastByte) {
    this.run = what.run();
    this.shipment = what.shipment();
    this.worker = worker;
    this.slot = slot;
    this.page = worker.page();
    this.sentAt = sentAt;
    this.lastByte = lastByte;
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

  /** Returns which attempt at the body this is for the worker. */
  int attempt() {
    return shipment.attemptOf(run);
  }

  Worker worker() {
    return worker;
  }

  int slot() {
    return slot;
  }

  long sentAt() {
    return sentAt;
  }

  long lastByte() {
    return lastByte;
  }

  /** Ends the assignment, as its result is there; returns false if it has ended. */
  boolean end() {
    return endAs(Phase.OVER);
  }

  /** Ends the assignment, as its worker is lost; returns false if it has ended. */
  boolean lose() {
    return endAs(Phase.LOST);
  }

  private boolean endAs(Phase end) {
    boolean ended = phase.compareAndSet(Phase.OPEN, end);
    if (ended && forcedStop instanceof Future<?> timer) {
      timer.cancel(false);
    }
    return ended;
  }

  void stopByForceWith(Future<?> timer) {
    forcedStop = timer;
    if (isOver()) {
      timer.cancel(false);
    }
  }

  /** Claims the run for its worker, which asks for that; returns false if it was withdrawn. */
  boolean claim() {
    return page != null && page.claim(slot, run.id(), worker.toItsTime(System.nanoTime()));
  }

  /** Takes the run back from the worker; returns false if its body has begun. */
  boolean withdraw() {
    return page != null
        && phase.get() == Phase.OPEN
        && page.withdraw(slot, run.id())
        && phase.compareAndSet(Phase.OPEN, Phase.WITHDRAWN);
  }

  /** Tells whether the body has begun; it may be over. */
  boolean hasBegun() {
    return isOver() || isRunning();
  }

  /** Tells whether the body has begun, and nobody has heard that it is over. */
  boolean isRunning() {
    return phase.get() == Phase.OPEN && (page == null || page.isClaimed(slot, run.id()));
  }

  boolean isOver() {
    Phase now = phase.get();
    return now == Phase.OVER || now == Phase.LOST;
  }

  /** Tells whether this was lost and another run of the task is a later attempt at it. */
  boolean isBefore(TaskRun other) {
    return phase.get() == Phase.LOST && other != run;
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
