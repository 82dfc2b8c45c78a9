package dev.baton.process.wire;

import java.nio.ByteBuffer;

/** Gets what is found between the frames of a {@link Framing#CHECKED} stream. */
@FunctionalInterface
public interface ForeignBytes {

  /**
   * Gets bytes that something else has written to the stream, in the pieces in which they arrive: a
   * character may be split between two of them.
   *
   * @param bytes from its position to its limit; valid until this method returns
   */
  void foreign(ByteBuffer bytes);
}
