package dev.baton.internal.task;

import dev.baton.internal.future.Occupant;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The time that a task has because what submitted it has no more.
 *
 * @param end when the time is up
 * @param giver who set the limit, for messages
 */
public record Budget(Instant end, String giver) {

  /** Returns what ends after a time from now. */
  public static Budget of(Duration time, String giver) {
    return new Budget(Moments.after(Instant.now(), time), giver);
  }

  /**
   * Returns what the body that runs on this thread has left, or null outside one or without end.
   */
  public static @Nullable Budget ofCurrentTask() {
    if (Occupant.current() instanceof SubmittedTask<?> task) { // the usual case, made quick
      Instant latest = task.runner() == Thread.currentThread() ? task.latestEnd() : null;
      return latest == null ? null : new Budget(latest, "task " + task.name());
    }
    CurrentTask current = CurrentTask.find();
    Instant end = current == null ? null : current.context().deadline();
    return end == null || current == null
        ? null
        : new Budget(end, "task " + current.context().name());
  }

  /** Returns the one that ends earlier. */
  public static @Nullable Budget tighter(@Nullable Budget one, @Nullable Budget other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return other.end.isBefore(one.end) ? other : one;
  }

  /** Returns how much is left; zero if nothing is. */
  public Duration left() {
    Duration left = Duration.between(Instant.now(), end);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Tells whether there is less left than a limit that begins now; null stands for none. */
  public boolean isTighterThan(@Nullable Duration limit) {
    return limit == null || left().compareTo(limit) < 0;
  }
}
