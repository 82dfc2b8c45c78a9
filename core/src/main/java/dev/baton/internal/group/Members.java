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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The members of one group, and what they have come to. The owner's thread adds them. */
final class Members implements Awaited {

  /** So many members are kept, over or not, before any is looked at. */
  private static final int SWEEP = 64;

  private final Home home;
  private final Policy policy;

  /**
   * The member that was added last, linked to those before it whose bodies may still run; the
   * others are swept out when the list has doubled. Its number is how many there are. Written by
   * the thread that owns the group, which looks afterwards whether the group was stopped and
   * whether the member has ended; who stops the group, or hears of an end that is to be noted, says
   * so first and looks here afterwards: one of the two sees the other.
   */
  private volatile @Nullable Member newest;

  /** How many are linked; the owner's. */
  private int present;

  private int sweepAt = SWEEP;

  /**
   * How many are done; counted last of all by who hears of a member's end. Apart from the number of
   * members, so that who submits and who completes do not write to the same place.
   */
  private final AtomicInteger done = new AtomicInteger();

  /** Guards all that follows. Nothing is cancelled or woken under it. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Failures failures = new Failures();
  private int noted;
  private int expired;
  private @Nullable TaskFuture<?> winner;

  /** Volatile, too: the owner looks whether it is set without the lock. */
  private volatile boolean stopped;

  /** Wakes the thread that joins; written by it, read by who has counted a member. */
  private volatile @Nullable Runnable wake;

  Members(Home home, Policy policy) {
    this.home = home;
    this.policy = policy;
  }

  /**
   * Adds a member whose task was accepted; it is cancelled if the group has been stopped meanwhile.
   */
  void add(Member member) {
    if (present >= sweepAt) {
      sweepIfWorthIt();
    }
    member.older = newest;
    member.isNumber(total() + 1);
    newest = member;
    present++;
    if (member.hasEnded()) {
      note(member);
    }
    if (stopped) {
      member.task().cancel(CancelMode.INTERRUPT);
    }
  }

  /** Sweeps if about half of the members are over; what others have just written costs to read. */
  private void sweepIfWorthIt() {
    int swept = total() - present;
    if (done.get() - swept >= present / 2) {
      sweep();
      sweepAt = Math.max(SWEEP, 2 * present);
    } else {
      sweepAt = present + SWEEP;
    }
  }

  /** Unlinks the members that are over, except for the newest, which says how many there are. */
  private void sweep() {
    present = 0;
    Member kept = newest;
    while (kept != null) {
      Member next = kept.older;
      while (next != null && next.isOver()) {
        next = next.older;
      }
      kept.older = next;
      kept = next;
      present++;
    }
  }

  /** Tells whether the end of a task that is done has only to be counted, without a lock. */
  boolean isPlainSuccess(SubmittedTask<?> task) {
    return policy != Policy.FIRST_SUCCESS
        && task.state() == Future.State.SUCCESS
        && task.isBodyOver();
  }

  /** Tells whether all members are done, and none needed to be noted. */
  private boolean hasOnlyPlainSuccesses() {
    lock.lock();
    try {
      return noted == 0 && unfinished() == 0;
    } finally {
      lock.unlock();
    }
  }

  /** Is told that a member has ended, which counts once the member is added. */
  void ended(Member member) {
    if (!member.hasEnded()) {
      count();
    } else if (isAdded(member)) {
      note(member);
    }
  }

  /** Tells whether a member is added; if that comes later, the owner sees that it has ended. */
  private boolean isAdded(Member member) {
    int known = total();
    return member.number() != Member.NONE && member.number() <= known;
  }

  private void count() {
    int known = done.incrementAndGet();
    Runnable call = wake;
    if (call != null && known == total()) {
      call.run();
    }
  }

  /** Notes what a member has come to, unless that is noted, and stops the group if that decides. */
  private void note(Member member) {
    boolean decides;
    lock.lock();
    try {
      if (member.isNoted) {
        return;
      }
      member.isNoted = true;
      noted++;
      decides = decides(member.task(), member.isBounded());
    } finally {
      lock.unlock();
    }
    if (decides) {
      stop();
    }
    count();
  }

  private boolean decides(TaskFuture<?> future, boolean isBounded) {
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
  }

  private static boolean isDeadline(Throwable failure) {
    return failure instanceof TaskTimeoutException late
        && late.kind() == TaskTimeoutException.Kind.DEADLINE;
  }

  /** Does what {@link #stop} does, on the thread that owns the group: mostly all are done then. */
  void stopFromOwner() {
    if (unfinished() == 0) {
      refuseMore();
    } else {
      stop();
    }
  }

  /** Has members that come from now on cancelled. */
  private void refuseMore() {
    lock.lock();
    try {
      stopped = true;
    } finally {
      lock.unlock();
    }
  }

  /** Cancels those that are not done, and those to come. */
  void stop() {
    refuseMore();
    for (Member member = newest; member != null; member = member.older) {
      if (!member.task().isDone()) {
        member.task().cancel(CancelMode.INTERRUPT);
      }
    }
  }

  /** Returns the members of which a condition holds, the first first. */
  private List<SubmittedTask<?>> where(Predicate<SubmittedTask<?>> condition) {
    List<SubmittedTask<?>> found = new ArrayList<>();
    for (Member member = newest; member != null; member = member.older) {
      if (condition.test(member.task())) {
        found.add(member.task());
      }
    }
    return found.reversed();
  }

  /** Returns those whose bodies may still run. */
  List<SubmittedTask<?>> running() {
    return hasOnlyPlainSuccesses() ? List.of() : where(task -> !task.isBodyOver());
  }

  /** Returns how many are kept, those that are over and not swept out yet included. */
  int present() {
    return present;
  }

  int total() {
    Member last = newest;
    return last == null ? 0 : last.number();
  }

  /**
   * Returns how many are not done. Only the owner hears the right number: while it submits one that
   * is done before it is a member, others hear one too few.
   */
  int unfinished() {
    int known = done.get();
    return Math.max(0, total() - known);
  }

  boolean isStopped() {
    return stopped;
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
    List<SubmittedTask<?>> open = where(task -> !task.isBodyOver() && !task.isDone());
    return policy == Policy.COLLECT_ALL || open.size() == 1 ? open : List.of();
  }

  @Override
  public String toString() {
    return Awaited.describe(where(task -> true));
  }
}
