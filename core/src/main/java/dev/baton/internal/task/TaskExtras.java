package dev.baton.internal.task;

import dev.baton.spi.Outcome;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What most tasks never need, kept out of the task itself so that they do not pay for it. There may
 * be a million, so what few of these need is made when it is needed.
 */
final class TaskExtras {

  private static final VarHandle PROGRESS;
  private static final VarHandle TERMINATED;
  private static final VarHandle ENCODED;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      PROGRESS = lookup.findVarHandle(TaskExtras.class, "progress", ProgressRelay.class);
      TERMINATED =
          lookup.findVarHandle(TaskExtras.class, "terminated", SubmittedTask.BodyEnd.class);
      ENCODED = lookup.findVarHandle(TaskExtras.class, "encoded", Outcome.Encoded.class);
    } catch (ReflectiveOperationException missing) {
      throw new ExceptionInInitializerError(missing);
    }
  }

  /** The present attempt; written by the one thread that makes the next one possible. */
  volatile Attempt attempt = new Attempt(1);

  /** Made by compare-and-set by whoever first reports progress or listens to it. */
  private volatile @Nullable ProgressRelay progress;

  /** The future of the body's end, once somebody asked for it; set by compare-and-set. */
  private volatile SubmittedTask.@Nullable BodyEnd terminated;

  /** A result that has arrived and is not decoded; taken by swap by who decodes it. */
  private volatile Outcome.@Nullable Encoded encoded;

  /** What a backend keeps with the task, such as its encoded form; let go with the body. */
  volatile @Nullable Object attachment;

  /**
   * The clock, where it is read at all, as {@link Moments} has it; each written by the thread that
   * takes the step.
   */
  volatile long submitted = Moments.NEVER;

  volatile long started = Moments.NEVER;
  volatile long ended = Moments.NEVER;

  /** The time that whoever submitted the task had left; written before the submission. */
  volatile @Nullable Budget budget;

  /** What watches the time, if anything is limited; written before the submission. */
  volatile @Nullable TimeLimit limits;

  /** Returns what shows the body's progress to who listens, on threads of an executor. */
  ProgressRelay progress(Executor callbacks) {
    ProgressRelay present = progress;
    if (present == null) {
      PROGRESS.compareAndSet(this, null, new ProgressRelay(callbacks));
      present = Objects.requireNonNull(progress);
    }
    return present;
  }

  /** Returns what shows the body's progress, or null if nobody has asked for it. */
  @Nullable ProgressRelay progress() {
    return progress;
  }

  /** Returns the future of the body's end, made now if nobody has asked for it. */
  SubmittedTask.BodyEnd terminated(SubmittedTask<?> task) {
    SubmittedTask.BodyEnd present = terminated;
    if (present == null) {
      TERMINATED.compareAndSet(this, null, new SubmittedTask.BodyEnd(task));
      present = Objects.requireNonNull(terminated);
    }
    return present;
  }

  /** Returns the future of the body's end, or null if nobody has asked for it. */
  SubmittedTask.@Nullable BodyEnd terminated() {
    return terminated;
  }

  /** Keeps a result for whoever decodes it. */
  void keep(Outcome.Encoded result) {
    encoded = result;
  }

  /** Takes the result to decode it; returns null if there is none, or another thread has it. */
  Outcome.@Nullable Encoded takeEncoded() {
    return encoded == null ? null : (Outcome.Encoded) ENCODED.getAndSet(this, null);
  }

  /** Lets go of what only an unfinished body needs. */
  void letGo() {
    TimeLimit watching = limits;
    if (watching != null) {
      watching.disarm();
      limits = null;
    }
    attempt.letGo();
    attachment = null;
  }
}
