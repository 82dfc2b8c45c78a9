package dev.baton.internal.group;

import dev.baton.internal.future.Follower;
import dev.baton.internal.future.Nanos;
import dev.baton.internal.task.Budget;
import dev.baton.internal.task.SubmittedTask;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A member of a group, which is told of its task's end.
 *
 * <pre>
 *   place:  null ──is added──▶ a block ──ends──▶ (counted by who hears of the end)
 *             └──ends──▶ ENDED ──is added──▶ a block   (counted by who adds it)
 * </pre>
 */
final class Member extends Follower implements Consumer<SubmittedTask<?>> {

  private static final Object ENDED = new Object();

  /** So far apart may two looks at the wall clock be that were taken at once: it ticks. */
  private static final long TICK_NANOS = 20_000_000;

  private static final VarHandle PLACE;

  static {
    try {
      PLACE = MethodHandles.lookup().findVarHandle(Member.class, "place", Object.class);
    } catch (ReflectiveOperationException missing) {
      throw new ExceptionInInitializerError(missing);
    }
  }

  private final Members members;
  private final @Nullable Budget budget;
  private final @Nullable Duration deadline;

  /**
   * Where it was added, as above. Swapped by the thread that owns the group and by the one that
   * hears of the end: the second of the two sees the other. What was rejected is never added.
   */
  private volatile @Nullable Object place;

  /** The thread's that submits, which sets it before the task may begin. */
  private @Nullable SubmittedTask<?> task;

  private boolean isTold;
  private boolean isBounded;

  /** When the group's time is up, as of {@link System#nanoTime()}, if that bounds the task. */
  private long boundAt;

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
    if (budget != null && budget.isTighterThan(deadline)) {
      isBounded = true;
      long now = System.nanoTime(); // read first: so the task's own timer is not due before this
      boundAt = now + Nanos.of(budget.left());
    }
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

  /** Is added to a block; tells whether the end was there before, and is to be counted now. */
  boolean isEndedAsAddedTo(MemberBlock block) {
    return PLACE.getAndSet(this, block) == ENDED;
  }

  /**
   * Tells whether the group's time is up, and not only the task's own. It is told by the clock that
   * the timer goes by, in this JVM and in that of the real executor, where the task may be ended.
   */
  boolean isGroupLate() {
    return isBounded && System.nanoTime() - boundAt >= -TICK_NANOS;
  }

  /** Tells whether nothing can be stopped any more. */
  boolean isOver() {
    return task().isDone() && task().isBodyOver();
  }

  @Override
  protected boolean isBrief() {
    return members.isPlainSuccess(task());
  }

  @Override
  protected void ended() {
    boolean isFirst = place == null && PLACE.compareAndSet(this, null, ENDED);
    if (!isFirst && place instanceof MemberBlock block) {
      members.ended(this, block);
    }
  }
}
