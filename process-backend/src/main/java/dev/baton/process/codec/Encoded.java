package dev.baton.process.codec;

import java.nio.ByteBuffer;
import java.util.List;

/** A payload, and what a peer has to know before it can decode it. */
public final class Encoded {

  private final byte[] array;
  private final int size;
  private final List<Template> templates;

  Encoded(Output out, List<Template> templates) {
    array = out.array();
    size = out.size();
    this.templates = templates;
  }

  /**
   * Tells how long the payload is.
   *
   * @return the number of bytes
   */
  public int size() {
    return size;
  }

  /**
   * Returns the payload.
   *
   * @return the bytes, in a buffer of the caller's own with an array behind it; not to be changed
   */
  public ByteBuffer bytes() {
    return ByteBuffer.wrap(array, 0, size);
  }

  /**
   * Lists the lambda expressions in the payload, each once. A peer that has not been told of one is
   * told before the payload is sent.
   *
   * @return their templates; mostly none or one
   */
  public List<Template> templates() {
    return templates;
  }

  @Override
  public String toString() {
    return "Encoded[" + size() + " bytes, " + templates + "]";
  }
}
