package dev.baton.async.loop;

import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A call that one thread makes for another, which waits for its end and passes interrupts on.
 *
 * <pre>
 *   PENDING ──begins──▶ RUNNING ──returns or throws──▶ OVER
 *      └──its waiter is interrupted──▶ WITHDRAWN
 * </pre>
 */
final class LentCall<T extends @Nullable Object> implements Runnable {

  private enum Phase {
    PENDING,
    RUNNING,
    OVER,
    WITHDRAWN
  }

  private final Callable<T> call;
  private final Carriers carriers;
  private final Thread waiter = Thread.currentThread();

  /** Guards the three fields below, so that an interrupt comes within the call or not at all. */
  private final ReentrantLock lock = new ReentrantLock();

  private Phase phase = Phase.PENDING;
  private @Nullable Thread caller;
  private boolean isInterrupted;

  /** What came of it; written before {@link #isOver}. */
  private @Nullable T value;

  private @Nullable Throwable failure;

  /** Written last by the thread that makes the call. */
  private volatile boolean isOver;

  LentCall(Callable<T> call, Carriers carriers) {
    this.call = call;
    this.carriers = carriers;
  }

  /** Makes the call, unless it was withdrawn. */
  @Override
  public void run() {
    if (!enter()) {
      return;
    }
    try {
      value = call.call();
    } catch (Throwable thrown) {
      failure = thrown;
    } finally {
      leave();
      setOver();
      LockSupport.unpark(waiter);
    }
  }

  /** The waiter may be on this monitor, as {@link Carriers} says. */
  private synchronized void setOver() {
    isOver = true;
    notifyAll();
  }

  private boolean enter() {
    lock.lock();
    try {
      if (phase != Phase.PENDING) {
        return false;
      }
      phase = Phase.RUNNING;
      caller = Thread.currentThread();
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      phase = Phase.OVER;
      caller = null;
      if (isInterrupted) {
        Thread.interrupted();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Passes an interrupt on to the call, or withdraws it; returns what it finds or makes of it. */
  private Phase interrupt() {
    lock.lock();
    try {
      if (phase == Phase.PENDING) {
        phase = Phase.WITHDRAWN;
      }
      if (caller != null) {
        isInterrupted = true;
        caller.interrupt();
      }
      return phase;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for the end of the call.
   *
   * @return what the call returned
   * @throws InterruptedException if this thread was interrupted before the call began, which it
   *     never does then; and whatever the call throws
   */
  T await() throws Exception {
    boolean late = false;
    while (!isOver) {
      if (carriers.areScarce()) {
        waitOnMonitor();
      } else {
        LockSupport.park(this);
      }
      if (Thread.interrupted()) {
        switch (interrupt()) {
          case WITHDRAWN -> throw new InterruptedException("before the call began");
          case OVER -> late = true;
          default -> {}
        }
      }
    }
    if (late) {
      waiter.interrupt(); // for the next wait, as the call did not see it
    }
    return outcome();
  }

  /** Waits until the call is over; an interrupt ends that, and its flag stays. */
  private synchronized void waitOnMonitor() {
    try {
      while (!isOver) {
        wait();
      }
    } catch (InterruptedException early) {
      Thread.currentThread().interrupt();
    }
  }

  @SuppressWarnings("NullAway") // null only where the type of the result has it
  private T outcome() throws Exception {
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure instanceof Exception exception) {
      throw exception;
    }
    if (failure != null) {
      throw new IllegalStateException("Neither an exception nor an error: " + failure, failure);
    }
    return value;
  }
}
