package dev.baton.verification.process;

import java.util.List;

/** The worker JVMs of this process. */
final class Workers {

  /** What the JDK starts first, which then becomes the worker. */
  private static final String SPAWN_HELPER = "jspawnhelper";

  private Workers() {}

  /** Returns those that are there, ready or not. */
  static List<ProcessHandle> ofThisProcess() {
    return ProcessHandle.current()
        .children()
        .filter(child -> !child.info().command().orElse(SPAWN_HELPER).endsWith(SPAWN_HELPER))
        .toList();
  }
}
