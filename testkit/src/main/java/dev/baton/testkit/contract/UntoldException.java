package dev.baton.testkit.contract;

import java.io.Serial;

/** Can neither travel nor tell of itself. */
@SuppressWarnings("serial") // that is its purpose
final class UntoldException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final Object cannotTravel = new Object();

  @Override
  public String getMessage() {
    throw new IllegalStateException("There is no message, nor " + cannotTravel);
  }
}
