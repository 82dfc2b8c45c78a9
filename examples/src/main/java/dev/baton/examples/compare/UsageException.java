package dev.baton.examples.compare;

import java.io.Serial;

/** A wrong argument: says which, and what is allowed. */
final class UsageException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
