package dev.baton.process.codec;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bytes being written, in an array that grows, and the pieces that stand beside it. */
final class Output extends OutputStream {

  /** Arrays near the limit of an int cannot be allocated on every JVM. */
  private static final int MOST = Integer.MAX_VALUE - 8;

  /** What a payload may have with its pieces: a frame has a head beside it. */
  private static final long MOST_WITH_PIECES = MOST - (1L << 20);

  /** An array of fewer bytes is not worth a piece of its own. */
  static final int SMALLEST_PIECE = 64 * 1024;

  /** So many pieces a payload may have; further arrays are written among the rest. */
  static final int MOST_PIECES = 16;

  private final Pieces mode;

  /** Has memory for pieces, or is null. */
  private final @Nullable PiecePool pool;

  private final List<ByteBuffer> pieces = new ArrayList<>(0);
  private byte[] bytes;
  private int size;

  Output(int capacity) {
    this(capacity, Pieces.NONE, null);
  }

  Output(int capacity, Pieces mode, @Nullable PiecePool pool) {
    bytes = new byte[capacity];
    this.mode = mode;
    this.pool = pool;
  }

  /** Tells whether an array of so many bytes is to be a piece. */
  boolean isApart(int length) {
    return mode != Pieces.NONE && length >= SMALLEST_PIECE && pieces.size() < MOST_PIECES;
  }

  /** Adds an array as a piece. */
  void addPiece(byte[] array) {
    ByteBuffer memory = mode == Pieces.SHARED || pool == null ? null : pool.take(array.length);
    if (memory != null) {
      pieces.add(memory.put(array).flip());
    } else {
      pieces.add(ByteBuffer.wrap(mode == Pieces.SHARED ? array : array.clone()));
    }
  }

  /** Adds a piece for the caller to fill. */
  ByteBuffer addPiece(int length) {
    ByteBuffer memory = pool == null ? null : pool.take(length);
    ByteBuffer piece = memory == null ? ByteBuffer.allocate(length) : memory;
    pieces.add(piece);
    return piece.duplicate();
  }

  List<ByteBuffer> pieces() {
    return pieces;
  }

  /** Takes all pieces back. */
  void dropPieces() {
    if (pool != null) {
      pieces.forEach(pool::giveBack);
    }
    pieces.clear();
  }

  int size() {
    return size;
  }

  /** Checks, once all is written, that a frame can take it with its pieces. */
  void checkSize() {
    long all = size;
    for (ByteBuffer piece : pieces) {
      all += piece.remaining();
    }
    if (all > MOST_WITH_PIECES) {
      throw new PayloadTooLargeException(all);
    }
  }

  /** Takes back what was written after a point. */
  void truncate(int newSize) {
    size = newSize;
  }

  @Override
  public void write(int value) {
    reserve(1);
    bytes[size++] = (byte) value;
  }

  @Override
  public void write(byte[] source, int offset, int length) {
    reserve(length);
    System.arraycopy(source, offset, bytes, size, length);
    size += length;
  }

  /** Writes a number in groups of seven bits, the lowest first; small ones are short. */
  void writeUnsigned(long value) {
    reserve(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
  }

  /** Writes a number whose sign goes into the lowest bit, so that -1 is as short as 1. */
  void writeSigned(long value) {
    writeUnsigned((value << 1) ^ (value >> 63));
  }

  void writeInt(int value) {
    room(Integer.BYTES).putInt(value);
  }

  void writeLong(long value) {
    room(Long.BYTES).putLong(value);
  }

  /** Writes a number over four bytes that were written before. */
  void patchInt(int at, int value) {
    ByteBuffer.wrap(bytes).putInt(at, value);
  }

  /** Appends bytes for the caller to fill. */
  ByteBuffer room(int length) {
    reserve(length);
    ByteBuffer room = ByteBuffer.wrap(bytes, size, length);
    size += length;
    return room;
  }

  /** Appends bytes for the caller to fill in {@link #array()}, and says where they begin. */
  int skip(int length) {
    reserve(length);
    int start = size;
    size += length;
    return start;
  }

  /** Returns the array behind this, which the next write may replace. */
  byte[] array() {
    return bytes;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  private void reserve(int length) {
    long needed = (long) size + length;
    if (needed > bytes.length) {
      grow(needed);
    }
  }

  private void grow(long needed) {
    if (needed > MOST) {
      throw new PayloadTooLargeException(needed);
    }
    bytes = Arrays.copyOf(bytes, (int) Math.min(MOST, Math.max(needed, 2L * bytes.length)));
  }
}
