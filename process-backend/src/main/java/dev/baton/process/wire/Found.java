package dev.baton.process.wire;

import java.nio.ByteBuffer;

/**
 * Answers a {@link Fetch}; the frame's id is the number of the request. If it is present, its bytes
 * follow.
 *
 * @param present whether the parent has it
 */
public record Found(boolean present) implements Message {

  /**
   * Reads one; the payload's position is then where the bytes start.
   *
   * @param id the frame's id
   * @param payload the frame's payload
   * @return what it says
   * @throws WireException if it is malformed
   */
  public static Found read(long id, ByteBuffer payload) throws WireException {
    WireInput in = new WireInput(Opcode.FOUND, id, payload);
    int code = in.uint8("whether it is there");
    if (code > 1) {
      throw in.malformed(code + " is neither there, 1, nor missing, 0");
    }
    if (code == 0) {
      in.end();
    }
    return new Found(code == 1);
  }

  /**
   * Makes the frame for what is there.
   *
   * @param request the number of the request
   * @param bytes from its position to its limit, which do not move; not to be changed until written
   * @return the frame
   */
  public static Frame frame(long request, ByteBuffer bytes) {
    return Frame.of(Opcode.FOUND, request, new Found(true).encode(), bytes);
  }

  /**
   * Makes the frame for what is missing.
   *
   * @param request the number of the request
   * @return the frame
   */
  public static Frame missing(long request) {
    return new Found(false).frame(request);
  }

  @Override
  public Opcode opcode() {
    return Opcode.FOUND;
  }

  @Override
  public ByteBuffer encode() {
    WireOutput out = new WireOutput(1);
    out.uint8(present ? 1 : 0);
    return out.toBuffer();
  }
}
