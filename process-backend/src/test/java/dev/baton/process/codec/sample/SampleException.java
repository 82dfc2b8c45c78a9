package dev.baton.process.codec.sample;

import java.io.Serial;

/** An exception of the application. */
public final class SampleException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** Makes an exception. */
  public SampleException(String message) {
    super(message);
  }
}
