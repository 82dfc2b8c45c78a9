package dev.baton.process.codec;

import java.io.InputStream;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;

/**
 * Bytes being read. Nothing is believed: a length is held against what is left before it is used.
 */
final class Input extends InputStream {

  private final ByteBuffer bytes;

  /** Reads from the buffer's position; the buffer itself is not moved. */
  Input(ByteBuffer source) {
    bytes = source.slice();
  }

  int position() {
    return bytes.position();
  }

  int remaining() {
    return bytes.remaining();
  }

  /** Returns what is left of this input, as another whose offsets begin there. */
  Input rest() {
    return new Input(bytes);
  }

  /** Returns what begins at a point of this input, as another. */
  Input from(int position) throws StreamCorruptedException {
    if (position < bytes.position() || position > bytes.limit()) {
      throw damaged("an offset of " + position);
    }
    return new Input(bytes.duplicate().position(position));
  }

  @Override
  public int read() {
    return bytes.hasRemaining() ? bytes.get() & 0xFF : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    int count = Math.min(length, bytes.remaining());
    if (count == 0) {
      return -1;
    }
    bytes.get(target, offset, count);
    return count;
  }

  @Override
  public int available() {
    return bytes.remaining();
  }

  int readByte() throws StreamCorruptedException {
    if (!bytes.hasRemaining()) {
      throw damaged("their end");
    }
    return bytes.get() & 0xFF;
  }

  long readUnsigned() throws StreamCorruptedException {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int next = readByte();
      value |= (long) (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw damaged("a number of more than 64 bits");
  }

  long readSigned() throws StreamCorruptedException {
    long value = readUnsigned();
    return (value >>> 1) ^ -(value & 1);
  }

  int readInt() throws StreamCorruptedException {
    return take(Integer.BYTES).getInt();
  }

  long readLong() throws StreamCorruptedException {
    return take(Long.BYTES).getLong();
  }

  /** Reads how many elements follow, each of which takes at least so many bytes. */
  int readLength(int bytesEach) throws StreamCorruptedException {
    long length = readUnsigned();
    if (length < 0 || length > bytes.remaining() / bytesEach) {
      throw damaged("a length of " + length);
    }
    return (int) length;
  }

  /** Takes so many bytes, without a copy. */
  ByteBuffer take(int length) throws StreamCorruptedException {
    if (length > bytes.remaining()) {
      throw damaged("their end");
    }
    ByteBuffer taken = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    return taken;
  }

  StreamCorruptedException damaged(String found) {
    return new StreamCorruptedException(
        "the bytes are damaged: "
            + found
            + " at byte "
            + bytes.position()
            + " of "
            + bytes.limit());
  }
}
