package dev.baton.process.wire;

import java.lang.reflect.Method;

/**
 * Measures what a thread allocates. By reflection, for the module does not read the JDK's beans.
 */
final class AllocatedBytes {

  private static final int OF_MEASURING = 1_000;

  private AllocatedBytes() {}

  /** What is measured. */
  interface Step {
    void run() throws Exception;
  }

  /** Returns how many bytes this thread allocates in a step, give or take a thousand. */
  static long during(Step step) throws Exception {
    Object threads =
        Class.forName("java.lang.management.ManagementFactory")
            .getMethod("getThreadMXBean")
            .invoke(null);
    Method allocated =
        Class.forName("com.sun.management.ThreadMXBean")
            .getMethod("getCurrentThreadAllocatedBytes");
    allocated.invoke(threads);
    long before = (long) allocated.invoke(threads);
    step.run();
    return Math.max(0, (long) allocated.invoke(threads) - before - OF_MEASURING);
  }
}
