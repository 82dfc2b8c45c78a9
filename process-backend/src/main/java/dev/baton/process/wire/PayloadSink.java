package dev.baton.process.wire;

import java.nio.ByteBuffer;
import java.util.List;

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
   * Gets a payload that came in pieces, as only bodies and results do.
   *
   * @param opcode what is said
   * @param id whom it is about
   * @param payload what stands before the pieces, from its position to its limit
   * @param pieces the pieces, from position to limit; all bytes are the sink's own, each piece with
   *     an array of its own behind it
   * @throws WireException if the payload is malformed; it counts as taken all the same
   */
  default void payload(Opcode opcode, long id, ByteBuffer payload, List<ByteBuffer> pieces)
      throws WireException {
    throw new WireException(
        opcode + " " + id + " came in " + pieces.size() + " pieces, which it may not.");
  }

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
