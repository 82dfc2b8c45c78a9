package dev.baton.internal.task;

import dev.baton.internal.future.Occupant;
import org.jspecify.annotations.Nullable;

/** One run of a body, from its begin to its end: an attempt of a task, or a visit. */
public class BodyRun {

  /** What must not outlive the body. */
  public interface Companion {

    /** Is told, perhaps twice, that the body is over; must not block nor call the user's code. */
    void bodyOver();
  }

  /** Whether the body is over; written before {@link #companion} is read. */
  private volatile boolean isOver;

  /** Written by the body's thread, before it reads {@link #isOver}: one of the two sees both. */
  private volatile @Nullable Companion companion;

  BodyRun() {}

  /** Returns the run of the body that this thread runs, or null outside one. */
  public static @Nullable BodyRun current() {
    Occupant occupant = Occupant.current();
    if (occupant instanceof SubmittedTask<?> task && task.runner() == Thread.currentThread()) {
      return task.extras().attempt;
    }
    return occupant instanceof Visitor visitor ? visitor.run() : null;
  }

  /** Tells whether the body is over. */
  public final boolean isOver() {
    return isOver;
  }

  /** Returns what was given to {@link #accompany}, or null. */
  public final @Nullable Companion companion() {
    return companion;
  }

  /** Has something told of the end. For the body's thread. */
  public final void accompany(Companion next) {
    companion = next;
    if (isOver) {
      next.bodyOver();
    }
  }

  /** Tells that the body is over. */
  final void end() {
    isOver = true;
    Companion present = companion;
    companion = null;
    if (present != null) {
      present.bodyOver();
    }
  }
}
