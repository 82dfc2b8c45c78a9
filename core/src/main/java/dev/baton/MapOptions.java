package dev.baton;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one {@link Baton#map(MapOptions, TaskFunction, Iterable)} asks for: an immutable value, each
 * of whose methods returns a changed copy.
 *
 * <pre>{@code
 * MapOptions.none().chunk(100).window(1_000).unordered().timeout(Duration.ofMinutes(5))
 * }</pre>
 */
public final class MapOptions {

  private static final int USUAL_WINDOW = 256;
  private static final int AUTOMATIC_WINDOW = 8_192;

  /** So many chunks at least fit into a window that nobody has set. */
  private static final int CHUNKS_AHEAD = 8;

  private static final MapOptions NONE = new MapOptions(new Draft());

  /**
   * Where finished items are kept, see {@link MapOptions#journal(Path, Function)}.
   *
   * @param file the file
   * @param key makes an input's key
   */
  public record Journal(Path file, Function<?, ?> key) {

    /** Checks that nothing is missing. */
    public Journal {
      Objects.requireNonNull(file, "file");
      Objects.requireNonNull(key, "key");
    }
  }

  /** The options while a copy is made. */
  private static final class Draft {
    @Nullable Integer window;
    @Nullable Integer chunk = 1;
    boolean unordered;
    boolean failFast;
    boolean idempotent;
    @Nullable Duration timeout;
    @Nullable Journal journal;
  }

  private final @Nullable Integer window;

  /** Null for automatic chunks. */
  private final @Nullable Integer chunk;

  private final boolean unordered;
  private final boolean failFast;
  private final boolean idempotent;
  private final @Nullable Duration timeout;
  private final @Nullable Journal journal;

  private MapOptions(Draft draft) {
    window = draft.window;
    chunk = draft.chunk;
    unordered = draft.unordered;
    failFast = draft.failFast;
    idempotent = draft.idempotent;
    timeout = draft.timeout;
    journal = draft.journal;
  }

  private MapOptions with(Consumer<Draft> change) {
    Draft draft = new Draft();
    draft.window = window;
    draft.chunk = chunk;
    draft.unordered = unordered;
    draft.failFast = failFast;
    draft.idempotent = idempotent;
    draft.timeout = timeout;
    draft.journal = journal;
    change.accept(draft);
    return new MapOptions(draft);
  }

  /**
   * Returns the default options: results in the order of the inputs, a window of 256, no chunks, no
   * timeout.
   *
   * @return the value to start from
   */
  public static MapOptions none() {
    return NONE;
  }

  /**
   * Bounds what is read ahead, so that endless inputs work and memory stays bounded. Without it the
   * window is 256, or as large as eight chunks if that is more, or 8192 with automatic chunks.
   *
   * @param window how many inputs at most have been read and whose results have not been taken; at
   *     least 1
   * @return a copy with this window
   * @throws IllegalArgumentException if the window is below 1
   */
  public MapOptions window(int window) {
    checkSize("window", window);
    return with(draft -> draft.window = window);
  }

  /**
   * Sends so many inputs at a time to another JVM, and the function once for all of them; a window
   * that is smaller cuts the chunks to its size. On backends inside this JVM nothing is sent, and
   * each item is a task of its own whatever is said here.
   *
   * <p>A chunk is one task of its executor: it is counted, named, and timed out as one. An item
   * that fails, or whose input or result cannot be encoded, fails alone. If the worker dies, the
   * item that had begun fails, unless it is {@link #idempotent()}; those that had not begun run
   * elsewhere. Of items that are faster than 100 µs all fail that may have begun within that time,
   * and also those fail that had ended with results of more than 32 KB together, which arrive with
   * the end of the chunk. Where that is too much to lose, choose {@link #chunkAutomatically()}.
   *
   * <p>A cancel of one item takes it out of a chunk that has not begun. In one that has, none is
   * pending any more: a cancel ends the item's future, and its body goes on or has its turn. The
   * chunk is stopped once nobody waits for any of its items, as when the results are closed.
   *
   * @param size how many inputs make a chunk; at least 1, which is no chunk
   * @return a copy with chunks of this size
   * @throws IllegalArgumentException if the size is below 1
   */
  public MapOptions chunk(int size) {
    checkSize("chunk", size);
    return with(draft -> draft.chunk = size);
  }

  /**
   * Makes chunks as {@link #chunk(int)} does, of a size that is measured: they grow from 1 until
   * one takes about a tenth of a second or an eighth of the window, and items that take longer than
   * 100 µs travel alone, so that a lost worker costs one of them at most.
   *
   * @return a copy with automatic chunks
   */
  public MapOptions chunkAutomatically() {
    return with(draft -> draft.chunk = null);
  }

  /**
   * Hands results out in the order in which they are done.
   *
   * @return a copy in completion order
   */
  public MapOptions unordered() {
    return with(draft -> draft.unordered = true);
  }

  /**
   * Ends the map with the first item that fails: whoever takes results is thrown its failure as
   * soon as that is known, also before results of earlier inputs, and what is left is cancelled. An
   * item that somebody cancels has not failed: it is reported at its place, and the map goes on.
   *
   * @return a copy that ends with the first failure
   */
  public MapOptions failFast() {
    return with(draft -> draft.failFast = true);
  }

  /**
   * Says that an item may be begun once more if its worker dies under it.
   *
   * @return a copy that says so
   */
  public MapOptions idempotent() {
    return with(draft -> draft.idempotent = true);
  }

  /**
   * Limits how long the whole map may take, counted from the call. When the time is up no further
   * input is read; the next result that is not there throws, and what is left is cancelled. An
   * input that is slow to come is waited for all the same: the time is looked at once it has come.
   *
   * @param timeout the limit; zero hands out only what is there at once, of one window of inputs
   * @return a copy with this limit
   * @throws IllegalArgumentException if the limit is negative
   */
  public MapOptions timeout(Duration timeout) {
    if (timeout.isNegative()) {
      throw new IllegalArgumentException("timeout must not be negative: " + timeout);
    }
    return with(draft -> draft.timeout = timeout);
  }

  /**
   * Keeps the results of finished items in a file, so that a job that was killed goes on where it
   * was: items whose key is in the file are not run again, their results come from there.
   *
   * <p>A result is kept when it is taken, and forced to the disk with others: when half a window of
   * them is taken, when one is taken a tenth of a second after the last time, and at the close. So
   * after a crash of this program or of the machine a rerun repeats at most one window of items.
   * Failed items are not kept. An item whose result cannot be written fails, though the result may
   * be found by a rerun if a later attempt to write succeeds. The file is readable by its owner
   * only, and belongs to one map at a time. What a torn last write has left in it is dropped.
   *
   * <p>The file is of one job, which is known by the class of the function, or, for a lambda, by
   * the method in which it is written and its types; and by the class of the key function, or that
   * in which it is written. A map refuses the file of another. So mend the body of a function as
   * you like before a rerun; but two maps in the same method, with functions of the same types,
   * need a file each, for nothing tells them apart.
   *
   * <p>Keys and results are encoded by the {@link java.util.ServiceLoader codec} that comes with
   * worker JVMs if it is there, else by JDK serialization. Whoever may write the file can have this
   * program make any object of its class path, so keep it as safe as the program itself.
   *
   * @param file the file, made if it is not there
   * @param key makes the key that tells an input apart from all others, such as its file name; not
   *     null, serializable, with {@code equals}. It is called where the inputs are read. Of two
   *     inputs it is given a list
   * @param <A> the type of the inputs
   * @return a copy with this journal
   */
  public <A extends @Nullable Object> MapOptions journal(
      Path file, Function<? super A, ? extends Object> key) {
    Journal kept = new Journal(file, key);
    return with(draft -> draft.journal = kept);
  }

  private static void checkSize(String option, int size) {
    if (size < 1) {
      throw new IllegalArgumentException(option + " must be at least 1: " + size);
    }
  }

  /**
   * Returns how many inputs at most have been read and whose results have not been taken.
   *
   * @return the window, at least 1
   */
  public int window() {
    if (window != null) {
      return window;
    }
    if (chunk == null) {
      return AUTOMATIC_WINDOW;
    }
    return (int) Math.max(USUAL_WINDOW, Math.min(Integer.MAX_VALUE, (long) CHUNKS_AHEAD * chunk));
  }

  /**
   * Returns how many inputs make a chunk at most.
   *
   * @return the size, never more than the window; 1 if there are no chunks
   */
  public int chunk() {
    return chunk != null ? Math.min(chunk, window()) : Math.max(1, window() / CHUNKS_AHEAD);
  }

  /**
   * Tells whether the size of chunks is measured, {@link #chunk()} being the most.
   *
   * @return whether chunks are automatic
   */
  public boolean isChunkAutomatic() {
    return chunk == null;
  }

  /**
   * Tells whether results come in completion order.
   *
   * @return whether {@link #unordered()} was asked for
   */
  public boolean isUnordered() {
    return unordered;
  }

  /**
   * Tells whether the first failure ends the map.
   *
   * @return whether {@link #failFast()} was asked for
   */
  public boolean isFailFast() {
    return failFast;
  }

  /**
   * Tells whether items may be begun once more after their worker died.
   *
   * @return whether {@link #idempotent()} was said
   */
  public boolean isIdempotent() {
    return idempotent;
  }

  /**
   * Returns how long the whole map may take from the call.
   *
   * @return the limit, or null for none
   */
  public @Nullable Duration timeout() {
    return timeout;
  }

  /**
   * Returns where finished items are kept.
   *
   * @return the journal, or null for none
   */
  public @Nullable Journal journal() {
    return journal;
  }

  private List<@Nullable Object> values() {
    return Arrays.asList(window, chunk, unordered, failFast, idempotent, timeout, journal);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof MapOptions options && values().equals(options.values());
  }

  @Override
  public int hashCode() {
    return values().hashCode();
  }

  /** Says what differs from the default, as {@code MapOptions[window 256, unordered]}. */
  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    parts.add("window " + window());
    if (chunk == null) {
      parts.add("automatic chunks");
    } else if (chunk > 1) {
      parts.add("chunk " + chunk);
    }
    addIf(unordered, "unordered", parts);
    addIf(failFast, "fail fast", parts);
    addIf(idempotent, "idempotent", parts);
    addIf(timeout != null, "timeout " + timeout, parts);
    addIf(journal != null, "journal " + (journal == null ? "" : journal.file()), parts);
    return "MapOptions[" + String.join(", ", parts) + "]";
  }

  private static void addIf(boolean set, String part, List<String> parts) {
    if (set) {
      parts.add(part);
    }
  }
}
