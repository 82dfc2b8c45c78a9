package dev.baton.examples.compare;

import java.io.Serial;

/** A run came to an end and gave something else than it should. */
final class WrongResultException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  WrongResultException(String message) {
    super(message);
  }
}
