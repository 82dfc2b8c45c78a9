package dev.baton.internal.map;

import dev.baton.internal.future.BatonFuture;
import dev.baton.internal.future.Waits;
import java.util.ArrayDeque;
import java.util.Deque;

/** Futures that the caller was given before their ends. */
final class HandedOut {

  private final Deque<BatonFuture<?>> futures = new ArrayDeque<>();

  void add(BatonFuture<?> future) {
    if (!future.isDone()) {
      futures.add(future);
    }
  }

  /** Returns how many there are from the oldest one on that is unfinished. */
  int unfinished() {
    for (BatonFuture<?> oldest; (oldest = futures.peek()) != null && oldest.isDone(); ) {
      futures.poll();
    }
    return futures.size();
  }

  /** Waits for the oldest one; returns false if the deadline came first. */
  boolean awaitOldest(Deadline deadline) throws InterruptedException {
    BatonFuture<?> oldest = futures.peek();
    if (oldest == null || oldest.isDone()) {
      return true;
    }
    if (!deadline.isPast()) {
      Waits.await(oldest, deadline.isSet(), deadline.at());
    }
    return oldest.isDone();
  }
}
