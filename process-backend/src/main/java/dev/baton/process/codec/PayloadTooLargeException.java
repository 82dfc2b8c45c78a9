package dev.baton.process.codec;

import java.io.Serial;

/** Says that an encoded form does not fit into one array. */
final class PayloadTooLargeException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  PayloadTooLargeException(long needed) {
    super("its encoded form needs " + needed + " bytes, and 2 GiB is the most");
  }
}
