package dev.baton.process.worker;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * Texts that come of users' objects: whatever these do, some text comes of it, and not too much.
 */
final class StackText {

  private static final int LONGEST = 64 * 1024;

  private StackText() {}

  /** Returns an exception's stack trace with its causes. */
  static String of(Throwable thrown) {
    StringWriter text = new StringWriter();
    try {
      thrown.printStackTrace(new PrintWriter(text));
    } catch (Throwable broken) {
      text.append(thrown.getClass().getName())
          .append(" (printStackTrace() threw ")
          .append(broken.getClass().getName())
          .append(')');
    }
    return cut(text.toString());
  }

  /** Cuts a text that is too long. */
  static String cut(String text) {
    return text.length() <= LONGEST
        ? text
        : text.substring(0, LONGEST) + "... (cut at " + LONGEST + " characters)";
  }
}
