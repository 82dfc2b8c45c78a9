package dev.baton.verification.loopback;

import dev.baton.BackendOptions;
import dev.baton.CommonOptions;

/**
 * Options of the backend {@code "loopback"}.
 *
 * @param common the options that every backend has
 * @param workers how many workers there are; at least 1
 * @param ahead how many runs a worker is sent beyond the one that it runs; not negative
 * @param faults what the backend is to do wrong
 */
public record LoopbackOptions(CommonOptions common, int workers, int ahead, Faults faults)
    implements BackendOptions.Fluent<LoopbackOptions> {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if workers is below 1 or ahead negative
   */
  public LoopbackOptions {
    if (workers < 1) {
      throw new IllegalArgumentException("workers must be at least 1: " + workers);
    }
    if (ahead < 0) {
      throw new IllegalArgumentException("ahead must not be negative: " + ahead);
    }
  }

  /**
   * Returns the default options: two workers, two runs ahead for each, and no faults.
   *
   * @return the value to start from
   */
  public static LoopbackOptions defaults() {
    return new LoopbackOptions(CommonOptions.lending(64), 2, 2, new Faults());
  }

  /**
   * Sets the number of workers.
   *
   * @param count how many; at least 1
   * @return a copy with this number
   */
  public LoopbackOptions workers(int count) {
    return new LoopbackOptions(common, count, ahead, faults);
  }

  /**
   * Sets how many runs a worker is sent beyond the one that it runs.
   *
   * @param count how many; not negative
   * @return a copy with this number
   */
  public LoopbackOptions ahead(int count) {
    return new LoopbackOptions(common, workers, count, faults);
  }

  /**
   * Names what commands the backend's misbehaviour. It serves one open backend.
   *
   * @param commands the faults
   * @return a copy with these faults
   */
  public LoopbackOptions faults(Faults commands) {
    return new LoopbackOptions(common, workers, ahead, commands);
  }

  @Override
  public String backend() {
    return "loopback";
  }

  @Override
  public LoopbackOptions with(CommonOptions newCommon) {
    return new LoopbackOptions(newCommon, workers, ahead, faults);
  }
}
