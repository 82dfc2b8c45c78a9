package dev.baton.internal.group;

import dev.baton.CancelMode;
import dev.baton.GroupOptions.Policy;
import dev.baton.TaskFuture;
import dev.baton.TaskTimeoutException;
import dev.baton.internal.future.Awaited;
import dev.baton.internal.future.Home;
import dev.baton.internal.future.Needs;
import dev.baton.internal.task.SubmittedTask;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The members of one group, and what they have come to. The owner's thread adds them. */
final class Members implements Awaited {

  private final Home home;
  private final Policy policy;

  /**
   * The block of the members that were added last, linked to those before it that are not over.
   * Written by the thread that owns the group. It puts a member into it, swaps the member's place
   * and then looks whether the group was stopped; who stops the group says so first and looks here
   * afterwards: one of the two sees the other.
   */
  private volatile MemberBlock newest = new MemberBlock(0, null);

  /** How many blocks are linked; the owner's. */
  private int linked = 1;

  private int sweepAt = 1;

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
    MemberBlock block = blockWithRoom();
    block.add(member);
    if (member.isEndedAsAddedTo(block)) {
      ended(member, block);
    }
    if (stopped) {
      member.task().cancel(CancelMode.INTERRUPT);
    }
  }

  /** Sees to it, before a task is submitted, that its member is added without a want of memory. */
  void makeRoom() {
    blockWithRoom();
  }

  private MemberBlock blockWithRoom() {
    MemberBlock last = newest;
    if (!last.isFull()) {
      return last;
    }
    MemberBlock kept = linked < sweepAt ? last : sweep();
    MemberBlock next = new MemberBlock(last.total(), kept);
    linked++;
    newest = next;
    return next;
  }

  /** Unlinks the blocks that are over, and returns the newest of the others. */
  private @Nullable MemberBlock sweep() {
    MemberBlock first = null;
    MemberBlock last = null;
    linked = 0;
    for (MemberBlock block = newest; block != null; block = block.older) {
      if (block.isNeeded()) {
        if (last == null) {
          first = block;
        } else {
          last.older = block;
        }
        last = block;
        linked++;
      }
    }
    if (last != null) {
      last.older = null;
    }
    sweepAt = Math.max(1, 2 * linked);
    return first;
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
      return noted == 0 && isMet();
    } finally {
      lock.unlock();
    }
  }

  /** Is told that a member has ended and is in a block, once, when both are so. */
  void ended(Member member, MemberBlock block) {
    try {
      if (!isPlainSuccess(member.task())) {
        block.expectLateBody();
        note(member);
      }
    } finally { // whatever goes wrong, such as a want of memory, nobody joins for ever
      count(block);
    }
  }

  private void count(MemberBlock block) {
    if (block.count()) {
      Runnable call = wake;
      if (call != null && isMet()) {
        call.run();
      }
    }
  }

  /** Notes what a member has come to, and stops the group if that decides. */
  private void note(Member member) {
    boolean decides;
    lock.lock();
    try {
      noted++;
      decides = decides(member);
    } finally {
      lock.unlock();
    }
    if (decides) {
      stop();
    }
  }

  private boolean decides(Member member) {
    TaskFuture<?> future = member.task();
    switch (future.state()) {
      case SUCCESS -> {
        boolean isFirst = policy == Policy.FIRST_SUCCESS && winner == null && !stopped;
        if (isFirst) {
          winner = future;
        }
        return isFirst;
      }
      case FAILED -> {
        if (isDeadline(future.exceptionNow()) && member.isGroupLate()) {
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

  /** Tells whether a time was up; it may be one that the body has set, such as an inner group's. */
  private static boolean isDeadline(Throwable failure) {
    return failure instanceof TaskTimeoutException late
        && late.kind() == TaskTimeoutException.Kind.DEADLINE;
  }

  /** Does what {@link #stop} does, on the thread that owns the group: mostly all are done then. */
  void stopFromOwner() {
    if (isMet()) {
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
    forEach(
        member -> {
          if (!member.task().isDone()) {
            member.task().cancel(CancelMode.INTERRUPT);
          }
        });
  }

  /** Returns the members of which a condition holds, the first first. */
  private List<SubmittedTask<?>> where(Predicate<SubmittedTask<?>> condition) {
    List<SubmittedTask<?>> found = new ArrayList<>();
    forEach(
        member -> {
          if (condition.test(member.task())) {
            found.add(member.task());
          }
        });
    return found.reversed();
  }

  /** Visits those that are kept, the last first. */
  private void forEach(Consumer<Member> visitor) {
    for (MemberBlock block = newest; block != null; block = block.older) {
      block.forEach(visitor);
    }
  }

  /** Returns those whose bodies may still run. */
  List<SubmittedTask<?>> running() {
    return hasOnlyPlainSuccesses() ? List.of() : where(task -> !task.isBodyOver());
  }

  /** Returns how many are kept, those that are over and not let go yet included. */
  int present() {
    return where(task -> true).size();
  }

  int total() {
    return newest.total();
  }

  /** Returns how many are not done. */
  int unfinished() {
    int count = 0;
    for (MemberBlock block = newest; block != null; block = block.older) {
      count += block.unfinished();
    }
    return count;
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
    for (MemberBlock block = newest; block != null; block = block.older) {
      if (!block.isDone()) {
        return false;
      }
    }
    return true;
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

  /** Needs all members, or one where that may end the others by its failure or success. */
  @Override
  public Needs needs() {
    List<SubmittedTask<?>> open = where(task -> !task.isBodyOver() && !task.isDone());
    return policy == Policy.COLLECT_ALL ? Needs.all(open) : Needs.anyOpen(open);
  }

  @Override
  public boolean mayEndInSeveralWays() {
    return policy != Policy.COLLECT_ALL;
  }

  @Override
  public String toString() {
    return Awaited.describe(where(task -> true));
  }
}
