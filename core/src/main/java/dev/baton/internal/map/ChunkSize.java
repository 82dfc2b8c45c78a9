package dev.baton.internal.map;

import dev.baton.MapOptions;

/** How many inputs make the next chunk. */
final class ChunkSize {

  /** What a chunk is to take. */
  private static final long WANTED_NANOS = 100_000_000;

  /**
   * An item that takes longer than this travels alone, so that it alone is lost with its worker.
   */
  private static final long LONE_NANOS = ChunkBody.AHEAD_NANOS;

  /** A chunk is at most so many times as large as the one that was measured. */
  private static final int GROWTH = 8;

  private final int most;
  private final boolean isMeasured;

  /** Written by those who receive results, read by the thread that makes chunks; any order does. */
  private volatile int next;

  private ChunkSize(int first, int most, boolean isMeasured) {
    this.next = first;
    this.most = most;
    this.isMeasured = isMeasured;
  }

  static ChunkSize of(MapOptions options) {
    boolean isMeasured = options.isChunkAutomatic();
    return new ChunkSize(isMeasured ? 1 : options.chunk(), options.chunk(), isMeasured);
  }

  int next() {
    return next;
  }

  boolean isMeasured() {
    return isMeasured;
  }

  /** Is told how long a chunk took. */
  void measured(long nanos, int items) {
    if (!isMeasured || items == 0) {
      return;
    }
    long each = Math.max(1, nanos / items);
    long fitting = Math.min(most, Math.min(WANTED_NANOS / each, (long) GROWTH * items));
    next = each > LONE_NANOS ? 1 : (int) Math.max(1, fitting);
  }
}
