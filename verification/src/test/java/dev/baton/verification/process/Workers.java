package dev.baton.verification.process;

import java.util.List;

/** The worker JVMs of a program. */
final class Workers {

  private static final String MAIN = "dev.baton.process.worker.Main";

  private Workers() {}

  /** Returns those of this process. */
  static List<ProcessHandle> ofThisProcess() {
    return of(ProcessHandle.current());
  }

  /**
   * Returns those that are there, ready or not, and nothing of what the JDK starts first, which
   * then becomes the worker.
   */
  static List<ProcessHandle> of(ProcessHandle program) {
    return program
        .children()
        .filter(child -> child.info().commandLine().orElse("").contains(MAIN))
        .toList();
  }

  /**
   * Tells whether a process has not ended: one that has, has no program any more, even if nobody
   * has asked how it ended.
   */
  static boolean isAtWork(ProcessHandle process) {
    return process.isAlive() && process.info().command().isPresent();
  }
}
