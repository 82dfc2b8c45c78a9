package dev.baton.process.wire;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * A file in memory that a worker and its parent have both mapped. The bytes of large payloads go
 * through it, as much at a time as fits into a slot; a frame in the pipe says which slot. Each way
 * has slots of its own, which the one side fills and the other empties:
 *
 * <pre>
 * FREE -> FULL    by the sender, with the bytes in it, before it writes the frame
 * FULL -> FREE    by the receiver, once it has copied the bytes, which it does as it reads the frame
 * </pre>
 *
 * <p>No slot belongs to a task: what is in one is a part of the stream of frames, and gone as soon
 * as that is read. So a body that is cancelled, lost or sent again leaves nothing here, and what a
 * worker has not announced when it dies is never read.
 *
 * <p><em>Happens-before.</em> The state is set with release semantics after the bytes were written
 * or read, and read with acquire semantics before they are read or written.
 *
 * <p><em>Memory.</em> The file begins without any but its header's. The sender writes a slot, as a
 * file, before it first uses the mapping: so a full disk is an exception then, and no crash later.
 */
public final class Region implements AutoCloseable {

  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final VarHandle STATE = MethodHandles.byteBufferViewVarHandle(int[].class, ORDER);

  /** The letters {@code BatonRgn}, read by a processor that puts the high byte first. */
  private static final long MAGIC = 0x4261_746f_6e52_676eL;

  private static final int VERSION = 1;

  /** Magic number, version, slots each way, bytes of a slot; then a line for the state of each. */
  private static final int HEADER = 4096;

  private static final int LINE = 64;

  static final int SLOTS = 8;
  static final int SLOT_BYTES = 1 << 20;

  private static final int FREE = 0;
  private static final int FULL = 1;

  private final RandomAccessFile file;

  /**
   * Null until it is mapped. Volatile: it publishes the mapping to the threads that write; whoever
   * maps twice gets another view of the same memory.
   */
  private volatile @Nullable ByteBuffer memory;

  private Region(RandomAccessFile file) {
    this.file = file;
  }

  /**
   * Makes the file, which only its owner may read and write, locks and maps it. The lock, which is
   * held until the end of this process or of the region, shows others that the file is in use.
   *
   * @param path where; must not exist
   * @return the region
   * @throws IOException if the file cannot be made; what was made of it is removed
   */
  public static Region create(Path path) throws IOException {
    Files.createFile(path, ownerOnly(path));
    try {
      return create(new RandomAccessFile(path.toFile(), "rw"));
    } catch (IOException | RuntimeException | Error failure) {
      Files.deleteIfExists(path);
      throw failure;
    }
  }

  private static Region create(RandomAccessFile file) throws IOException {
    try {
      FileInUse.lock(file.getChannel());
      ByteBuffer header = ByteBuffer.allocate(HEADER).order(ORDER);
      header.putLong(0, MAGIC).putInt(8, VERSION).putInt(12, SLOTS).putInt(16, SLOT_BYTES);
      file.write(header.array());
      file.setLength(size());
      Region region = new Region(file);
      region.map();
      return region;
    } catch (IOException | RuntimeException | Error failure) {
      file.close();
      throw failure;
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  /**
   * Opens the file that the other side has made, which may be removed from then on.
   *
   * @param path where it is
   * @return the region, not yet mapped
   * @throws IOException if it cannot be opened, or is not the region of this version
   */
  public static Region open(Path path) throws IOException {
    RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
    try {
      byte[] start = new byte[20];
      file.readFully(start);
      ByteBuffer header = ByteBuffer.wrap(start).order(ORDER);
      if (header.getLong() != MAGIC
          || header.getInt() != VERSION
          || header.getInt() != SLOTS
          || header.getInt() != SLOT_BYTES
          || file.length() != size()) {
        throw new IOException(
            path
                + " is not a region of version "
                + VERSION
                + ". Use one baton-process on both sides, and leave its files alone.");
      }
      return new Region(file);
    } catch (IOException | RuntimeException | Error failure) {
      file.close();
      throw failure;
    }
  }

  private static long size() {
    return HEADER + 2L * SLOTS * SLOT_BYTES;
  }

  /**
   * Maps it, unless it is. An interrupt would close the file: not for threads that users' code may
   * interrupt.
   *
   * @throws IOException if it cannot be mapped
   */
  public void map() throws IOException {
    if (memory == null) {
      memory = file.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, size());
    }
  }

  boolean isMapped() {
    return memory != null;
  }

  /** Gives a slot memory, by writing it as a file; for the sender, before it first fills it. */
  void allocate(Direction direction, int slot) throws IOException {
    byte[] zeros = new byte[Framing.LARGEST_FRAME];
    file.seek(HEADER + (long) index(direction, slot) * SLOT_BYTES);
    for (int written = 0; written < SLOT_BYTES; written += zeros.length) {
      file.write(zeros);
    }
  }

  boolean isFree(Direction direction, int slot) {
    return (int) STATE.getAcquire(mapped(), line(direction, slot)) == FREE;
  }

  /** Returns a slot's memory, to be filled by the sender. */
  ByteBuffer slot(Direction direction, int slot) {
    return mapped().slice(HEADER + index(direction, slot) * SLOT_BYTES, SLOT_BYTES);
  }

  void setFull(Direction direction, int slot) {
    STATE.setRelease(mapped(), line(direction, slot), FULL);
  }

  void setFree(Direction direction, int slot) {
    STATE.setRelease(mapped(), line(direction, slot), FREE);
  }

  private ByteBuffer mapped() {
    ByteBuffer present = memory;
    if (present == null) {
      throw new IllegalStateException("The region is not mapped.");
    }
    return present;
  }

  private static int line(Direction direction, int slot) {
    return LINE * (1 + index(direction, slot));
  }

  /** Slots to the worker come first. */
  private static int index(Direction direction, int slot) {
    return direction == Direction.TO_WORKER ? slot : SLOTS + slot;
  }

  @Override
  public String toString() {
    return isMapped() ? "Region[mapped]" : "Region[not mapped]";
  }

  /**
   * Closes the file, and gives its memory back, which would stay as long as anybody has it mapped.
   * Whoever touches a slot after that fails, so nobody may be left who does.
   *
   * @throws IOException if the system keeps the memory until it is mapped no more
   */
  public void discard() throws IOException {
    try (file) {
      file.setLength(HEADER);
    }
  }

  /** Closes the file; its memory goes once both sides have let go of it. */
  @Override
  public void close() throws IOException {
    file.close();
  }
}
