package dev.baton.internal.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A key and where its value stands. In the file: a marker, the two lengths and the CRC32C of these
 * lengths, key and value (4 bytes each), then key and value.
 */
final class JournalRecord {

  private static final int MARKER = 0x0BA70415;
  private static final int HEAD = 16;
  private static final int BLOCK = 64 * 1024;

  private final byte[] key;
  private final JournalFile.Position value;

  private JournalRecord(byte[] key, JournalFile.Position value) {
    this.key = key;
    this.value = value;
  }

  byte[] key() {
    return key;
  }

  JournalFile.Position value() {
    return value;
  }

  /** Returns where the next record begins. */
  long end() {
    return value.offset() + value.length();
  }

  static byte[] toBytes(byte[] key, byte[] value) {
    ByteBuffer bytes = ByteBuffer.allocate(HEAD + key.length + value.length);
    bytes.putInt(MARKER).putInt(key.length).putInt(value.length).putInt(0).put(key).put(value);
    bytes.putInt(12, checksum(key.length, value.length, bytes.array()));
    return bytes.array();
  }

  private static int checksum(int keyLength, int valueLength, byte[] record) {
    CRC32C sum = new CRC32C();
    sum.update(ByteBuffer.allocate(8).putInt(keyLength).putInt(valueLength).flip());
    sum.update(record, HEAD, record.length - HEAD);
    return (int) sum.getValue();
  }

  /** Reads the record that begins at a place; null if there is no whole one. */
  static @Nullable JournalRecord at(FileChannel channel, long offset) throws IOException {
    long left = channel.size() - offset - HEAD;
    if (left < 0) {
      return null;
    }
    ByteBuffer head = ByteBuffer.wrap(Bytes.read(channel, offset, HEAD));
    int marker = head.getInt();
    int keyLength = head.getInt();
    int valueLength = head.getInt();
    long length = (long) keyLength + valueLength;
    if (marker != MARKER
        || keyLength < 0
        || valueLength < 0
        || length > left
        || length > Integer.MAX_VALUE - HEAD) {
      return null;
    }
    byte[] all = Bytes.read(channel, offset, (int) (HEAD + length));
    if (head.getInt() != checksum(keyLength, valueLength, all)) {
      return null;
    }
    byte[] key = new byte[keyLength];
    System.arraycopy(all, HEAD, key, 0, keyLength);
    return new JournalRecord(key, new JournalFile.Position(offset + HEAD + keyLength, valueLength));
  }

  /** Tells whether there is a whole record anywhere after a place. */
  static boolean isAnyAfter(FileChannel channel, long offset) throws IOException {
    long size = channel.size();
    for (long from = offset + 1; size - from >= HEAD; from += BLOCK - Integer.BYTES + 1) {
      int length = (int) Math.min(BLOCK, size - from);
      ByteBuffer block = ByteBuffer.wrap(Bytes.read(channel, from, length));
      for (int i = 0; i <= length - Integer.BYTES; i++) {
        if (block.getInt(i) == MARKER && at(channel, from + i) != null) {
          return true;
        }
      }
    }
    return false;
  }
}
