package dev.baton.internal.future;

import dev.baton.CancelMode;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A future whose end a function makes from the end of one source, of two, or of the first of two.
 *
 * @param <T> the type of the result
 */
final class Dependent<T extends @Nullable Object> extends BodilessFuture<T> {

  /** Makes the end. */
  @FunctionalInterface
  interface Step {

    /**
     * Computes the end.
     *
     * @param first the end of the only source, of the first, or of the one that was done first
     * @param second the end of the second source where both are needed, else null
     * @return this future's end, or {@link Follow} to take it from a stage
     */
    Object end(Object first, @Nullable Object second) throws Throwable;

    /** Tells whether the function is called for these ends, and not just one of them handed on. */
    default boolean concerns(Object first, @Nullable Object second) {
      return true;
    }
  }

  /** A step whose function is called for results only. */
  @FunctionalInterface
  interface ValueStep extends Step {
    @Override
    default boolean concerns(Object first, @Nullable Object second) {
      return End.isValue(first) && (second == null || End.isValue(second));
    }
  }

  /** A step whose function is called for exceptions and cancels only. */
  @FunctionalInterface
  interface FailureStep extends Step {
    @Override
    default boolean concerns(Object first, @Nullable Object second) {
      return !End.isValue(first);
    }
  }

  /** Says that the end is to be taken from a stage. */
  record Follow(CompletionStage<?> stage) {}

  /** What is to be done when; let go as soon as it begins, so that no future keeps its sources. */
  private record Plan(
      BatonFuture<?> source,
      @Nullable BatonFuture<?> other,
      boolean needsBoth,
      @Nullable Executor executor,
      Step step) {

    boolean isDue() {
      if (other == null) {
        return source.isDone();
      }
      return needsBoth ? source.isDone() && other.isDone() : source.isDone() || other.isDone();
    }

    Object first() {
      Object first = source.end();
      return Objects.requireNonNull(first == null && other != null ? other.end() : first);
    }

    @Nullable Object second() {
      return needsBoth && other != null ? other.end() : null;
    }

    /** Takes the dead entry of a dependent out of the lists of sources that may go on for long. */
    void unlink() {
      source.unlink();
      if (other != null) {
        other.unlink();
      }
    }
  }

  private static final VarHandle PLAN;

  static {
    try {
      PLAN = MethodHandles.lookup().findVarHandle(Dependent.class, "plan", Plan.class);
    } catch (ReflectiveOperationException missing) {
      throw new ExceptionInInitializerError(missing);
    }
  }

  /** Taken by compare-and-set with null by the one thread that carries it out or cancels. */
  private volatile @Nullable Plan plan;

  /** The future that this one ends with; written by who carries out the plan, read by a cancel. */
  private volatile @Nullable BatonFuture<?> followed;

  private Dependent(Plan plan) {
    super("dependent of", plan.source);
    this.plan = plan;
  }

  /** Makes a dependent of one source; without an executor it runs on whoever completes that. */
  static <T extends @Nullable Object> Dependent<T> of(
      BatonFuture<?> source, @Nullable Executor executor, Step step) {
    return attached(new Plan(source, null, false, executor, step));
  }

  /** Makes a dependent of two sources. */
  static <T extends @Nullable Object> Dependent<T> ofBoth(
      BatonFuture<?> source, CompletionStage<?> other, @Nullable Executor executor, Step step) {
    return attached(new Plan(source, adopt(other), true, executor, step));
  }

  /** Makes a dependent of the first of two sources that is done. */
  static <T extends @Nullable Object> Dependent<T> ofEither(
      BatonFuture<?> source, CompletionStage<?> other, @Nullable Executor executor, Step step) {
    return attached(new Plan(source, adopt(other), false, executor, step));
  }

  /** Runs at once on this thread if the sources are done, else in the queue of each source. */
  private static <T extends @Nullable Object> Dependent<T> attached(Plan plan) {
    Dependent<T> dependent = new Dependent<>(plan);
    if (plan.isDue()) {
      BatonFuture<?> done = dependent.carryOut();
      if (done != null) {
        done.drain();
      }
      return dependent;
    }
    plan.source.pushAndDrain(new Link(dependent));
    if (plan.other != null) {
      plan.other.pushAndDrain(new Link(dependent));
    }
    return dependent;
  }

