package dev.baton.internal.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Records that are written and forced to the disk together, and count together or not at all. In
 * the file: a marker, the length of the records, and the CRC32C of where the batch begins, of that
 * length and of the records (4 bytes each); then the records, each with the lengths of its key and
 * its value in front (4 bytes each).
 *
 * <p>That a batch knows where it begins keeps a copy of one inside a value from being taken for
 * one.
 */
final class Batch {

  private static final int MARKER = 0x0BA70415;
  private static final int HEAD = 12;
  private static final int BLOCK = 64 * 1024;

  private final long start;
  private final byte[] records;

  private Batch(long start, byte[] records) {
    this.start = start;
    this.records = records;
  }

  /** Returns where the next batch begins. */
  long end() {
    return start + HEAD + records.length;
  }

  static byte[] recordOf(byte[] key, byte[] value) {
    return ByteBuffer.allocate(2 * Integer.BYTES + key.length + value.length)
        .putInt(key.length)
        .putInt(value.length)
        .put(key)
        .put(value)
        .array();
  }

  /** Returns what stands in front of records that are written at a place. */
  static byte[] headOf(long start, byte[] records) {
    return ByteBuffer.allocate(HEAD)
        .putInt(MARKER)
        .putInt(records.length)
        .putInt(checksum(start, records))
        .array();
  }

  private static int checksum(long start, byte[] records) {
    CRC32C sum = new CRC32C();
    sum.update(ByteBuffer.allocate(12).putLong(start).putInt(records.length).flip());
    sum.update(records);
    return (int) sum.getValue();
  }

  /** Reads the batch that begins at a place; null if there is no whole one. */
  static @Nullable Batch at(FileChannel channel, long start) throws IOException {
    long left = channel.size() - start - HEAD;
    if (left < 0) {
      return null;
    }
    ByteBuffer head = ByteBuffer.wrap(Bytes.read(channel, start, HEAD));
    int marker = head.getInt();
    int length = head.getInt();
    if (marker != MARKER || length <= 0 || length > left) {
      return null;
    }
    byte[] records = Bytes.read(channel, start + HEAD, length);
    return head.getInt() == checksum(start, records) ? new Batch(start, records) : null;
  }

  /** Tells whether there is a whole batch anywhere after a place. */
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

  void forEachRecord(JournalFile.Visitor visitor) {
    ByteBuffer rest = ByteBuffer.wrap(records);
    while (rest.hasRemaining()) {
      byte[] key = new byte[rest.getInt()];
      int length = rest.getInt();
      rest.get(key);
      visitor.record(key, new JournalFile.Position(start + HEAD + rest.position(), length));
      rest.position(rest.position() + length);
    }
  }
}
