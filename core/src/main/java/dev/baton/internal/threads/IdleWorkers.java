package dev.baton.internal.threads;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The workers of a pool that have nothing to do: at most a few search, the others are parked.
 *
 * <pre>
 *   busy ──found nothing──▶ searching ──found nothing for a while──▶ parked
 *     ▲                        │  ▲                                    │
 *     └─────found a task───────┘  └─────────────woken──────────────────┘
 * </pre>
 *
 * <p>Waking a thread costs more than all else that a trivial task needs. So a new task wakes nobody
 * while somebody searches; the last searcher that finds a task wakes the next one, if there is
 * more. No task is overlooked: who adds one looks for searchers afterwards, and who stops searching
 * looks for tasks afterwards.
 */
final class IdleWorkers {

  private final BooleanSupplier hasReason;

  /** How many search; raised before they look, lowered before they look for the last time. */
  private final AtomicInteger searching = new AtomicInteger();

  /** Guards the parked ones. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Deque<WorkerThread> parked = new ArrayDeque<>();

  /** The size of the above for those who only want to know whether there are any. */
  private volatile int parkedCount;

  /**
   * Makes an empty set.
   *
   * @param hasReason tells whether a worker should look again instead of parking
   */
  IdleWorkers(BooleanSupplier hasReason) {
    this.hasReason = hasReason;
  }

  /** Is told that there is a new task. */
  void taskAdded() {
    if (parkedCount > 0 && searching.get() == 0 && searching.compareAndSet(0, 1)) {
      wakeAsSearching();
    }
  }

  /** Wakes one worker, if one is parked, to look around. */
  void wakeOne() {
    if (parkedCount > 0) {
      searching.incrementAndGet();
      wakeAsSearching();
    }
  }

  /** Wakes a worker that is counted as searching already; if there is none, the count goes back. */
  private void wakeAsSearching() {
    WorkerThread woken = unparkable();
    if (woken == null) {
      endSearch();
    } else {
      woken.isParked = false;
      LockSupport.unpark(woken);
    }
  }

  /** Takes the worker that parked last, whose caches are the warmest. */
  private @Nullable WorkerThread unparkable() {
    lock.lock();
    try {
      WorkerThread last = parked.pollLast();
      parkedCount = parked.size();
      return last;
    } finally {
      lock.unlock();
    }
  }

  /** Begins to search, unless another worker does. */
  boolean beginSearch() {
    return searching.get() == 0 && searching.compareAndSet(0, 1);
  }

  /**
   * Ends a search; if it was the last one and there is something to do, another worker takes over.
   */
  void endSearch() {
    if (searching.decrementAndGet() == 0 && hasReason.getAsBoolean()) {
      taskAdded();
    }
  }

  /**
   * Parks the current worker, which does not search, until it is woken or has a reason to look.
   *
   * @return whether it was woken, and so counts as searching
   */
  boolean park(WorkerThread worker) {
    enlist(worker);
    if (hasReason.getAsBoolean() && delist(worker)) {
      return false;
    }
    while (worker.isParked) {
      LockSupport.park(this);
      Thread.interrupted(); // nobody has a reason to interrupt a worker without a task
    }
    return true;
  }

  private void enlist(WorkerThread worker) {
    lock.lock();
    try {
      worker.isParked = true;
      parked.addLast(worker);
      parkedCount = parked.size();
    } finally {
      lock.unlock();
    }
  }

  private boolean delist(WorkerThread worker) {
    lock.lock();
    try {
      boolean wasParked = parked.removeLastOccurrence(worker);
      parkedCount = parked.size();
      return wasParked;
    } finally {
      lock.unlock();
    }
  }
}
