package dev.baton;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * What fails the future of a task that a backend could not encode, or whose result could not be
 * encoded or decoded. The message names the object in the way and the cure.
 */
public class TaskEncodingException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  /**
   * Makes an exception.
   *
   * @param message what could not be encoded or decoded, and the cure
   * @param cause what the encoding threw, or null
   */
  public TaskEncodingException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
