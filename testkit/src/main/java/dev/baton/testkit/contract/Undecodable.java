package dev.baton.testkit.contract;

import java.io.Serial;
import java.io.Serializable;

/** Can be encoded; who decodes it gets an error that is none of the codec's. */
final class Undecodable implements Serializable {

  @Serial private static final long serialVersionUID = 1L;

  @Serial
  private Object readResolve() {
    throw new AssertionError("It cannot be decoded.");
  }
}
