package dev.baton.internal.group;

import dev.baton.CancelMode;
import dev.baton.GroupOptions.Policy;
import dev.baton.TaskFuture;
import dev.baton.TaskTimeoutException;
import dev.baton.internal.future.Awaited;
import dev.baton.internal.future.Home;
import dev.baton.internal.task.SubmittedTask;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The members of one group, and what they have come to. */
final class Members implements Awaited {

  private final Home home;
  private final Policy policy;

  /** How many there are; written by the thread that owns the group. */
  private volatile int total;

  /**
   * How many are done; counted last of all by who hears of a member's end. Apart from the total, so
   * that who submits and who completes do not write to the same place.
   */
  private final AtomicInteger done = new AtomicInteger();

  /** Guards all that follows. Nothing is cancelled or woken under it. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Those whose bodies may still run; the others are swept out when the list has doubled. */
  private final List<SubmittedTask<?>> present = new ArrayList<>();

  private final Failures failures = new Failures();
  private int sweepAt = 64;
  private boolean stopped;
  private int expired;
  private @Nullable TaskFuture<?> winner;

  /** Wakes the thread that joins; written by it, read by who has counted a member. */
  private volatile @Nullable Runnable wake;

  Members(Home home, Policy policy) {
    this.home = home;
    this.policy = policy;
  }

  /** Adds a member; it is cancelled if the group has been stopped meanwhile. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // the total has one writer
  void add(TaskFuture<?> future, boolean isBounded) {
    boolean tooLate;
    lock.lock();
    try {
      if (present.size() >= sweepAt) {
        present.removeIf(task -> task.isDone() && task.isBodyOver());
        sweepAt = Math.max(64, 2 * present.size());
      }
      if (future instanceof SubmittedTask<?> task) {
        present.add(task);
      }
      tooLate = stopped;
    } finally {
      lock.unlock();
    }
    total++;
    future.onDone(done -> done(done, isBounded));
    if (tooLate) {
      future.cancel(CancelMode.INTERRUPT);
    }
  }

  private void done(TaskFuture<?> future, boolean isBounded) {
    if (note(future, isBounded)) {
      stop();
    }
    int known = done.incrementAndGet();
    Runnable call = wake;
    if (call != null && known == total) {
      call.run();
    }
  }

  /** Notes what a member has come to; returns whether that decides the group. */
  private boolean note(TaskFuture<?> future, boolean isBounded) {
    if (policy != Policy.FIRST_SUCCESS && future.state() == Future.State.SUCCESS) {
      return false; // which needs no lock that the thread that submits wants too
    }
    lock.lock();
    try {
      switch (future.state()) {
        case SUCCESS -> {
          boolean isFirst = policy == Policy.FIRST_SUCCESS && winner == null && !stopped;
          if (isFirst) {
            winner = future;
          }
          return isFirst;
        }
        case FAILED -> {
          if (isBounded && isDeadline(future.exceptionNow())) {
            expired++; // the others' time is up too
            return false;
          }
          failures.add(future);
        }
        default -> {
          if (stopped) {
            return false;
          }
          failures.add(future);
        }
      }
      return policy == Policy.ALL_SUCCEED && !stopped;
    } finally {
      lock.unlock();
    }
  }

  private static boolean isDeadline(Throwable failure) {
    return failure instanceof TaskTimeoutException late
        && late.kind() == TaskTimeoutException.Kind.DEADLINE;
  }

  /** Cancels those that are not done, and those to come. */
  void stop() {
    List<SubmittedTask<?>> toCancel;
    lock.lock();
    try {
      stopped = true;
      toCancel = List.copyOf(present);
    } finally {
      lock.unlock();
    }
    for (SubmittedTask<?> task : toCancel.reversed()) {
      if (!task.isDone()) {
        task.cancel(CancelMode.INTERRUPT);
      }
    }
  }

  /** Returns those whose bodies may still run. */
  List<SubmittedTask<?>> running() {
    lock.lock();
    try {
      return present.stream().filter(task -> !task.isBodyOver()).toList();
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many are kept, those that are over and not swept out yet included. */
  int present() {
    lock.lock();
    try {
      return present.size();
    } finally {
      lock.unlock();
    }
  }

  int total() {
    return total;
  }

  int unfinished() {
    int known = done.get();
    return total - known;
  }

  boolean isStopped() {
    lock.lock();
    try {
      return stopped;
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many members failed because the group's time was up. */
  int expired() {
    lock.lock();
    try {
      return expired;
    } finally {
      lock.unlock();
    }
  }

  @Nullable TaskFuture<?> winner() {
    lock.lock();
    try {
      return winner;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the failures so far. */
  Failures failures() {
    lock.lock();
    try {
      return failures.copy();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean isMet() {
    return unfinished() == 0;
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
    return other == home && !isMet();
  }

  /** Names members only where no other can end the wait by its failure or success. */
  @Override
  public List<? extends Awaited> needs() {
    List<SubmittedTask<?>> open = running().stream().filter(task -> !task.isDone()).toList();
    return policy == Policy.COLLECT_ALL || open.size() == 1 ? open : List.of();
  }

  @Override
  public String toString() {
    lock.lock();
    try {
      return Awaited.describe(present);
    } finally {
      lock.unlock();
    }
  }
}
