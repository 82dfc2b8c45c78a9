package dev.baton.async.loop;

import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A call that one thread makes for another, which waits for its end and passes interrupts on. */
final class LentCall<T extends @Nullable Object> implements Runnable {

  private final Callable<T> call;
  private final Thread waiter = Thread.currentThread();

  /** Guards the two fields below, so that an interrupt comes within the call or not at all. */
  private final ReentrantLock lock = new ReentrantLock();

  private @Nullable Thread caller;
  private boolean isInterrupted;

  /** What came of it; written before {@link #isOver}. */
  private @Nullable T value;

  private @Nullable Throwable failure;

  /** Written last by the thread that makes the call. */
  private volatile boolean isOver;

  LentCall(Callable<T> call) {
    this.call = call;
  }

  @Override
  public void run() {
    enter();
    try {
      value = call.call();
    } catch (Throwable thrown) {
      failure = thrown;
    } finally {
      leave();
      isOver = true;
      LockSupport.unpark(waiter);
    }
  }

  private void enter() {
    lock.lock();
    try {
      caller = Thread.currentThread();
      if (isInterrupted) {
        caller.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  private void leave() {
    lock.lock();
    try {
      caller = null;
      if (isInterrupted) {
        Thread.interrupted();
      }
    } finally {
      lock.unlock();
    }
  }

  private void interrupt() {
    lock.lock();
    try {
      isInterrupted = true;
      if (caller != null) {
        caller.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  @SuppressWarnings("NullAway") // null only where the type of the result has it
  T await() throws Exception {
    while (!isOver) {
      LockSupport.park(this);
      if (Thread.interrupted()) {
        interrupt();
      }
    }
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
