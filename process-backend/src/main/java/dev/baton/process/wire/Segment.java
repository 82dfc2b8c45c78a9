package dev.baton.process.wire;

/**
 * The layout of {@link Opcode#SEGMENT} frames, whose id is the number of a transfer: a payload that
 * is too large for one frame. A stream numbers its transfers from 1.
 */
public final class Segment {

  /** The first of its transfer: opcode, id and length of the whole stand before its bytes. */
  public static final int FIRST = 0x01;

  /** Slot and length stand in place of its bytes, which are in the {@link Region}. */
  public static final int MAPPED = 0x02;

  /**
   * With {@link #FIRST}: the payload ends with pieces; their number and lengths follow the head.
   */
  public static final int IN_PIECES = 0x04;

  /** What stands before the bytes of a first segment: opcode 1, id 8, length of the whole 8. */
  static final int HEAD = 17;

  /** The payload of a segment whose bytes are in the region: slot 1, length 4. */
  static final int PLACE = 5;

  /** The most pieces that a payload may have. */
  static final int MOST_PIECES = 16;

  private Segment() {}

  /** Tells whether a segment may have these flags. */
  static boolean mayHave(int flags) {
    return flags == 0 || flags == FIRST || flags == MAPPED || flags == (FIRST | IN_PIECES);
  }
}
