package dev.baton.async.loop;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * One wait of one task: it has passed the baton on, and queues for it again once it may go on.
 *
 * <pre>
 *   WAITING ──condition, timer or interrupt, whichever is first──▶ QUEUED ──the baton──▶ GRANTED
 * </pre>
 */
final class Suspension implements Runnable {

  private static final int WAITING = 0;
  private static final int QUEUED = 1;
  private static final int GRANTED = 2;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Suspension.class, "state", int.class);
    } catch (ReflectiveOperationException missing) {
      throw new ExceptionInInitializerError(missing);
    }
  }

  final Runner runner;

  /**
   * Where the wait stands. Who moves it to QUEUED, by compare-and-set, adds it to the ready queue,
   * so it is there once. The holder of the baton moves it to GRANTED: what was done under the baton
   * before is seen by the task that goes on.
   */
  private volatile int state;

  /** When the wait is to end at the latest; read and written by the holder of the baton only. */
  long deadline;

  /** Where it is in the heap of {@link Timers}, or -1; for the holder of the baton only. */
  int place = Timers.NOWHERE;

  /**
   * Whether nobody waits here, because an error came before that; read and written by the holder of
   * the baton only.
   */
  boolean isAbandoned;

  Suspension(Runner runner) {
    this.runner = runner;
  }

  /**
   * Queues for the baton, unless it does already. May be called by any thread, any number of times.
   */
  @Override
  public void run() {
    if (state == WAITING && STATE.compareAndSet(this, WAITING, QUEUED)) {
      runner.loop.add(this);
    }
  }

  /** Gives the baton to the task that waits. For the holder, who no longer is. */
  void grant() {
    Runner waiting = runner;
    state = GRANTED;
    if (waiting.waitsOnMonitor) {
      waiting.notifyOnMonitor();
    }
    LockSupport.unpark(waiting.thread());
  }

  /** Looks for the baton that may be granted soon, without parking; returns whether it was. */
  boolean isGrantedWithin(int looks) {
    for (int i = 0; i < looks && state != GRANTED; i++) {
      Thread.onSpinWait();
    }
    return state == GRANTED;
  }

  /**
   * Parks until the baton is granted. An interrupt does not end this: it queues for the baton.
   *
   * @return whether there was an interrupt, whose flag is cleared
   */
  boolean awaitGrant() {
    boolean interrupted = false;
    while (state != GRANTED) {
      if (runner.loop.carriers().areScarce()) {
        waitOnMonitor();
      } else {
        LockSupport.park(this);
      }
      if (Thread.interrupted()) {
        interrupted = true;
        run();
      }
    }
    return Thread.interrupted() || interrupted; // the former is one that came before the look
  }

  /** Waits as {@link Carriers} says; an interrupt ends that, and its flag stays. */
  private void waitOnMonitor() {
    synchronized (runner) {
      runner.waitsOnMonitor = true;
      try {
        while (state != GRANTED) {
          runner.wait();
        }
      } catch (InterruptedException early) {
        Thread.currentThread().interrupt();
      } finally {
        runner.waitsOnMonitor = false;
      }
    }
  }

  @Override
  public String toString() {
    return switch (state) {
      case WAITING -> "waits";
      case QUEUED -> "queues for the baton";
      default -> "goes on";
    };
  }
}
