package dev.baton.verification.process;

import java.util.List;

/** The worker JVMs of this process. */
final class Workers {

  private static final String MAIN = "dev.baton.process.worker.Main";

  private Workers() {}

  /**
   * Returns those that are there, ready or not, and nothing of what the JDK starts first, which
   * then becomes the worker.
   */
  static List<ProcessHandle> ofThisProcess() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().commandLine().orElse("").contains(MAIN))
        .toList();
  }
}
