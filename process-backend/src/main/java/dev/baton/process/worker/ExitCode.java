package dev.baton.process.worker;

import java.io.PrintStream;

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

  /** The error output as it was at the start: a user may put a stream there that blocks. */
  private static PrintStream errorOutput = System.err;

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** Remembers the error output, before any other thread is started. */
  static void rememberOutput() {
    errorOutput = System.err;
  }

  /** Ends the JVM at once. */
  void halt() {
    Runtime.getRuntime().halt(code);
  }

  /** Ends the JVM at once, with a line on the standard error output. */
  void halt(String why) {
    try {
      errorOutput.println("Baton worker: " + firstLine(why));
      errorOutput.flush();
    } finally {
      halt();
    }
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end).stripTrailing();
  }
}
