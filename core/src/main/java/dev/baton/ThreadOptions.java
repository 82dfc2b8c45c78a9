package dev.baton;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Options of the backend {@code "threads"}: a fixed number of platform threads and a queue.
 *
 * <pre>{@code
 * Baton baton = Baton.open(ThreadOptions.defaults().workers(8).queue(1_000));
 * }</pre>
 *
 * @param workers how many threads run tasks; at least 1
 * @param queue how many tasks may wait beyond those that run, or null for no bound
 * @param overflow what a submit does when that many wait; needs a bounded queue to matter
 * @param common the options that every backend has
 */
public record ThreadOptions(
    int workers, @Nullable Integer queue, Overflow overflow, CommonOptions common)
    implements BackendOptions.Fluent<ThreadOptions> {

  private static final int LENT_THREADS = 64;

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if workers or queue is below 1
   */
  public ThreadOptions {
    if (workers < 1) {
      throw new IllegalArgumentException("workers must be at least 1: " + workers);
    }
    if (queue != null && queue < 1) {
      throw new IllegalArgumentException("queue must be at least 1: " + queue);
    }
    Objects.requireNonNull(overflow, "overflow");
    Objects.requireNonNull(common, "common");
  }

  /**
   * Returns the default options: as many workers as the machine has processors, an unbounded queue,
   * and up to 64 lent threads.
   *
   * @return the value to start from
   */
  public static ThreadOptions defaults() {
    return new ThreadOptions(
        Runtime.getRuntime().availableProcessors(),
        null,
        Overflow.BLOCK,
        CommonOptions.lending(LENT_THREADS));
  }

  @Override
  public String backend() {
    return "threads";
  }

  /**
   * Sets how many threads run tasks.
   *
   * @param workers the number of threads; at least 1
   * @return a copy with this number
   * @throws IllegalArgumentException if the number is below 1
   */
  public ThreadOptions workers(int workers) {
    return new ThreadOptions(workers, queue, overflow, common);
  }

  /**
   * Bounds how many tasks may wait beyond those that run.
   *
   * @param queue the bound; at least 1
   * @return a copy with this bound
   * @throws IllegalArgumentException if the bound is below 1
   */
  public ThreadOptions queue(int queue) {
    return new ThreadOptions(workers, queue, overflow, common);
  }

  /**
   * Says what a submit does when the bounded queue is full.
   *
   * @param overflow wait (the default), reject, or run on the caller
   * @return a copy with this word
   */
  public ThreadOptions overflow(Overflow overflow) {
    return new ThreadOptions(workers, queue, overflow, common);
  }

  @Override
  public ThreadOptions with(CommonOptions common) {
    return new ThreadOptions(workers, queue, overflow, common);
  }
}
