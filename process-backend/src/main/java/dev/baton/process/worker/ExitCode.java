package dev.baton.process.worker;

/** How a worker ends of its own accord. It halts: what users registered for an exit is not run. */
enum ExitCode {
  /** The parent has said goodbye, or is gone. */
  DONE(0),

  /** It was not started as a worker has to be. */
  USAGE(64),

  /** What the parent sent does not follow the protocol. */
  DAMAGED(65),

  /** The parent speaks another version of the protocol. */
  VERSION(66),

  /** A result cannot be given, for want of memory or of a parent that reads. */
  UNANSWERABLE(67);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** Ends the JVM at once. */
  void halt() {
    Runtime.getRuntime().halt(code);
  }

  /** Ends the JVM at once, with a line on the standard error output. */
  void halt(String why) {
    try {
      System.err.println("Baton worker: " + firstLine(why));
      System.err.flush();
    } finally {
      halt();
    }
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end).stripTrailing();
  }
}
