package dev.baton.internal.group;

import dev.baton.internal.future.Follower;
import dev.baton.internal.task.Budget;
import dev.baton.internal.task.SubmittedTask;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A member of a group: it is told of its task's end, and is linked to the members before it. */
final class Member extends Follower implements Consumer<SubmittedTask<?>> {

  /** The number of what is not added, and never may be: its task may have been rejected. */
  static final int NONE = 0;

  private final Members members;
  private final @Nullable Budget budget;
  private final @Nullable Duration deadline;

  /**
   * How many there are with it; the owner's, who gives it as the member is added. Others read it
   * behind {@link Members#newest}: with an older one there it counts for nothing.
   */
  private int number = NONE;

  /** The thread's that submits, which sets it before the task may begin. */
  private @Nullable SubmittedTask<?> task;

  private boolean isTold;
  private boolean isBounded;

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
   * @param budget the time that the group has, or null
   * @param deadline the time that the task has of its own, or null
   */
  Member(Members members, @Nullable Budget budget, @Nullable Duration deadline) {
    this.members = members;
    this.budget = budget;
    this.deadline = deadline;
  }

  @Override
  public void accept(SubmittedTask<?> submitted) {
    task = submitted;
    isBounded = budget != null && budget.isTighterThan(deadline);
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

  void isNumber(int given) {
    number = given;
  }

  int number() {
    return number;
  }

  /** Tells whether the group's time was up before the task's own. */
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
