package dev.baton.async.loop;

import java.util.concurrent.locks.AbstractOwnableSynchronizer;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Tells whether a thread waits for a lock, as far as the JDK tells of virtual threads. */
final class LockWait {

  /** Latches and semaphores are synchronizers too, but have no owner. */
  private static final String LOCKS = "java.util.concurrent.locks.";

  private LockWait() {}

  /**
   * Says what lock a thread waits for, and who may hold it. The JDK does not tell who holds a lock
   * where virtual threads are concerned; but a task that waits for one while it holds the baton can
   * only be in the way of one that waits for the baton.
   *
   * @return words that go on a sentence; empty if it waits for no lock
   */
  static String describe(Thread thread, Supplier<String> waitingTasks) {
    String lock;
    if (thread.getState() == Thread.State.BLOCKED) {
      lock = "a monitor";
    } else if (LockSupport.getBlocker(thread) instanceof AbstractOwnableSynchronizer sync
        && sync.getClass().getName().startsWith(LOCKS)) {
      lock = sync.getClass().getName();
    } else {
      return "";
    }
    String holders = waitingTasks.get();
    return ", waiting for a lock ("
        + lock
        + ")"
        + (holders.isEmpty()
            ? ""
            : " that a suspended task may hold: "
                + holders
                + ". A lock must not be held across an await");
  }
}
