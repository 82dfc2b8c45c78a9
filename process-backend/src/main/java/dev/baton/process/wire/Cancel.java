package dev.baton.process.wire;

import dev.baton.CancelMode;
import java.nio.ByteBuffer;

/**
 * Asks for the end of one attempt at a task; the frame's id is the task's. If that attempt is over,
 * the word comes too late and stops nothing, least of all the next.
 *
 * @param mode how far to go
 * @param attempt which attempt at the body is to stop, from 1
 */
public record Cancel(CancelMode mode, int attempt) implements Message {

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if the attempt is below 1
   */
  public Cancel {
    if (attempt < 1) {
      throw new IllegalArgumentException("attempt must be at least 1: " + attempt);
    }
  }

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
    int attempt = in.attempt();
    in.end();
    return new Cancel(mode, attempt);
  }

  @Override
  public Opcode opcode() {
    return Opcode.CANCEL;
  }

  @Override
  public ByteBuffer encode() {
    WireOutput out = new WireOutput(2);
    out.uint8(
        switch (mode) {
          case IF_PENDING -> 0;
          case ABANDON -> 1;
          case INTERRUPT -> 2;
          case KILL -> 3;
        });
    out.count(attempt);
    return out.toBuffer();
  }
}
