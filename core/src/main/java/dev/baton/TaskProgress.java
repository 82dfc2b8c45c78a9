package dev.baton;

import org.jspecify.annotations.Nullable;

/**
 * How far a task says that it has come, see {@link TaskContext#progress}.
 *
 * @param done how much is done; not negative
 * @param total how much there is to do, or a negative number if unknown
 * @param message what is being done, or null
 */
public record TaskProgress(long done, long total, @Nullable String message) {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if done is negative
   */
  public TaskProgress {
    if (done < 0) {
      throw new IllegalArgumentException("done must not be negative: " + done);
    }
  }

  /**
   * Tells how far the task has come as a share.
   *
   * @return a number from 0 to 1, or -1 if the total is unknown
   */
  public double fraction() {
    return total < 0 ? -1 : total == 0 ? 1 : Math.min(1, (double) done / total);
  }
}
