package dev.baton.process.codec;

/** The byte in front of each value; {@code docs/encoding.md} says what follows it. */
final class Tag {

  static final int NULL = 0x00;
  static final int TRUE = 0x01;
  static final int FALSE = 0x02;
  static final int BYTE = 0x03;
  static final int SHORT = 0x04;
  static final int CHAR = 0x05;
  static final int INT = 0x06;
  static final int LONG = 0x07;
  static final int FLOAT = 0x08;
  static final int DOUBLE = 0x09;

  /** A string of characters below U+0100, one byte each. */
  static final int LATIN = 0x0A;

  /** A string of any characters, two bytes each: unlike UTF-8 it keeps lone surrogates. */
  static final int WIDE = 0x0B;

  static final int BOOLEANS = 0x10;
  static final int BYTES = 0x11;
  static final int SHORTS = 0x12;
  static final int CHARS = 0x13;
  static final int INTS = 0x14;
  static final int LONGS = 0x15;
  static final int FLOATS = 0x16;
  static final int DOUBLES = 0x17;
  static final int STRINGS = 0x18;

  /** A lambda: its site, then what it captured. */
  static final int LAMBDA = 0x20;

  /** An array or lambda that this payload has had already. */
  static final int SAME = 0x21;

  /** The next object of the object stream at the end of the payload. */
  static final int OBJECT = 0x22;

  /** Opens a payload that ends with an object stream: where that begins, then the value. */
  static final int STREAMED = 0x23;

  /** An array whose elements are the next piece: its tag and length follow. */
  static final int APART = 0x24;

  static final int ACTION = 0x30;
  static final int RUNNABLE = 0x31;
  static final int FUNCTION = 0x32;
  static final int CLIENT = 0x33;
  static final int STAGE = 0x34;
  static final int CHUNK = 0x35;

  /** Values of a thread, then the body that is called with them. */
  static final int CONTEXT = 0x36;

  private Tag() {}
}
