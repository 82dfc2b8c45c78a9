package dev.baton.process.worker;

import java.io.IOException;

/**
 * What a worker JVM runs. It is started by a parent, never by hand:
 *
 * <pre>
 * sh -c 'exec "$@" 3&gt;&amp;1 4&lt;&amp;0 0&lt;/dev/null 1&gt;&amp;2' sh java ... dev.baton.process.worker.Main pipes
 * java ... dev.baton.process.worker.Main streams
 * </pre>
 *
 * <p>With {@code pipes} plain frames come on descriptor 4 and go to 3; with {@code streams} checked
 * frames use the standard streams, which nobody else may use. Exit codes: 0 the parent said goodbye
 * or is gone, 64 wrong start, 65 damage, 66 another version of the protocol, 67 a result could not
 * be given.
 */
public final class Main {

  private static final String SLF4J_VERBOSITY = "slf4j.internal.verbosity";

  private Main() {}

  /**
   * Runs a worker.
   *
   * @param arguments {@code pipes} or {@code streams}
   */
  public static void main(String[] arguments) {
    ExitCode.rememberOutput();
    try {
      run(streams(arguments.length == 1 ? arguments[0] : ""));
    } catch (IOException | RuntimeException wrong) {
      ExitCode.USAGE.halt(String.valueOf(wrong.getMessage()));
    }
  }

  /** Runs a worker over its streams, and ends the JVM. */
  static void run(WorkerStreams streams) {
    // SLF4J would say on the error output, which is the user's, that it was told its provider
    if (System.getProperty(SLF4J_VERBOSITY) == null) {
      System.setProperty(SLF4J_VERBOSITY, "WARN");
    }
    try {
      Thread.currentThread().setName("baton-task");
      new Worker(streams).run();
    } catch (IOException | RuntimeException wrong) {
      ExitCode.USAGE.halt(String.valueOf(wrong.getMessage()));
    } catch (Throwable failure) {
      ExitCode.UNANSWERABLE.halt("The worker failed: " + failure);
    }
  }

  private static WorkerStreams streams(String way) throws IOException {
    return switch (way) {
      case "pipes" -> WorkerStreams.ofPipes();
      case "streams" -> WorkerStreams.ofStandardStreams();
      default ->
          throw new IllegalArgumentException(
              "Main takes one argument, pipes or streams. It is started by a Baton executor.");
    };
  }
}
