package dev.baton.process.codec;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Memory outside the heap for the copies of large arrays, used again and again: to touch a page for
 * the first time takes many times as long as to copy into it. Under a fixed cap, whatever is lent;
 * what is not given back is the garbage collector's.
 */
public final class PiecePool {

  /** How much memory there may be, lent or not; a JVM with a small heap has little outside it. */
  static final long MOST_BYTES = Math.min(128L << 20, Runtime.getRuntime().maxMemory() / 4);

  /** Is told, outside the lock, that something became spare. */
  private final Runnable onSpare;

  /** Guards all that follows. Nothing is allocated under it, which may run the collector. */
  private final ReentrantLock lock = new ReentrantLock();

  private final List<Spare> spare = new ArrayList<>();

  /** What is lent: it counts until it is given back, or nobody can. */
  private final List<Lent> lent = new ArrayList<>();

  /** How many bytes are being allocated, and will be lent. */
  private long reserved;

  private record Spare(ByteBuffer memory, long since) {}

  private record Lent(WeakReference<ByteBuffer> memory, int size) {}

  /**
   * Makes a pool that has nothing.
   *
   * @param onSpare is told each time that there is something to {@linkplain #trim trim}
   */
  public PiecePool(Runnable onSpare) {
    this.onSpare = onSpare;
  }

  /** Lends memory of exactly so many bytes, or returns null if there is none. */
  @Nullable ByteBuffer take(int length) {
    if (length > MOST_BYTES) {
      return null;
    }
    lock.lock();
    try {
      ByteBuffer memory = takeSpare(length);
      if (memory != null) {
        lend(memory);
        return memory.clear().limit(length);
      }
      makeRoomFor(length);
      if (total() + length > MOST_BYTES) {
        return null;
      }
      reserved += length;
    } finally {
      lock.unlock();
    }
    return allocateReserved(length);
  }

  private void lend(ByteBuffer memory) {
    lent.add(new Lent(new WeakReference<>(memory), memory.capacity()));
  }

  /** Finds the smallest that is large enough, and not much too large. */
  private @Nullable ByteBuffer takeSpare(int length) {
    int best = -1;
    for (int i = 0; i < spare.size(); i++) {
      int capacity = spare.get(i).memory().capacity();
      boolean fits = capacity >= length && capacity / 2 <= length;
      if (fits && (best < 0 || capacity < spare.get(best).memory().capacity())) {
        best = i;
      }
    }
    return best < 0 ? null : spare.remove(best).memory();
  }

  private void makeRoomFor(int length) {
    lent.removeIf(each -> each.memory().refersTo(null));
    Iterator<Spare> oldest = spare.iterator();
    while (oldest.hasNext() && total() + length > MOST_BYTES) {
      oldest.next();
      oldest.remove();
    }
  }

  private @Nullable ByteBuffer allocateReserved(int length) {
    ByteBuffer memory = allocate(length);
    lock.lock();
    try {
      reserved -= length;
      if (memory != null) {
        lend(memory);
      }
    } finally {
      lock.unlock();
    }
    return memory;
  }

  private static @Nullable ByteBuffer allocate(int length) {
    try {
      return ByteBuffer.allocateDirect(length);
    } catch (OutOfMemoryError full) {
      return null; // of the memory outside the heap, which others use too
    }
  }

  private long total() {
    long total = reserved;
    for (Spare each : spare) {
      total += each.memory().capacity();
    }
    for (Lent each : lent) {
      total += each.size();
    }
    return total;
  }

  /** Takes back what was lent; what was not is left alone. */
  void giveBack(ByteBuffer memory) {
    lock.lock();
    try {
      if (!lent.removeIf(each -> each.memory().refersTo(memory))) {
        return;
      }
      spare.add(new Spare(memory, System.nanoTime()));
    } finally {
      lock.unlock();
    }
    onSpare.run();
  }

  /**
   * Lets go of what nobody has used for a time.
   *
   * @param nanos the time
   * @return whether anything is left to be let go of
   */
  public boolean trim(long nanos) {
    lock.lock();
    try {
      long now = System.nanoTime();
      spare.removeIf(each -> now - each.since() >= nanos);
      return !spare.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
