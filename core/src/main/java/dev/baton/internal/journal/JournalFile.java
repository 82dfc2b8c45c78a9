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
 * Records in a file, in {@linkplain Batch batches} after a {@link Header}. A batch that is not
 * whole, with no whole one after it, is what a crash has left of the last write, and is cut off: a
 * batch is written only when the one before it is on the disk.
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

  /** The same file; it locks, and is read before a map begins. */
  private final FileChannel channel;

  private final ByteArrayOutputStream unwritten = new ByteArrayOutputStream();
  private int unsynced;

  /** Where the last batch ends that is on the disk. */
  private long end;

  private JournalFile(Path path, RandomAccessFile file) {
    this.path = path;
    this.file = file;
    this.channel = file.getChannel();
  }

  static JournalFile open(Path path, Header header) throws IOException {
    createUnlessThere(path);
    return open(path, new RandomAccessFile(path.toFile(), "rw"), header);
  }

  /** Begins with a file, which is closed if that fails. */
  static JournalFile open(Path path, RandomAccessFile file, Header header) throws IOException {
    boolean opened = false;
    try {
      JournalFile journal = new JournalFile(path, file);
      journal.lock();
      journal.begin(header);
      opened = true;
      return journal;
    } finally {
      if (!opened) {
        file.close();
      }
    }
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

  private void lock() throws IOException {
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
  private void begin(Header header) throws IOException {
    byte[] ours = header.toBytes();
    int present = (int) Math.min(channel.size(), Header.MOST_BYTES);
    byte[] theirs = Bytes.read(channel, 0, present);
    if (present < ours.length && Arrays.equals(theirs, Arrays.copyOf(ours, present))) {
      Bytes.write(channel, 0, ByteBuffer.wrap(ours));
      channel.force(true);
    } else if (!Arrays.equals(ours, Arrays.copyOf(theirs, Math.min(present, ours.length)))) {
      throw header.mismatch(path, Header.of(theirs));
    }
    end = ours.length;
  }

  /** Reads all records, and cuts off what a crash has left of the last batch. */
  void readAll(Visitor visitor) throws IOException {
    for (Batch batch; (batch = Batch.at(channel, end)) != null; end = batch.end()) {
      batch.forEachRecord(visitor);
    }
    if (end < channel.size()) {
      if (Batch.isAnyAfter(channel, end)) {
        throw new IOException(
            "It is damaged at byte "
                + end
                + ", before results that are whole. Restore "
                + path
                + ", or delete it to begin anew.");
      }
      channel.truncate(end);
      channel.force(true);
    }
  }

  byte[] read(Position value) throws IOException {
    byte[] bytes = new byte[value.length()];
    file.seek(value.offset());
    file.readFully(bytes);
    return bytes;
  }

  void append(byte[] key, byte[] value) {
    unwritten.writeBytes(Batch.recordOf(key, value));
    unsynced++;
  }

  int unsynced() {
    return unsynced;
  }

  void sync() throws IOException {
    if (unsynced > 0) {
      byte[] records = unwritten.toByteArray();
      byte[] head = Batch.headOf(end, records);
      file.setLength(end); // what a write that failed has left is no longer in the way
      file.seek(end);
      file.write(head);
      file.write(records);
      file.getFD().sync();
      end += head.length + records.length;
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
