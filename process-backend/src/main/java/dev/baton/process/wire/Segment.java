package dev.baton.process.wire;

/**
 * The layout of {@link Opcode#SEGMENT} frames, whose id is the number of a transfer: a payload that
 * is too large for one frame. A stream numbers its transfers from 1.
 */
public final class Segment {

  /** The first of its transfer: opcode, id and length of the whole stand before its bytes. */
  public static final int FIRST = 0x01;

  /** What stands before the bytes of a first segment: opcode 1, id 8, length of the whole 8. */
  static final int HEAD = 17;

  private Segment() {}
}
