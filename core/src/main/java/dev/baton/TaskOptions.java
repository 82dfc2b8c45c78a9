package dev.baton;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one task asks for beyond its executor's settings: an immutable value, each of whose methods
 * returns a changed copy.
 *
 * <pre>{@code
 * baton.submit(TaskOptions.none().name("resize-42").timeout(Duration.ofSeconds(5)), task);
 * }</pre>
 *
 * @param name the task's name in messages, logs and {@link TaskInfo}, or null
 * @param timeout how long the body may run from its real start, or null for no limit
 * @param deadline how long the task may take from its submission, or null for no limit
 * @param isIdempotent whether the body may be begun once more after its worker died
 * @param isTimed whether the times in {@link TaskInfo} are recorded
 */
public record TaskOptions(
    @Nullable String name,
    @Nullable Duration timeout,
    @Nullable Duration deadline,
    boolean isIdempotent,
    boolean isTimed) {

  private static final TaskOptions NONE = new TaskOptions(null, null, null, false, false);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the name is blank, or a duration is not positive
   */
  public TaskOptions {
    if (name != null && name.isBlank()) {
      throw new IllegalArgumentException("The name of a task must not be blank.");
    }
    Durations.checkPositive("timeout", timeout);
    Durations.checkPositive("deadline", deadline);
  }

  /**
   * Returns options that ask for nothing.
   *
   * @return the value to start from
   */
  public static TaskOptions none() {
    return NONE;
  }

  /**
   * Names the task.
   *
   * @param name a name for messages, logs and {@link TaskInfo}; it need not be unique
   * @return a copy with this name
   * @throws IllegalArgumentException if the name is blank
   */
  public TaskOptions name(String name) {
    return new TaskOptions(
        Objects.requireNonNull(name, "name"), timeout, deadline, isIdempotent, isTimed);
  }

  /**
   * Limits how long the body may run. The time counts from the body's real start; when it is up the
   * future fails with a {@link TaskTimeoutException} and the body is interrupted.
   *
   * @param timeout the limit; positive
   * @return a copy with this limit
   * @throws IllegalArgumentException if the limit is not positive
   */
  public TaskOptions timeout(Duration timeout) {
    return new TaskOptions(
        name, Objects.requireNonNull(timeout, "timeout"), deadline, isIdempotent, isTimed);
  }

  /**
   * Limits how long the task may take, waiting included. The time counts from the submission; when
   * it is up the future fails with a {@link TaskTimeoutException}, a pending task never runs, and a
   * running body is interrupted.
   *
   * @param deadline the limit; positive
   * @return a copy with this limit
   * @throws IllegalArgumentException if the limit is not positive
   */
  public TaskOptions deadline(Duration deadline) {
    return new TaskOptions(
        name, timeout, Objects.requireNonNull(deadline, "deadline"), isIdempotent, isTimed);
  }

  /**
   * Says that the body may be begun once more if its worker dies under it. Without this Baton
   * begins no body twice.
   *
   * @return a copy that says so
   */
  public TaskOptions idempotent() {
    return new TaskOptions(name, timeout, deadline, true, isTimed);
  }

  /**
   * Asks for the times in {@link TaskInfo}.
   *
   * @return a copy that asks for them
   */
  public TaskOptions timed() {
    return new TaskOptions(name, timeout, deadline, isIdempotent, true);
  }
}
