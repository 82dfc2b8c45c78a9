package dev.baton;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a backend cannot be found, configured or opened, and what fails the unfinished
 * futures of one that broke.
 */
public class BackendException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what is wrong with the backend, and how to mend it
   */
  public BackendException(String message) {
    super(message);
  }

  /**
   * Makes an exception with a cause.
   *
   * @param message what is wrong with the backend, and how to mend it
   * @param cause what the backend threw, or null
   */
  public BackendException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
