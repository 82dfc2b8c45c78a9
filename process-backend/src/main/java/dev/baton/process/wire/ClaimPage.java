package dev.baton.process.wire;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file of fixed layout that a worker and its parent have both mapped. In it they agree, without a
 * message, on whether the body of a task begins: the worker claims it or the parent withdraws it,
 * and a compare-and-set lets one of them win.
 *
 * <pre>
 * EMPTY     -> SENT         by the parent, before it sends the slot's first task
 * SENT      -> CLAIMED      by the worker, or by the parent for it, before the body begins
 * SENT      -> WITHDRAWN    by the parent: the body never begins
 * CLAIMED   -> SENT         by the parent, for the next task, once it has the result
 * WITHDRAWN -> SENT         by the parent, for the next task; the worker may yet come to this one
 * </pre>
 *
 * <p>A slot's first word holds the task's id beside the state, so a claim for a task that had the
 * slot before fails.
 *
 * <p><em>Happens-before.</em> Both JVMs map the same memory, and all access to a slot's first word
 * is volatile or a compare-and-set, as in one JVM. The worker writes the time of its claim before
 * the compare-and-set that says CLAIMED, and the parent reads it after it has read CLAIMED: so it
 * reads that time, and not an older one. One thread of the worker claims, or waits while the parent
 * does, so nobody writes to the second word between the two. The task itself comes through the
 * pipe, behind the write of SENT.
 */
public final class ClaimPage {

  /** The most slots that a page can have. */
  public static final int MOST_SLOTS = 1 << 20;

  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final VarHandle WORD = MethodHandles.byteBufferViewVarHandle(long[].class, ORDER);

  /** The letters {@code BatonPge}, read by a processor that puts the high byte first. */
  private static final long MAGIC = 0x4261_746f_6e50_6765L;

  private static final int VERSION = 1;
  private static final int HEADER = 64;

  /** A slot has a cache line of its own. */
  private static final int SLOT = 64;

  private static final long SENT = 1;
  private static final long CLAIMED = 2;
  private static final long WITHDRAWN = 3;

  private final ByteBuffer page;
  private final int slots;

  /** What holds the lock on the file; null on the side that has only opened it. */
  private final @Nullable FileChannel locked;

  private ClaimPage(ByteBuffer page, int slots, @Nullable FileChannel locked) {
    this.page = page;
    this.slots = slots;
    this.locked = locked;
  }

