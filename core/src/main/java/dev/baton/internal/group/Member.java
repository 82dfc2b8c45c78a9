package dev.baton.internal.group;

import dev.baton.internal.future.Follower;
import dev.baton.internal.task.SubmittedTask;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A member of a group: it is told of its task's end, and is linked to the members before it. */
final class Member extends Follower implements Consumer<SubmittedTask<?>> {

  private final Members members;
  private final int number;
  private final boolean isBounded;

  /** The thread's that submits, which sets it before the task may begin. */
  private @Nullable SubmittedTask<?> task;

  private boolean isTold;

  /**
   * The member before, of those that are kept. Written by the thread that owns the group, before
   * the member is the newest, and later past members that are over: who reads an old link meets
   * those too, which does no harm.
   */
  @Nullable Member older;

  /**
   * Whether its end is there and still to be noted. Volatile: written by who hears of the end, who
   * looks for the member in the group's count afterwards, while the thread that adds it counts it
   * and then reads this.
   */
  private volatile boolean hasEnded;

  /** Whether its end is noted; under the lock of the members. */
  boolean isNoted;

  /**
   * Prepares a member.
   *
   * @param number how many there are with it
   * @param isBounded whether the group's deadline is its deadline
   */
  Member(Members members, int number, boolean isBounded) {
    this.members = members;
    this.number = number;
    this.isBounded = isBounded;
  }

  @Override
  public void accept(SubmittedTask<?> submitted) {
    task = submitted;
    submitted.follow(this);
    isTold = true;
  }

  /** Tells whether there is a task of whose end this member is, or was, told. */
  boolean isTold() {
    return isTold;
  }

  SubmittedTask<?> task() {
    return Objects.requireNonNull(task, "a member is told of its task first");
  }

  int number() {
    return number;
  }

  boolean isBounded() {
    return isBounded;
  }

  boolean hasEnded() {
    return hasEnded;
  }

  /** Tells whether nothing can be stopped any more. */
  boolean isOver() {
    return task().isDone() && task().isBodyOver();
  }

  @Override
  protected void ended() {
    if (!members.isPlainSuccess(task())) {
      hasEnded = true;
    }
    members.ended(this);
  }
}
