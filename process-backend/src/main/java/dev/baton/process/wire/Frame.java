package dev.baton.process.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be written: an opcode, an id and a payload in parts: a head, the rest, and pieces that
 * arrive each as a whole. A payload that is too large for one frame is cut by the writer. It is
 * offered once; the bytes of its parts are read when it is written, and must not be changed before.
 */
public final class Frame {

  /** The length of the largest payload: what an array can hold on every JVM. */
  public static final int LARGEST_PAYLOAD = Integer.MAX_VALUE - 8;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Opcode opcode;
  private final long id;
  private final ByteBuffer head;
  private final ByteBuffer rest;
  private final List<ByteBuffer> pieces;

  private Frame(Opcode opcode, long id, ByteBuffer head, ByteBuffer rest, List<ByteBuffer> pieces) {
    this.opcode = opcode;
    this.id = id;
    this.head = head;
    this.rest = rest;
    this.pieces = pieces;
    long bytes = (long) head.remaining() + rest.remaining();
    for (ByteBuffer piece : pieces) {
      bytes += piece.remaining();
    }
    if (bytes > LARGEST_PAYLOAD) {
      throw new IllegalArgumentException(
          "The payload of %s %d has more than the %,d bytes that can be sent. Send less at a time."
              .formatted(opcode, id, LARGEST_PAYLOAD));
    }
  }

  /**
   * Makes a frame without payload.
   *
   * @param opcode what it says
   * @param id whom it is about
   * @return the frame
   */
  public static Frame of(Opcode opcode, long id) {
    return new Frame(opcode, id, NOTHING, NOTHING, List.of());
  }

  /**
   * Makes a frame.
   *
   * @param opcode what it says
   * @param id whom it is about
   * @param payload from its position to its limit, which do not move
   * @return the frame
   * @throws IllegalArgumentException if the payload is larger than {@link #LARGEST_PAYLOAD}
   */
  public static Frame of(Opcode opcode, long id, ByteBuffer payload) {
    return new Frame(opcode, id, NOTHING, payload.duplicate(), List.of());
  }

  /** Makes a frame with a head of the caller's own. */
  static Frame of(Opcode opcode, long id, ByteBuffer head, ByteBuffer rest) {
    return new Frame(opcode, id, head, rest.duplicate(), List.of());
  }

  /** Makes a frame with a head of the caller's own, whose payload has pieces. */
  static Frame of(
      Opcode opcode, long id, ByteBuffer head, ByteBuffer rest, List<ByteBuffer> pieces) {
    List<ByteBuffer> own = new ArrayList<>(pieces.size());
    for (ByteBuffer piece : pieces) {
      own.add(piece.duplicate());
    }
    return new Frame(opcode, id, head, rest.duplicate(), own);
  }

  /** Makes a frame with a head of the caller's own and nothing else. */
  static Frame ofHead(Opcode opcode, long id, ByteBuffer head) {
    return new Frame(opcode, id, head, NOTHING, List.of());
  }

  /**
   * Returns what it says.
   *
   * @return the opcode
   */
  public Opcode opcode() {
    return opcode;
  }

  /**
   * Returns whom it is about.
   *
   * @return the id
   */
  public long id() {
    return id;
  }

  /** Returns how many bytes of the payload are still to be written. */
  int remaining() {
    int left = head.remaining() + rest.remaining();
    for (int i = 0; i < pieces.size(); i++) { // an iterator for each frame would be garbage
      left += pieces.get(i).remaining();
    }
    return left;
  }

  /** Returns the pieces, of which nothing was written yet if nothing of the frame was. */
  List<ByteBuffer> pieces() {
    return pieces;
  }

  /** Writes the next bytes of the payload. */
  void copyTo(ByteBuffer target, int count) {
    int ofHead = Math.min(count, head.remaining());
    copy(head, target, ofHead);
    int ofRest = Math.min(count - ofHead, rest.remaining());
    copy(rest, target, ofRest);
    int left = count - ofHead - ofRest;
    for (int i = 0; left > 0; i++) {
      int ofPiece = Math.min(left, pieces.get(i).remaining());
      copy(pieces.get(i), target, ofPiece);
      left -= ofPiece;
    }
  }

  private static void copy(ByteBuffer source, ByteBuffer target, int count) {
    if (count > 0) {
      target.put(target.position(), source, source.position(), count);
      target.position(target.position() + count);
      source.position(source.position() + count);
    }
  }

  @Override
  public String toString() {
    return opcode + " " + id;
  }
}
