package dev.baton.process.codec;

import java.nio.ByteBuffer;

/**
 * What a peer has to be told once about a lambda expression before it can decode a lambda of it.
 */
public final class Template {

  private final int site;
  private final byte[] definition;

  Template(int site, byte[] definition) {
    this.site = site;
    this.definition = definition;
  }

  /**
   * Returns the number that stands for the lambda expression.
   *
   * @return a small number, the same for every connection of this JVM, counted from 0
   */
  public int site() {
    return site;
  }

  /**
   * Returns what {@link Decoder#define} takes.
   *
   * @return the bytes, in a buffer of the caller's own
   */
  public ByteBuffer definition() {
    return ByteBuffer.wrap(definition).asReadOnlyBuffer();
  }

  @Override
  public String toString() {
    return "Template[site=" + site + ", " + definition.length + " bytes]";
  }
}
