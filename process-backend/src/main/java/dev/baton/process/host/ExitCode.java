package dev.baton.process.host;

import java.util.Map;

/** What a process says by its exit code. */
final class ExitCode {

  private static final int SIGNAL_BASE = 128;

  private static final Map<Integer, String> SIGNALS =
      Map.of(
          4, "SIGILL",
          6, "SIGABRT, as after a crash of the JVM",
          7, "SIGBUS",
          8, "SIGFPE",
          9, "SIGKILL, as from kill -9 or for want of memory",
          11, "SIGSEGV",
          15, "SIGTERM");

  private static final int KILLED = SIGNAL_BASE + 9;

  private ExitCode() {}

  /** Tells whether somebody killed a process, or the system did for want of memory. */
  static boolean isKill(Process process) {
    return !process.isAlive() && process.exitValue() == KILLED;
  }

  /** Says how a process ended. */
  static String describe(Process process) {
    if (process.isAlive()) {
      return "still runs";
    }
    int code = process.exitValue();
    String signal = SIGNALS.get(code - SIGNAL_BASE);
    return "ended with exit code "
        + code
        + (signal == null ? "" : " (signal " + (code - SIGNAL_BASE) + ", " + signal + ")");
  }
}
