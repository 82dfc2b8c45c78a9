package dev.baton.internal.journal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads and writes all that is asked for, as a channel's own methods need not. */
final class Bytes {

  private Bytes() {}

  static byte[] read(FileChannel channel, long offset, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (channel.read(bytes, offset + bytes.position()) < 0) {
        throw new EOFException("The file ends at byte " + (offset + bytes.position()) + ".");
      }
    }
    return bytes.array();
  }

  static void write(FileChannel channel, long offset, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes, offset + bytes.position());
    }
  }
}
