package dev.baton;

/**
 * What a backend can do beyond the contract that all backends share.
 *
 * @param separateProcess whether a body runs in another process, so that its exit or crash fails
 *     one task and leaves this JVM alone
 * @param forcedStop whether a body that ignores its interrupt can be stopped; without it {@link
 *     CancelMode#KILL} acts as {@link CancelMode#INTERRUPT}
 * @param encodes whether tasks, arguments and results are copies that have to be serializable
 */
public record Capabilities(boolean separateProcess, boolean forcedStop, boolean encodes) {

  private static final Capabilities IN_PROCESS = new Capabilities(false, false, false);

  /**
   * Returns what a backend inside this JVM can do.
   *
   * @return capabilities that are all false
   */
  public static Capabilities inProcess() {
    return IN_PROCESS;
  }
}