  /** Returns the stage as one of ours: itself, or a future that ends as it does. */
  @SuppressWarnings("unchecked") // a future of a subtype can be read as one of the type
  static <T extends @Nullable Object> BatonFuture<T> adopt(CompletionStage<? extends T> stage) {
    Objects.requireNonNull(stage, "stage");
    if (stage instanceof BatonFuture<?> ours) {
      return (BatonFuture<T>) ours;
    }
    BodilessFuture<T> copy = new BodilessFuture<>();
    stage.whenComplete((value, failure) -> copy.settleAndDrain(endOfStage(value, failure)));
    return copy;
  }

  private static Object endOfStage(@Nullable Object value, @Nullable Throwable failure) {
    return failure instanceof CancellationException cancelled
        ? new End.Cancelled(() -> String.valueOf(cancelled.getMessage()))
        : End.ofStage(value, failure);
  }

  @Override
  public Needs needs() {
    Plan open = plan;
    if (open == null) {
      return Needs.of(followed);
    }
    BatonFuture<?> other = open.other;
    if (other == null) {
      return Needs.of(open.source);
    }
    return new Needs(List.of(open.source, other), !open.needsBoth);
  }

  /** May do so in what it depends on, if not itself. */
  @Override
  public boolean mayEndInSeveralWays() {
    return true;
  }

  /** The entry of a dependent in the queue of a source. */
  private static final class Link extends Callback {
    private final Dependent<?> dependent;

    Link(Dependent<?> dependent) {
      this.dependent = dependent;
    }

    @Override
    @Nullable BatonFuture<?> fire() {
      Plan plan = dependent.plan;
      return plan != null && plan.isDue() ? dependent.carryOut() : null;
    }

    @Override
    boolean isDead() {
      return dependent.plan == null;
    }
  }

  /**
   * Takes the plan; returns this future if it is done by that and its callbacks are to be drained.
   */
  private @Nullable BatonFuture<?> carryOut() {
    Plan taken = plan;
    if (taken == null || !PLAN.compareAndSet(this, taken, null)) {
      return null;
    }
    if (taken.other != null && !taken.needsBoth) {
      taken.unlink();
    }
    Step step = taken.step;
    Object first = taken.first();
    Object second = taken.second();
    if (taken.executor == null || !step.concerns(first, second)) {
      return settleBy(step, first, second) ? this : null;
    }
    try {
      taken.executor.execute(
          () -> {
            if (settleBy(step, first, second)) {
              drain();
            }
          });
      return null;
    } catch (Throwable rejected) {
      return settle(new End.Failed(rejected)) ? this : null;
    }
  }

  private boolean settleBy(Step step, Object first, @Nullable Object second) {
    if (isDone()) {
      return false;
    }
    try {
      Object end = step.end(first, second);
      return end instanceof Follow follow ? follow(adopt(follow.stage())) : settle(end);
    } catch (Throwable failure) {
      return settle(new End.Failed(failure));
    }
  }

  private boolean follow(BatonFuture<?> stage) {
    Object end = stage.end();
    if (end != null) {
      return settle(end);
    }
    followed = stage;
    stage.pushAndDrain(new Tail(this, stage));
    if (isDone()) {
      stage.unlink();
    }
    return false;
  }

  /** The entry of a dependent in the queue of the future that it ends with. */
  private static final class Tail extends Callback {
    private final Dependent<?> dependent;
    private final BatonFuture<?> stage;

    Tail(Dependent<?> dependent, BatonFuture<?> stage) {
      this.dependent = dependent;
      this.stage = stage;
    }

    @Override
    @Nullable BatonFuture<?> fire() {
      dependent.followed = null;
      return dependent.settle(Objects.requireNonNull(stage.end())) ? dependent : null;
    }

    @Override
    boolean isDead() {
      return dependent.isDone();
    }
  }

  @Override
  public boolean cancel(CancelMode mode) {
    boolean cancelled = super.cancel(mode);
    Plan undone = plan;
    if (cancelled && undone != null && PLAN.compareAndSet(this, undone, null)) {
      undone.unlink();
    }
    BatonFuture<?> stage = followed;
    if (cancelled && stage != null) {
      followed = null;
      stage.unlink();
    }
    return cancelled;
  }
}
