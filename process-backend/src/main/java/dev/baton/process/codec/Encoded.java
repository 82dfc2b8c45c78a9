package dev.baton.process.codec;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A payload, and what a peer has to know before it can decode it. */
public final class Encoded {

  private final byte[] array;
  private final int size;

  /** Null if they are in the payload. */
  private final @Nullable List<Template> templates;

  Encoded(Output out, List<Template> templates) {
    array = out.array();
    size = out.size();
    this.templates = templates;
  }

  private Encoded(byte[] array, int size) {
    this.array = array;
    this.size = size;
    this.templates = null;
  }

  /**
   * Returns a portable payload that came from elsewhere.
   *
   * @param portable the bytes, from position to limit; they are copied
   * @return the payload
   */
  public static Encoded ofPortable(ByteBuffer portable) {
    byte[] bytes = new byte[portable.remaining()];
    portable.get(portable.position(), bytes);
    return new Encoded(bytes, bytes.length);
  }

  /**
   * Puts the templates before the payload, so that whoever has the bytes and the classes can decode
   * them, whatever numbers it has for lambda expressions.
   *
   * @return the same payload, portable
   */
  public Encoded portable() {
    if (isPortable()) {
      return this;
    }
    Output out = new Output(16 + 512 * templates().size() + size);
    writePortable(out);
    return new Encoded(out.array(), out.size());
  }

  void writePortable(Output out) {
    out.writeUnsigned(templates().size());
    for (Template template : templates()) {
      ByteBuffer definition = template.definition();
      out.writeUnsigned(template.site());
      out.writeUnsigned(definition.remaining());
      out.room(definition.remaining()).put(definition);
    }
    out.room(size).put(bytes());
  }

  /**
   * Tells whether the templates are in the payload, for {@link Decoder#decodePortable}.
   *
   * @return whether it is portable
   */
  public boolean isPortable() {
    return templates == null;
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
    return templates == null ? List.of() : templates;
  }

  @Override
  public String toString() {
    return "Encoded[" + size() + " bytes, " + templates() + "]";
  }
}
