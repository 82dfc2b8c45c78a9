package dev.baton.verification.loopback;

import dev.baton.spi.TaskRun;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * One run at one worker. Whether its body begins is decided by one compare-and-set:
 *
 * <pre>
 *   SENT ──claim, by the worker──▶ BEGUN ──its body ends, or its worker is lost──▶ OVER
 *     │                             ▲ │
 *     │                             │ ▼
 *     │                        INTERRUPTING   (while the worker's thread is being interrupted)
 *     └──take back, by the backend──▶ TAKEN_BACK
 * </pre>
 */
final class Assignment implements Parcel.Place {

  private enum Phase {
    SENT,
    BEGUN,
    INTERRUPTING,
    OVER,
    TAKEN_BACK
  }

  static final Comparator<Assignment> OLDEST_FIRST = Comparator.comparingLong(a -> a.run().id());

  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.SENT);
  private final TaskRun run;
  private final int attempt;
  private final Parcel parcel;
  private final LoopbackWorker worker;
  private final StopRequest stop = new StopRequest();

  /** Written by the worker's thread before it claims. */
  private long begunAt;

  /** Written by the worker's thread before it claims. */
  private @Nullable Thread thread;

  Assignment(TaskRun run, Parcel parcel, LoopbackWorker worker) {
    this.run = run;
    this.attempt = run.attempt();
    this.parcel = parcel;
    this.worker = worker;
  }

  TaskRun run() {
    return run;
  }

  int attempt() {
    return attempt;
  }

  Parcel parcel() {
    return parcel;
  }

  LoopbackWorker worker() {
    return worker;
  }

  StopRequest stop() {
    return stop;
  }

  /** Claims the run for this thread; returns false if it was taken back. */
  boolean claim() {
    begunAt = System.nanoTime();
    thread = Thread.currentThread();
    return phase.compareAndSet(Phase.SENT, Phase.BEGUN);
  }

  /** Tells whether the body may still begin here. */
  boolean isWaiting() {
    return phase.get() == Phase.SENT;
  }

  /** Tells whether the body has begun; it may be over. */
  boolean hasBegun() {
    Phase now = phase.get();
    return now != Phase.SENT && now != Phase.TAKEN_BACK;
  }

  /** Takes the run back from its worker; returns false if its body has begun. */
  boolean takeBack() {
    return phase.compareAndSet(Phase.SENT, Phase.TAKEN_BACK);
  }

  /** Takes the run back and gives it to another worker; returns false if its body has begun. */
  boolean moveTo(LoopbackWorker other) {
    if (!takeBack()) {
      return false;
    }
    worker.forget(this);
    Assignment next = new Assignment(run, parcel, other);
    parcel.move(this, next);
    other.send(next);
    return true;
  }

  /** Ends the run; returns false if somebody else has ended it. No interrupt comes after this. */
  boolean end() {
    while (hasBegun() && phase.get() != Phase.OVER) {
      if (phase.compareAndSet(Phase.BEGUN, Phase.OVER)) {
        return true;
      }
      Thread.onSpinWait(); // its thread is being interrupted
    }
    return false;
  }

  /** Interrupts the body if it still runs, and nothing else. */
  void interrupt() {
    if (phase.compareAndSet(Phase.BEGUN, Phase.INTERRUPTING)) {
      Thread running = thread;
      if (running != null) {
        running.interrupt();
      }
      phase.set(Phase.BEGUN);
    }
  }

  /** Tells when the body began. */
  OptionalLong begunAt() {
    return hasBegun() ? OptionalLong.of(begunAt) : OptionalLong.empty();
  }

  @Override
  public String toString() {
    return run.name() + " (" + phase + ")";
  }
}
