package dev.baton.process.codec;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A payload, and what a peer has to know before it can decode it. */
public final class Encoded {

  private final byte[] array;
  private final int size;
  private final List<ByteBuffer> pieces;

  /**
   * Has lent the memory of the pieces, or is null. Whoever takes the pool out gives the memory
   * back: a second time it would be another payload's.
   */
  private final @Nullable AtomicReference<@Nullable PiecePool> lender;

  /** Null if they are in the payload. */
  private final @Nullable List<Template> templates;

  Encoded(Output out, List<Template> templates) {
    this(out, templates, null);
  }

  Encoded(Output out, List<Template> templates, @Nullable PiecePool pool) {
    array = out.array();
    size = out.size();
    pieces = List.copyOf(out.pieces());
    lender = pool == null || pieces.isEmpty() ? null : new AtomicReference<>(pool);
    this.templates = templates;
  }

  private Encoded(byte[] array, int size) {
    this.array = array;
    this.size = size;
    this.lender = null;
    this.pieces = List.of();
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
   * them, whatever numbers it has for lambda expressions. It has no pieces.
   *
   * @return the same payload, portable
   * @throws IllegalStateException if it has pieces
   */
  public Encoded portable() {
    if (isPortable()) {
      return this;
    }
    if (!pieces.isEmpty()) {
      throw new IllegalStateException("A portable payload has no pieces. Encode it without.");
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
   * Tells how long the payload is, but for its pieces.
   *
   * @return the number of bytes
   */
  public int size() {
    return size;
  }

  /**
   * Tells how long the payload is with its pieces.
   *
   * @return the number of bytes
   */
  public long sizeWithPieces() {
    long all = size;
    for (ByteBuffer piece : pieces) {
      all += piece.remaining();
    }
    return all;
  }

  /**
   * Returns the large arrays that stand beside the payload.
   *
   * @return the bytes of each; neither these nor the buffers are to be changed
   */
  public List<ByteBuffer> pieces() {
    return pieces;
  }

  /**
   * Gives the memory of the pieces back, whose bytes then change; whoever reads them reads no
   * sense. The first call does, and those of other attempts at the same task do nothing.
   */
  public void release() {
    if (lender != null && lender.getAndSet(null) instanceof PiecePool pool) {
      pieces.forEach(pool::giveBack);
    }
  }

  /**
   * Returns the payload, but for its pieces.
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
