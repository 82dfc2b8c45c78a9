package dev.baton.process.wire;

import java.nio.ByteBuffer;

/** How frames lie in a stream. Both sides are told which it is before the first byte. */
public enum Framing {
  /**
   * Frames and nothing else, for a pipe of our own. What is damaged ends the stream.
   *
   * <pre>length 4 | opcode 1 | flags 1 | id 8 | payload</pre>
   */
  PLAIN(14, 0),

  /**
   * Frames with a magic number, a sequence number and CRC32C checksums, for a pipe to which others
   * may write too. What lies between frames is passed on as foreign.
   *
   * <pre>magic 4 | length 4 | sequence 4 | opcode 1 | flags 1 | id 8 | check 4 | payload | check 4
   * </pre>
   */
  CHECKED(26, 4);

  /** The largest frame, all its bytes counted. */
  public static final int LARGEST_FRAME = 64 * 1024;

  /**
   * The largest write that a POSIX pipe takes as a whole on Linux, so that what others write to the
   * same pipe does not come to lie within it.
   */
  public static final int ATOMIC_WRITE = 4096;

  private final int header;
  private final int trailer;

  Framing(int header, int trailer) {
    this.header = header;
    this.trailer = trailer;
  }

  /** Returns how many bytes stand before the payload. */
  int header() {
    return header;
  }

  /** Returns how many bytes of a frame are not payload. */
  int overhead() {
    return header + trailer;
  }

  /**
   * Makes a decoder for a stream that is at its beginning.
   *
   * @param direction which way the stream goes
   * @param foreign gets the bytes between frames; never called in a plain stream
   * @return the decoder
   */
  public FrameDecoder decoder(Direction direction, ForeignBytes foreign) {
    return this == PLAIN ? new PlainDecoder(direction) : new CheckedDecoder(direction, foreign);
  }

  /** Makes an encoder for a stream that is at its beginning, which puts frames into a buffer. */
  FrameEncoder encoder(ByteBuffer target) {
    return this == PLAIN ? new PlainEncoder(target) : new CheckedEncoder(target);
  }
}
