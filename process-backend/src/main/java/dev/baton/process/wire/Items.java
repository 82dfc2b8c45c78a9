package dev.baton.process.wire;

import java.nio.ByteBuffer;

/**
 * Says how many items of a chunk may have begun, and what came of some before; the frame's id is
 * the task's.
 *
 * @param begun how many, the first ones
 * @param ended what came of those that ended since the last word, opaque; from its position to its
 *     limit, which do not move
 */
public record Items(int begun, ByteBuffer ended) implements Message {

  /**
   * Reads one, with a copy of the opaque bytes.
   *
   * @param id the frame's id
   * @param payload the frame's payload
   * @return what it says
   * @throws WireException if it is malformed
   */
  public static Items read(long id, ByteBuffer payload) throws WireException {
    WireInput in = new WireInput(Opcode.ITEMS, id, payload);
    int begun = in.int32("how many items have begun");
    if (begun < 0) {
      throw in.malformed("The number of items that have begun is negative: " + begun);
    }
    ByteBuffer ended = ByteBuffer.allocate(payload.remaining()).put(payload).flip();
    return new Items(begun, ended);
  }

  /**
   * Returns the opaque bytes.
   *
   * @return a copy of them
   */
  public byte[] endedBytes() {
    byte[] bytes = new byte[ended.remaining()];
    ended.get(ended.position(), bytes);
    return bytes;
  }

  @Override
  public Opcode opcode() {
    return Opcode.ITEMS;
  }

  @Override
  public ByteBuffer encode() {
    return ByteBuffer.allocate(Integer.BYTES + ended.remaining())
        .putInt(begun)
        .put(ended.duplicate())
        .flip();
  }
}
