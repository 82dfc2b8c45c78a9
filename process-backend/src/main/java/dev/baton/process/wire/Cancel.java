package dev.baton.process.wire;

import dev.baton.CancelMode;
import java.nio.ByteBuffer;

/**
 * Asks a worker to stop a task; the frame's id is the task's.
 *
 * @param mode how far to go
 */
public record Cancel(CancelMode mode) implements Message {

  /**
   * Reads one.
   *
   * @param id the frame's id
   * @param payload the frame's payload
   * @return what it says
   * @throws WireException if it is malformed
   */
  public static Cancel read(long id, ByteBuffer payload) throws WireException {
    WireInput in = new WireInput(Opcode.CANCEL, id, payload);
    int code = in.uint8("the mode");
    CancelMode mode =
        switch (code) {
          case 0 -> CancelMode.IF_PENDING;
          case 1 -> CancelMode.ABANDON;
          case 2 -> CancelMode.INTERRUPT;
          case 3 -> CancelMode.KILL;
          default -> throw in.malformed(code + " is no mode to cancel in");
        };
    in.end();
    return new Cancel(mode);
  }

  @Override
  public Opcode opcode() {
    return Opcode.CANCEL;
  }

  @Override
  public ByteBuffer encode() {
    WireOutput out = new WireOutput(1);
    out.uint8(
        switch (mode) {
          case IF_PENDING -> 0;
          case ABANDON -> 1;
          case INTERRUPT -> 2;
          case KILL -> 3;
        });
    return out.toBuffer();
  }
}
