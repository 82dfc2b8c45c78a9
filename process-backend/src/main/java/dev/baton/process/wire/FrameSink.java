package dev.baton.process.wire;

import java.nio.ByteBuffer;

/** Gets the frames that a decoder finds. */
@FunctionalInterface
public interface FrameSink {

  /**
   * Gets a frame.
   *
   * @param opcode what it says
   * @param flags the flags, of which a {@link Segment} alone has any
   * @param id whom it is about
   * @param payload from its position to its limit; valid until this method returns, and not to be
   *     written to
   * @throws WireException if the payload is malformed; the frame counts as taken all the same
   */
  void frame(Opcode opcode, int flags, long id, ByteBuffer payload) throws WireException;
}
