package dev.baton.process.wire;

import java.io.IOException;
import java.io.Serial;
import java.nio.ByteBuffer;

/** What arrived does not follow the protocol. The message says what, where, and in which bytes. */
public final class WireException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  /** How many bytes are shown before and from the place of the damage. */
  private static final int BEFORE = 32;

  private static final int AFTER = 64;

  /**
   * Makes an exception.
   *
   * @param message says what, where, and in which bytes
   */
  public WireException(String message) {
    super(message);
  }

  /** Makes an exception about a payload; position is where in it the trouble is. */
  static WireException inPayload(
      String what, Opcode opcode, long id, ByteBuffer payload, int start, int position) {
    int from = Math.max(start, position - BEFORE);
    int to = Math.min(payload.limit(), position + AFTER);
    return new WireException(
        "%s at byte %d of the payload of %s %d, which has %d. Its bytes from %d on:%n%s"
            .formatted(
                what,
                position - start,
                opcode,
                id,
                payload.limit() - start,
                from - start,
                HexDump.of(payload, from, to, position)));
  }
}
