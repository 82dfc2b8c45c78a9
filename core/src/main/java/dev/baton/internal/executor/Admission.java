package dev.baton.internal.executor;

import dev.baton.Overflow;
import dev.baton.internal.future.Awaited;
import dev.baton.internal.future.Home;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Bounds how many tasks an executor holds at once, running and waiting. A place is taken at the
 * submission and given back when the body is over or withdrawn.
 */
public final class Admission {

  private final Home home;
  private final Overflow overflow;

  /** Guards all that follows. Wake-up calls are made outside it. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Places that are free; negative while lent slots have been taken back and not yet vacated. */
  private int free;

  private final Deque<Place> waiting = new ArrayDeque<>();
  private boolean closed;

  /** Makes places. */
  public Admission(Home home, int places, Overflow overflow) {
    this.home = home;
    this.free = places;
    this.overflow = overflow;
  }

  /** What a submit does when there is no place. */
  public Overflow overflow() {
    return overflow;
  }

  /** Takes a place if one is free. */
  boolean tryEnter() {
    lock.lock();
    try {
      if (free <= 0) {
        return false;
      }
      free--;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Returns a claim on the next place, to be waited for. */
  Place queueUp() {
    Place place = new Place();
    lock.lock();
    try {
      if (closed) {
        place.state = PlaceState.REFUSED;
      } else if (free > 0) {
        free--;
        place.state = PlaceState.GRANTED;
      } else {
        waiting.add(place);
      }
    } finally {
      lock.unlock();
    }
    return place;
  }

  /** Gives a place back, or adds one. */
  void leave() {
    Place next = null;
    lock.lock();
    try {
      free++;
      if (free > 0) {
        next = waiting.poll();
      }
      if (next != null) {
        free--;
        next.state = PlaceState.GRANTED;
      }
    } finally {
      lock.unlock();
    }
    if (next != null) {
      next.wake();
    }
  }

  /** Takes away a place that was added, even if none is free. */
  void shrink() {
    lock.lock();
    try {
      free--;
    } finally {
      lock.unlock();
    }
  }

  /** Refuses all who wait and will wait. */
  void close() {
    Deque<Place> refused;
    lock.lock();
    try {
      closed = true;
      refused = new ArrayDeque<>(waiting);
      waiting.clear();
      refused.forEach(place -> place.state = PlaceState.REFUSED);
    } finally {
      lock.unlock();
    }
    refused.forEach(Place::wake);
  }

  private enum PlaceState {
    WAITING,
    GRANTED,
    REFUSED
  }

  /** One submitter's claim on a place. WAITING ──▶ GRANTED | REFUSED, written under the lock. */
  final class Place implements Awaited {

    private volatile PlaceState state = PlaceState.WAITING;
    private volatile @Nullable Runnable wake;

    boolean isGranted() {
      return state == PlaceState.GRANTED;
    }

    private void wake() {
      Runnable call = wake;
      if (call != null) {
        call.run();
      }
    }

    /** Gives the claim up, and the place too if it was granted meanwhile. */
    void abandon() {
      boolean granted;
      lock.lock();
      try {
        waiting.remove(this);
        granted = isGranted();
      } finally {
        lock.unlock();
      }
      if (granted) {
        leave();
      }
    }

    @Override
    public boolean isMet() {
      return state != PlaceState.WAITING;
    }

    @Override
    public Runnable onMet(Runnable call) {
      wake = call;
      if (isMet()) {
        call.run();
      }
      return () -> wake = null;
    }

    @Override
    public boolean involves(Home other) {
      return other == home;
    }

    @Override
    public String toString() {
      return "a place in the queue of " + home.name();
    }
  }
}
