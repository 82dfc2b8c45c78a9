package dev.baton.internal.task;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** What a worker said of the items of a chunk, and what it had said before. */
public final class ChunkWord {

  private final int begun;
  private final byte[] ended;
  private final @Nullable ChunkWord before;

  /** Adds a word to those before. */
  ChunkWord(int begun, byte[] ended, @Nullable ChunkWord before) {
    this.begun = begun;
    this.ended = ended;
    this.before = before;
  }

  /** Returns how many items may have begun. */
  public int begun() {
    return begun;
  }

  /** Returns what came of the items that have ended, all words' in the order of the items. */
  public Iterable<byte[]> ended() {
    Deque<byte[]> inOrder = new ArrayDeque<>();
    for (ChunkWord word = this; word != null; word = word.before) {
      if (word.ended.length > 0) {
        inOrder.addFirst(word.ended);
      }
    }
    return inOrder;
  }
}
