package dev.baton.internal.timer;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that watches the time for all executors of this JVM. It runs no user code, and
 * ends when it has had nothing to do for a while.
 */
public final class Timer {

  private static final Logger LOG = LoggerFactory.getLogger(Timer.class);
  private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** What is further off counts as so far, so that any two times can be compared. */
  private static final long FARTHEST_NANOS = Long.MAX_VALUE / 2;

  /** Takes a few microseconds. */
  private static final int LOOKS = 64;

  private static final Timer OF_THIS_JVM = new Timer();

  /** Guards all entries and the fields below. The thread is started under it. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Wakes the thread if it is to look earlier. */
  private final Condition earlier = lock.newCondition();

  private final TimerQueue queue = new TimerQueue();

  /** Written under the lock; read without it by who asks whether it is this thread. */
  private volatile @Nullable Thread thread;

  /** Until when the thread waits; meaningful while it {@link #isWaiting}. */
  private long waitsUntil;

  private boolean isWaiting;

  /** Whether the thread waits for nothing, and is to end if that is all for a while. */
  private boolean isLingering;

  private Timer() {}

  /**
   * Takes the lock. It is held for a fraction of a microsecond, and to park would cost many: a loop
   * stands still meanwhile.
   */
  @SuppressWarnings("LockNotBeforeTry") // the try is around the caller's block
  private void acquire() {
    for (int i = 0; i < LOOKS; i++) {
      if (lock.tryLock()) {
        return;
      }
      Thread.onSpinWait();
    }
    lock.lock();
  }

  /** Tells whether the current thread is the timer's. */
  public static boolean isCurrentThread() {
    return Thread.currentThread() == OF_THIS_JVM.thread;
  }

  /** Does something quick after a time. */
  public static Timed after(long nanos, Runnable action) {
    Timed timed =
        new Timed() {
          @Override
          protected void due() {
            action.run();
          }
        };
    start(timed, nanos);
    return timed;
  }

  /** Starts something that is due after a time, or starts it anew; nothing if it is ended. */
  public static void start(Timed timed, long nanos) {
    OF_THIS_JVM.add(timed, nanos, false);
  }

  /**
   * Starts something that is just being done anew, unless it was cancelled or started meanwhile.
   */
  public static void goOn(Timed timed, long nanos) {
    OF_THIS_JVM.add(timed, nanos, true);
  }

  /** Cancels what is started, if it is; it may be started again. */
  public static void cancel(Timed timed) {
    OF_THIS_JVM.remove(timed, Timed.NOWHERE);
  }

  /** Cancels something for good: it cannot be started any more. */
  public static void end(Timed timed) {
    OF_THIS_JVM.remove(timed, Timed.ENDED);
  }

  /** Tells whether nothing is started. */
  public static boolean isIdle() {
    return OF_THIS_JVM.isEmpty();
  }

  private boolean isEmpty() {
    acquire();
    try {
      return queue.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void add(Timed timed, long nanos, boolean ifRinging) {
    long now = System.nanoTime();
    acquire();
    try {
      if (timed.place == Timed.ENDED || (ifRinging && timed.place != Timed.RINGING)) {
        return;
      }
      queue.remove(timed);
      timed.time = now + Math.min(nanos, FARTHEST_NANOS);
      queue.add(timed, now);
      wakeFor(timed);
    } finally {
      lock.unlock();
    }
  }

  private void wakeFor(Timed timed) {
    if (thread == null) {
      startThread(timed);
    } else if (isWaiting && timed.time - waitsUntil < 0) {
      earlier.signal();
    }
  }

  private void startThread(Timed first) {
    Thread fresh =
        Thread.ofPlatform()
            .name("baton-timer")
            .daemon(true)
            .inheritInheritableThreadLocals(false)
            .unstarted(this::run);
    try {
      fresh.start();
      thread = fresh;
    } finally {
      if (thread == null) {
        queue.remove(first);
      }
    }
  }

  private void remove(Timed timed, int place) {
    acquire();
    try {
      if (timed.place != Timed.ENDED) {
        queue.remove(timed);
        timed.place = place;
        lingerIfEmpty();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Wakes the thread from a wait for something that was cancelled, which may have been far off. */
  private void lingerIfEmpty() {
    if (isWaiting && !isLingering && queue.isEmpty()) {
      isLingering = true;
      earlier.signal();
    }
  }

  private void run() {
    while (runNext()) {
      // all is done there
    }
  }

  /** Does what is due next; returns false if there was nothing, and the thread is to end. */
  private boolean runNext() {
    Timed due = null;
    try {
      due = awaitDue();
      if (due != null) {
        due.due();
      }
      return due != null;
    } catch (Throwable ours) {
      report(due == null ? "The timer" : due, ours);
      return true;
    }
  }

  private static void report(Object what, Throwable failure) {
    try {
      LOG.error("{} failed when its time had come", what, failure);
    } catch (Throwable unlogged) {
      // such as no memory, for which there is no other place either: the time of all others goes on
    }
  }

  /** Returns what is due next; null if there was nothing for a while, and the thread is to end. */
  private @Nullable Timed awaitDue() {
    acquire();
    try {
      for (long now = System.nanoTime(); ; now = System.nanoTime()) {
        Timed due = queue.pollDue(now);
        if (due != null) {
          due.place = Timed.RINGING;
          return due;
        }
        isLingering = queue.isEmpty();
        waitsUntil = isLingering ? now + LINGER_NANOS : queue.nextLook();
        if (waitsUntil - now <= 0) {
          letOthersIn();
        } else if (waitOnce(waitsUntil - now) && isLingering && queue.isEmpty()) {
          thread = null;
          return null;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Lets go of the lock between the steps in which many entries are moved. */
  @SuppressWarnings("ThreadPriorityCheck") // else this thread has it back before others see it free
  private void letOthersIn() {
    lock.unlock();
    try {
      Thread.yield();
    } finally {
      acquire();
    }
  }

  /** Waits without the lock; returns whether it was for the whole time. */
  @SuppressWarnings("WaitNotInLoop") // the loop is around the call, and looks at the queue
  private boolean waitOnce(long nanos) {
    isWaiting = true;
    try {
      return earlier.awaitNanos(nanos) <= 0;
    } catch (InterruptedException nobodyMeansThis) {
      return false;
    } finally {
      isWaiting = false;
    }
  }
}
