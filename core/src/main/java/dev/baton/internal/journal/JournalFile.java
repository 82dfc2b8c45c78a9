package dev.baton.internal.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;

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

  /** Reads and writes while a map goes on: an interrupt would close a channel that does. */
  private final RandomAccessFile file;

  /** The same file with the same position; it locks, and is read before a map begins. */
  private final FileChannel channel;

  private final ByteArrayOutputStream unwritten = new ByteArrayOutputStream();
  private int unsynced;

  private JournalFile(Path path, RandomAccessFile file) {
    this.path = path;
    this.file = file;
    this.channel = file.getChannel();
  }

  static JournalFile open(Path path, Header header) throws IOException {
    createUnlessThere(path);
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    boolean opened = false;
    try {
      lock(path, file.getChannel());
      begin(path, file.getChannel(), header);
      opened = true;
    } finally {
      if (!opened) {
        file.close();
      }
    }
    return new JournalFile(path, file);
  }

  private static void createUnlessThere(Path path) throws IOException {
    try {
      Files.createFile(path, ownerOnly(path));
    } catch (FileAlreadyExistsException present) {
      // made before, with the rights that it was given then
    }
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
    byte[] bytes = new byte[value.length()];
    long position = file.getFilePointer();
    file.seek(value.offset());
    file.readFully(bytes);
    file.seek(position);
    return bytes;
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
      file.write(unwritten.toByteArray());
      file.getFD().sync();
      unwritten.reset();
      unsynced = 0;
    }
  }

  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      try (file) {
        sync();
      }
    }
  }
}
