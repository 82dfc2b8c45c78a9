package dev.baton.process.wire;

import java.nio.ByteBuffer;

/** What a payload says, as a value: all of the payload, or the head of it. */
public sealed interface Message
    permits Answer,
        Ask,
        Cancel,
        Damaged,
        Fetch,
        Found,
        Hello,
        Items,
        Lend,
        LogEvent,
        OutcomeHead,
        Progress,
        Ready,
        ResultHead,
        Started,
        SubmitHead,
        TaskHead {

  /**
   * Returns the opcode of the frames that carry it.
   *
   * @return the opcode
   */
  Opcode opcode();

  /**
   * Encodes it.
   *
   * @return the bytes, the caller's own
   */
  ByteBuffer encode();

  /**
   * Makes a frame of it alone.
   *
   * @param id whom it is about
   * @return the frame
   */
  default Frame frame(long id) {
    return Frame.ofHead(opcode(), id, encode());
  }
}