  /**
   * Makes the file, which only its owner may read and write, locks and maps it. It is written as a
   * whole before it is mapped: so a disk that is full is an exception now, and no crash later. The
   * lock, which is held until {@link #unlock} or the end of this process, shows others that the
   * file is in use.
   *
   * @param file where; must not exist
   * @param slots how many tasks can be there at once
   * @return the page
   * @throws IOException if the file cannot be made; what was made of it is removed
   * @throws IllegalArgumentException if there are fewer slots than one or more than {@link
   *     #MOST_SLOTS}
   */
  public static ClaimPage create(Path file, int slots) throws IOException {
    if (slots < 1 || slots > MOST_SLOTS) {
      throw new IllegalArgumentException(
          "A claim page has 1 to " + MOST_SLOTS + " slots: " + slots);
    }
    Files.createFile(file, ownerOnly(file));
    try {
      return create(
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE), slots);
    } catch (IOException | RuntimeException | Error failure) {
      Files.deleteIfExists(file);
      throw failure;
    }
  }

  private static ClaimPage create(FileChannel channel, int slots) throws IOException {
    try {
      FileInUse.lock(channel);
      write(channel, slots);
      return new ClaimPage(map(channel, slots), slots, channel);
    } catch (IOException | RuntimeException | Error failure) {
      channel.close();
      throw failure;
    }
  }

  /**
   * Ends the lock on the file of a page that this process has made, when that is removed. The page
   * stays usable.
   *
   * @throws IOException if the file cannot be closed
   */
  public void unlock() throws IOException {
    if (locked != null) {
      locked.close();
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    Set<String> views = file.getFileSystem().supportedFileAttributeViews();
    return views.contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static void write(FileChannel channel, int slots) throws IOException {
    ByteBuffer image = ByteBuffer.allocate(size(slots)).order(ORDER);
    image.putLong(0, MAGIC).putInt(8, VERSION).putInt(12, slots);
    while (image.hasRemaining()) {
      channel.write(image);
    }
  }

  /** The file of a page, found and checked. It is mapped once, and may be removed before. */
  public static final class Unmapped {
    private final FileChannel channel;
    private final int slots;

    private Unmapped(FileChannel channel, int slots) {
      this.channel = channel;
      this.slots = slots;
    }

    /**
     * Maps it.
     *
     * @return the page
     * @throws IOException if it cannot be mapped
     */
    public ClaimPage map() throws IOException {
      try (channel) {
        return new ClaimPage(ClaimPage.map(channel, slots), slots, null);
      }
    }
  }

  /**
   * Finds and maps the file that the other side has made.
   *
   * @param file where it is
   * @return the page
   * @throws IOException if it cannot be read, or is not the claim page of this version
   */
  public static ClaimPage open(Path file) throws IOException {
    return find(file).map();
  }

  /**
   * Finds the file that the other side has made.
   *
   * @param file where it is
   * @return what can be mapped
   * @throws IOException if it cannot be read, or is not the claim page of this version
   */
  public static Unmapped find(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      return new Unmapped(channel, checkedSlots(file, channel));
    } catch (IOException | RuntimeException | Error failure) {
      channel.close();
      throw failure;
    }
  }

  private static int checkedSlots(Path file, FileChannel channel) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER).order(ORDER);
    while (header.hasRemaining() && channel.read(header) >= 0) {
      // until it is full, or the file has no more
    }
    int slots = header.getInt(12);
    boolean known = header.getLong(0) == MAGIC && header.getInt(8) == VERSION;
    if (!known || slots < 1 || slots > MOST_SLOTS || channel.size() != size(slots)) {
      throw new IOException(
          file
              + " is not a claim page of version "
              + VERSION
              + ". Use one baton-process on both sides, and leave its files alone.");
    }
    return slots;
  }

  private static ByteBuffer map(FileChannel channel, int slots) throws IOException {
    return channel.map(FileChannel.MapMode.READ_WRITE, 0, size(slots));
  }

  private static int size(int slots) {
    return HEADER + slots * SLOT;
  }

  /**
   * Tells how many tasks can be in the page at once.
   *
   * @return the number of slots
   */
  public int slots() {
    return slots;
  }

  /**
   * To SENT, by the parent, before it sends the task.
   *
   * @param slot the task's slot, which no other task has any more
   * @param id the task's id
   */
  public void offer(int slot, long id) {
    WORD.setVolatile(page, index(slot), word(id, SENT));
  }

  /**
   * SENT to CLAIMED, by the worker's one thread that claims, or by the parent while that one waits.
   *
   * @param slot the task's slot
   * @param id the task's id
   * @param nanoTime the worker's time
   * @return whether the body is to begin; false if the task was withdrawn
   */
  public boolean claim(int slot, long id, long nanoTime) {
    int index = index(slot);
    WORD.set(page, index + Long.BYTES, nanoTime);
    return WORD.compareAndSet(page, index, word(id, SENT), word(id, CLAIMED));
  }

  /**
   * SENT to WITHDRAWN, by the parent.
   *
   * @param slot the task's slot
   * @param id the task's id
   * @return whether the body never begins; false if it was claimed
   */
  public boolean withdraw(int slot, long id) {
    return WORD.compareAndSet(page, index(slot), word(id, SENT), word(id, WITHDRAWN));
  }

  /**
   * Tells whether the worker has claimed a task.
   *
   * @param slot the task's slot
   * @param id the task's id
   * @return whether its body begins or began
   */
  public boolean isClaimed(int slot, long id) {
    return (long) WORD.getVolatile(page, index(slot)) == word(id, CLAIMED);
  }

  /**
   * Tells when the worker claimed the task that it was seen to have claimed.
   *
   * @param slot the task's slot, which {@linkplain #isClaimed is claimed}
   * @return the worker's {@link System#nanoTime()} then
   */
  public long claimedAt(int slot) {
    return (long) WORD.getAcquire(page, index(slot) + Long.BYTES);
  }

  private int index(int slot) {
    return HEADER + Objects.checkIndex(slot, slots) * SLOT;
  }

  private static long word(long id, long state) {
    return id << 2 | state;
  }
}
