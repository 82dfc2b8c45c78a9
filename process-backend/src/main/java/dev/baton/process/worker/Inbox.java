package dev.baton.process.worker;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Passes work from the reader, which never waits here, to the one thread that does it. */
final class Inbox {

  private final Queue<Work> queue = new ConcurrentLinkedQueue<>();

  /**
   * What is being done, or null. Written by the taker before it removes it from the queue. So
   * whoever looks into the queue, and then here, misses no task that is not over.
   */
  private volatile @Nullable Work current;

  /**
   * The taker, while it may be parked. Written before the taker looks at the queue once more, and
   * read after something was added: so one of the two sees the other.
   */
  private volatile @Nullable Thread waiting;

  private final IdleSpin spin;

  Inbox(IdleSpin spin) {
    this.spin = spin;
  }

  /** Adds work. */
  void add(Work work) {
    queue.add(work);
    Thread taker = waiting;
    if (taker != null) {
      LockSupport.unpark(taker);
    }
  }

  /** Takes the next work, and waits for it, deaf to interrupts. */
  Work take() {
    Work next = queue.peek();
    while (next == null) {
      current = null; // what is over is let go
      await();
      next = queue.peek();
    }
    current = next;
    queue.remove();
    return next;
  }

  /**
   * Finds an attempt at a task that is queued or current. One that was taken back and sent again
   * may be there twice: the first that the page lets begin does, and then the others are dropped.
   */
  @Nullable Assignment find(long id, int attempt) {
    Assignment queued = findQueued(id, attempt);
    return current instanceof Assignment task && task.isAttempt(id, attempt) ? task : queued;
  }

  private @Nullable Assignment findQueued(long id, int attempt) {
    for (Work work : queue) {
      if (work instanceof Assignment task && task.isAttempt(id, attempt)) {
        return task;
      }
    }
    return null;
  }

  private void await() {
    if (spin.await(queue)) {
      return;
    }
    waiting = Thread.currentThread();
    if (queue.isEmpty()) {
      LockSupport.park(this);
    }
    waiting = null;
    Thread.interrupted(); // meant for a task that is over; set, it would keep this from parking
  }
}
