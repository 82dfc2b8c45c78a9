package dev.baton.internal.encoding;

import dev.baton.RemoteFailureException;
import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * What is told of an exception that cannot travel itself.
 *
 * @param className its class
 * @param message its message
 * @param stackText its stack trace with causes
 */
public record FailureText(String className, String message, String stackText) {

  /** Tells of an exception; whatever its own code throws at that is told instead. */
  public static FailureText of(Throwable thrown) {
    String className = thrown.getClass().getName();
    try {
      StringWriter stack = new StringWriter();
      thrown.printStackTrace(new PrintWriter(stack));
      return new FailureText(className, String.valueOf(thrown.getMessage()), stack.toString());
    } catch (Throwable ofItsOwn) {
      String why = ofItsOwn.getClass().getName();
      return new FailureText(className, "unknown, because asking for it threw " + why, "");
    }
  }

  /** Makes an exception that stands for the other. */
  public RemoteFailureException toException() {
    return new RemoteFailureException(className, message, stackText);
  }
}
