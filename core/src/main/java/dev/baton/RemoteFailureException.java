package dev.baton;

import java.io.Serial;

/**
 * Stands for an exception that a task threw elsewhere and that could not be brought back: it
 * carries the class name, the message and the stack trace as text.
 */
public class RemoteFailureException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /** The class of the exception that the task threw. */
  private final String className;

  /** The whole trace of the exception that the task threw, causes included. */
  private final String stackText;

  /**
   * Makes a stand-in.
   *
   * @param className the class of the exception that the task threw
   * @param message its message, as text
   * @param stackText its stack trace with causes, as text
   */
  public RemoteFailureException(String className, String message, String stackText) {
    super(className + ": " + message + System.lineSeparator() + stackText);
    this.className = className;
    this.stackText = stackText;
  }

  /**
   * Tells which class of exception the task threw.
   *
   * @return the name of the class
   */
  public String className() {
    return className;
  }

  /**
   * Tells where the task threw it.
   *
   * @return the stack trace with causes, as text
   */
  public String stackText() {
    return stackText;
  }
}
