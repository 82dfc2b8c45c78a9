package dev.baton.internal.task;

import dev.baton.TaskInfo;
import dev.baton.TaskOptions;
import dev.baton.internal.future.Home;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a task: who it is, what it asked for, where it stands, and how it says so.
 *
 * @param <T> the type of the result
 */
abstract class KnownTask<T extends @Nullable Object> extends BodyState<T> {

  private static final VarHandle EXTRAS;

  static {
    try {
      EXTRAS = MethodHandles.lookup().findVarHandle(KnownTask.class, "extras", TaskExtras.class);
    } catch (ReflectiveOperationException missing) {
      throw new ExceptionInInitializerError(missing);
    }
  }

  /** The rare things; created by compare-and-set by whoever first needs one. */
  volatile @Nullable TaskExtras extras;

  final TaskOwner owner;
  private final long id;
  final TaskOptions options;
  final @Nullable Map<String, String> loggingContext;

  KnownTask(TaskOwner owner, long id, TaskOptions options) {
    this.owner = owner;
    this.id = id;
    this.options = options;
    this.loggingContext = LoggingContext.capture();
  }

  /** Tells whether the clock is to be read for this task. */
  final boolean isTimed() {
    return owner.hasListeners() || isLimited() || options.isTimed();
  }

  /** Tells whether there is a time after which the task is not to go on. */
  final boolean isLimited() {
    return budget() != null || isLimitedBy(options);
  }

  private static boolean isLimitedBy(TaskOptions options) {
    return options.timeout() != null
        || options.deadline() != null
        || options.queueTimeout() != null
        || options.stallTimeout() != null;
  }

  /** Tells whether the time of each attempt is limited. */
  final boolean isEachAttemptLimited() {
    return options.timeout() != null || options.stallTimeout() != null;
  }

  /** Returns the time that whoever submitted the task had left, or null. */
  final @Nullable Budget budget() {
    TaskExtras x = extras;
    return x == null ? null : x.budget;
  }

  /** Returns the rare things, made now if there are none yet. */
  final TaskExtras extras() {
    TaskExtras present = extras;
    if (present == null) {
      EXTRAS.compareAndSet(this, null, new TaskExtras());
      present = Objects.requireNonNull(extras);
    }
    return present;
  }

  @Override
  public final long id() {
    return id;
  }

  @Override
  protected final @Nullable String givenName() {
    return options.name();
  }

  @Override
  protected final Home home() {
    return owner;
  }

  /** Returns the executor. */
  public final TaskOwner owner() {
    return owner;
  }

  /** Returns the name under which the task appears in messages. */
  public final String name() {
    return nameOf(id, options.name());
  }

  /** Returns what the task asks for. */
  public final TaskOptions options() {
    return options;
  }

  /** Returns the logging context of its submission. */
  public final Map<String, String> loggingContext() {
    return loggingContext == null ? Map.of() : loggingContext;
  }

  /** Tells which attempt at the body this is. */
  public final int attempt() {
    TaskExtras x = extras;
    return x == null ? 1 : x.attempt.number;
  }

  /** Tells whether the body was asked to stop. */
  public final boolean isAskedToStop() {
    return extras instanceof TaskExtras x && x.attempt.isAskedToStop();
  }

  /** Returns when the task has to be over by its options, or null. */
  public final @Nullable Instant latestEnd() {
    TaskExtras x = extras;
    if (x == null) {
      return null;
    }
    Instant submitted = Moments.instant(x.submitted);
    Instant started = Moments.instant(x.started);
    Budget budget = x.budget;
    Instant byTimeout = plus(started, options.timeout());
    Instant byDeadline = plus(submitted, options.deadline());
    return earlier(earlier(byTimeout, byDeadline), budget == null ? null : budget.end());
  }

  private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return other.isBefore(one) ? other : one;
  }

  private static @Nullable Instant plus(@Nullable Instant from, @Nullable Duration time) {
    return from == null || time == null ? null : Moments.after(from, time);
  }

  @Override
  public final boolean isRunning() {
    lookWhetherBegun();
    return !isDone() && isBodyActive();
  }

  /** Asks a backend that has the body, and tells of no start by itself, whether it has begun. */
  public abstract void lookWhetherBegun();

  @Override
  public final TaskInfo info() {
    lookWhetherBegun();
    TaskExtras x = extras;
    return new TaskInfo(
        id,
        name(),
        owner.name(),
        owner.backend(),
        worker(),
        infoPhase(),
        attempt(),
        x == null ? null : Moments.instant(x.submitted),
        x == null ? null : Moments.instant(x.started),
        x == null || !isDone() ? null : Moments.instant(x.ended));
  }

  private TaskInfo.Phase infoPhase() {
    return switch (state()) {
      case RUNNING -> isRunning() || isBodyOver() ? TaskInfo.Phase.RUNNING : TaskInfo.Phase.PENDING;
      case SUCCESS -> TaskInfo.Phase.SUCCESS;
      case FAILED -> TaskInfo.Phase.FAILED;
      case CANCELLED -> TaskInfo.Phase.CANCELLED;
    };
  }

  /** Returns what runs or ran the body, as far as that is known. */
  private @Nullable String worker() {
    TaskExtras x = extras;
    String elsewhere = x == null ? null : x.attempt.worker;
    if (elsewhere != null || isBodyPending() || isWithdrawn()) {
      return elsewhere;
    }
    Thread thread = lastRunner();
    return thread == null ? null : nameOf(thread);
  }

  @Override
  protected final String failureMessage(Throwable cause) {
    String worker = worker();
    String where = worker == null ? "" : " in " + worker;
    String often = attempt() == 1 ? "" : " after " + attempt() + " attempts";
    return "Task "
        + name()
        + " of executor "
        + owner.name()
        + " failed"
        + where
        + often
        + ": "
        + cause;
  }

  @Override
  public final String toString() {
    lookWhetherBegun();
    String worker = worker();
    String body = isDone() && isBodyActive() ? ", its body still runs" : "";
    return "TaskFuture["
        + name()
        + " of "
        + owner.name()
        + ", "
        + (isDone() ? describeEnd() : infoPhase().name().toLowerCase(Locale.ROOT))
        + body
        + (worker == null ? "" : " in " + worker)
        + "]";
  }

  /** Returns the name under which a thread appears as a worker. */
  static String nameOf(Thread thread) {
    return thread.getName().isEmpty() ? "virtual thread #" + thread.threadId() : thread.getName();
  }
}
