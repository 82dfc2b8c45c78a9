package dev.baton.process.wire;

import java.nio.ByteBuffer;

/** Gets whole payloads, whether they came in one frame or in segments. */
public interface PayloadSink {

  /**
   * Gets a payload.
   *
   * @param opcode what is said
   * @param id whom it is about
   * @param payload from its position to its limit; valid until this method returns, and not to be
   *     written to. What came in segments is the sink's own, and stays valid
   * @throws WireException if the payload is malformed; it counts as taken all the same
   */
  void payload(Opcode opcode, long id, ByteBuffer payload) throws WireException;

  /**
   * Is told that a payload is too large. What comes of it is skipped, all else goes on.
   *
   * @param opcode what is said
   * @param id whom it is about
   * @param reason how large it is, and how to mend it
   * @throws WireException if the stream is of no use without it
   */
  void refused(Opcode opcode, long id, WireException reason) throws WireException;
}
