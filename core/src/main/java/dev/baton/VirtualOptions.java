package dev.baton;

import java.util.Objects;

/**
 * Options of the backend {@code "virtual"}: a virtual thread for each task.
 *
 * <pre>{@code
 * Baton baton = Baton.open(VirtualOptions.defaults().limit(500));
 * }</pre>
 *
 * <p>A thread made for a task keeps it as its {@linkplain Thread#setUncaughtExceptionHandler
 * handler of uncaught exceptions}. A body that puts another in its place has no {@link TaskContext}
 * from there on, and lends no slot while it waits.
 *
 * @param common the options that every backend has; its limit bounds how many tasks run at once
 */
public record VirtualOptions(CommonOptions common)
    implements BackendOptions.Fluent<VirtualOptions> {

  private static final int LENT_SLOTS = 64;

  /** Checks the value. */
  public VirtualOptions {
    Objects.requireNonNull(common, "common");
  }

  /**
   * Returns the default options: no limit, and up to 64 lent slots once there is one.
   *
   * @return the value to start from
   */
  public static VirtualOptions defaults() {
    return new VirtualOptions(CommonOptions.lending(LENT_SLOTS));
  }

  @Override
  public String backend() {
    return "virtual";
  }

  @Override
  public VirtualOptions with(CommonOptions common) {
    return new VirtualOptions(common);
  }
}
