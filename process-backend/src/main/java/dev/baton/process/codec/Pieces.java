package dev.baton.process.codec;

/** What becomes of the large arrays of primitives in a payload. */
enum Pieces {
  /** They are written among the rest. */
  NONE,
  /** They stand beside the rest, each in a piece of its own, so that no copy has to grow. */
  COPIED,
  /**
   * The same, but an array of bytes is its own piece: it is read when the payload is written, and
   * nobody changes it before.
   */
  SHARED
}
