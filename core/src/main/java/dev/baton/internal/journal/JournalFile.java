package dev.baton.internal.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/**
 * Records in a file, after a {@link Header}. A record that is incomplete or damaged, with no whole
 * one after it, is what a crash has left of the last write, and is cut off.
 */
final class JournalFile implements AutoCloseable {

  /** Where a value stands. */
  record Position(long offset, int length) {}

  /** Is told of a record. */
  interface Visitor {
    void record(byte[] key, Position value);
  }

  private final Path path;
  private final FileChannel channel;
  private final ByteArrayOutputStream unwritten = new ByteArrayOutputStream();
  private int unsynced;

  private JournalFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  static JournalFile open(Path path, Header header) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            ownerOnly(path));
    boolean opened = false;
    try {
      lock(path, channel);
      begin(path, channel, header);
      opened = true;
    } finally {
      if (!opened) {
        channel.close();
      }
    }
    return new JournalFile(path, channel);
  }

  private static FileAttribute<?>[] ownerOnly(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static void lock(Path path, FileChannel channel) throws IOException {
    try {
      if (channel.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException ofThisProgram) {
      // the same answer as for another program's
    }
    throw new IllegalStateException(
        "Journal " + path + " is in use. Wait for the map that has it, or close its results.");
  }

  /** Writes the header, or checks the one that is there. */
  private static void begin(Path path, FileChannel channel, Header header) throws IOException {
    byte[] ours = header.toBytes();
    int present = (int) Math.min(channel.size(), Header.MOST_BYTES);
    byte[] theirs = Bytes.read(channel, 0, present);
    if (present < ours.length && Arrays.equals(theirs, Arrays.copyOf(ours, present))) {
      Bytes.write(channel, 0, ByteBuffer.wrap(ours));
      channel.force(true);
    } else if (!Arrays.equals(ours, Arrays.copyOf(theirs, Math.min(present, ours.length)))) {
      throw header.mismatch(path, Header.of(theirs));
    }
    channel.position(ours.length);
  }

  /** Reads all records, and cuts off what a crash has left of the last. */
  void readAll(Visitor visitor) throws IOException {
    long at = channel.position();
    for (JournalRecord record;
        (record = JournalRecord.at(channel, at)) != null;
        at = record.end()) {
      visitor.record(record.key(), record.value());
    }
    if (at < channel.size()) {
      if (JournalRecord.isAnyAfter(channel, at)) {
        throw new IOException(
            "It is damaged at byte "
                + at
                + ", before results that are whole. Restore "
                + path
                + ", or delete it to begin anew.");
      }
      channel.truncate(at);
      channel.force(true);
    }
    channel.position(at);
  }

  byte[] read(Position value) throws IOException {
    return Bytes.read(channel, value.offset(), value.length());
  }

  void append(byte[] key, byte[] value) {
    unwritten.writeBytes(JournalRecord.toBytes(key, value));
    unsynced++;
  }

  int unsynced() {
    return unsynced;
  }

  void sync() throws IOException {
    if (unsynced > 0) {
      long end = channel.position();
      Bytes.write(channel, end, ByteBuffer.wrap(unwritten.toByteArray()));
      channel.position(end + unwritten.size());
      channel.force(false);
      unwritten.reset();
      unsynced = 0;
    }
  }

  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      try (channel) {
        sync();
      }
    }
  }
}
