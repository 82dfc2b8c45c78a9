package dev.baton.async.loop;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes a loop at the time of its earliest timer. Its thread is there from the first timer to the
 * loop's end. It is virtual, and holds no thread of the machine while it waits; but where tasks
 * that wait may keep all carriers, it must not need one: then the loop becomes busy in time, and
 * the watchdog sees that it stands still.
 */
final class Alarm {

  private static final Logger LOG = LoggerFactory.getLogger(Alarm.class);
  private static final long NEVER = Long.MIN_VALUE;

  /** After a failure, such as want of memory, the loop is to be woken again after so long. */
  private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /**
   * When to wake the loop, or {@link #NEVER}. Set by the holder of the baton; cleared by
   * compare-and-set by the thread that wakes, so that an earlier time set meanwhile is not lost.
   */
  private final AtomicLong time = new AtomicLong(NEVER);

  private final Runnable wake;
  private final String name;

  /** Written under the baton, before the first time is set; read by who closes, after the baton. */
  private volatile @Nullable Thread thread;

  private volatile boolean closed;

  Alarm(String name, Runnable wake) {
    this.name = name;
    this.wake = wake;
  }

  /** Sets the time as of {@link System#nanoTime()}. For the holder of the baton. */
  void set(long nanoTime) {
    time.set(nanoTime == NEVER ? NEVER + 1 : nanoTime);
    Thread present = thread;
    if (present == null) {
      thread = newThread().name(name + "-alarm").start(this::run);
    } else {
      LockSupport.unpark(present);
    }
  }

  /** Makes a thread that keeps nothing of the task that sets the first timer. */
  private static Thread.Builder newThread() {
    Thread.Builder builder =
        Carriers.CAN_BE_KEPT ? Thread.ofPlatform().daemon(true) : Thread.ofVirtual();
    return builder.inheritInheritableThreadLocals(false);
  }

  private void run() {
    while (!closed) {
      long set = time.get();
      long left = set == NEVER ? Long.MAX_VALUE : set - System.nanoTime();
      if (left > 0) {
        sleep(left);
      } else if (time.compareAndSet(set, NEVER)) {
        ring();
      }
    }
  }

  private void sleep(long nanos) {
    try {
      LockSupport.parkNanos(this, nanos);
    } catch (Throwable again) { // such as want of memory: there is no other thread to wake the loop
      Thread.onSpinWait();
    }
  }

  private void ring() {
    try {
      wake.run();
    } catch (Throwable failure) {
      LOG.error("{} could not wake its loop, and tries again", name, failure);
      time.compareAndSet(NEVER, System.nanoTime() + AGAIN_NANOS);
    }
  }

  /** Ends the thread and waits for that. */
  void close() {
    closed = true;
    Thread present = thread;
    if (present != null) {
      LockSupport.unpark(present);
      Threads.join(present);
    }
  }
}
