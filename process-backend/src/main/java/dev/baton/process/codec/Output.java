package dev.baton.process.codec;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes being written, in an array that grows. */
final class Output extends OutputStream {

  /** Arrays near the limit of an int cannot be allocated on every JVM. */
  private static final int MOST = Integer.MAX_VALUE - 8;

  private byte[] bytes;
  private int size;

  Output(int capacity) {
    bytes = new byte[capacity];
  }

  int size() {
    return size;
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
