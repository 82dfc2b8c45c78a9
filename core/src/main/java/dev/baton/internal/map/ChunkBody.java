package dev.baton.internal.map;

import dev.baton.TaskContext;
import dev.baton.TaskFunction;
import dev.baton.internal.task.CurrentTask;
import dev.baton.spi.ChunkContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a chunk does in its worker: one item after the other, each with an outcome of its own. */
public final class ChunkBody {

  /** Items are announced so far ahead: telling of each would cost more than a quick one does. */
  static final long AHEAD_NANOS = 100_000;

  /**
   * Outcomes of so many bytes go with a word about what begins next, so that they survive the
   * worker; more would hold up what has to be written before an item begins.
   */
  static final int MOST_BYTES_WITH_A_WORD = 32_768;

  private ChunkBody() {}

  /** Applies a function to arguments, and returns what came of each that was not told before. */
  public static <A extends @Nullable Object, R extends @Nullable Object> byte[] run(
      TaskFunction<A, R> function, List<A> arguments) {
    TaskContext context = CurrentTask.get().context();
    ThreadTraits traits = ThreadTraits.ofThisThread();
    ChunkOutcomes.Writer outcomes = new ChunkOutcomes.Writer();
    long start = System.nanoTime();
    long telling = 0; // not counted, or on a slow pipe no item would ever seem quick
    int announced = 0;
    for (int i = 0; i < arguments.size() && !context.isCancelled(); i++) {
      if (i >= announced && context instanceof ChunkContext chunk) {
        long now = System.nanoTime();
        long taken = now - start - telling;
        announced = Math.min(arguments.size(), i + ahead(taken, i));
        boolean isLittle = outcomes.size() <= MOST_BYTES_WITH_A_WORD;
        chunk.begun(announced, isLittle ? outcomes.take(taken) : ChunkOutcomes.NOTHING);
        telling += System.nanoTime() - now;
      }
      apply(function, arguments.get(i), outcomes);
      traits.restore();
    }
    return outcomes.toBytes(System.nanoTime() - start - telling);
  }

  /** Tells how many items, of the length of those so far, may be announced at once. */
  private static int ahead(long nanos, int items) {
    return items == 0 ? 1 : (int) Math.max(1, AHEAD_NANOS * items / Math.max(1, nanos));
  }

  private static <A extends @Nullable Object, R extends @Nullable Object> void apply(
      TaskFunction<A, R> function, A argument, ChunkOutcomes.Writer outcomes) {
    R value;
    try {
      value = function.apply(argument);
    } catch (Throwable failure) {
      outcomes.failure(failure);
      return;
    }
    outcomes.value(value);
  }
}
