package dev.baton.process.wire;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * What stands before the encoded result of a task.
 *
 * @param kind what came of the task
 * @param isPortable whether the encoded result brings its templates along
 */
public record ResultHead(Kind kind, boolean isPortable) implements Message {

  private static final int PORTABLE = 0x10;

  /** What came of a task. */
  public enum Kind {
    /** The body returned; the encoded value follows. */
    VALUE(1),

    /** The body threw; the encoded exception follows. */
    FAILURE(2),

    /** The task could not be decoded, so the body never began; the encoded reason follows. */
    UNREADABLE(3);

    private final int code;

    Kind(int code) {
      this.code = code;
    }
  }

  /**
   * Makes the head of a result that is not portable.
   *
   * @param kind what came of the task
   */
  public ResultHead(Kind kind) {
    this(kind, false);
  }

  /**
   * Reads one; the payload's position is then where the encoded result starts.
   *
   * @param id the frame's id
   * @param payload the frame's payload
   * @return what it says
   * @throws WireException if it is malformed
   */
  public static ResultHead read(long id, ByteBuffer payload) throws WireException {
    WireInput in = new WireInput(Opcode.RESULT, id, payload);
    int code = in.uint8("the kind of the result");
    for (Kind kind : Kind.values()) {
      if (kind.code == (code & ~PORTABLE)) {
        return new ResultHead(kind, (code & PORTABLE) != 0);
      }
    }
    throw in.malformed(code + " is no kind of result");
  }

  @Override
  public Opcode opcode() {
    return Opcode.RESULT;
  }

  @Override
  public ByteBuffer encode() {
    WireOutput out = new WireOutput(1);
    out.uint8(kind.code | (isPortable ? PORTABLE : 0));
    return out.toBuffer();
  }

  /**
   * Makes the frame of a result.
   *
   * @param id the task's id
   * @param encoded the encoded value or exception, from its position to its limit, which do not
   *     move; its bytes must not be changed until it is written
   * @return the frame
   */
  public Frame frame(long id, ByteBuffer encoded) {
    return Frame.of(Opcode.RESULT, id, encode(), encoded);
  }

  /**
   * Makes the frame of a result that has pieces.
   *
   * @param id the task's id
   * @param encoded the encoded value but for its pieces, from its position to its limit
   * @param pieces the pieces, each from its position to its limit; as with the value, these do not
   *     move, and the bytes must not be changed until they are written
   * @return the frame
   */
  public Frame frame(long id, ByteBuffer encoded, List<ByteBuffer> pieces) {
    return Frame.of(Opcode.RESULT, id, encode(), encoded, pieces);
  }
}
