package dev.baton.internal.journal;

import dev.baton.TaskEncodingException;
import dev.baton.internal.encoding.Codecs;
import dev.baton.spi.TaskCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Values by key in a file. What earlier runs have put there can be found; what this run appends
 * cannot, until the next one. It belongs to one thread.
 */
public final class Journal implements AutoCloseable {

  private static final long LONGEST_UNSYNCED_NANOS = 100_000_000;

  private final JournalFile file;
  private final TaskCodec codec;
  private final ClassLoader loader;
  private final int batch;
  private final Map<Object, JournalFile.Position> found = new HashMap<>();
  private long syncedAt = System.nanoTime();

  private Journal(JournalFile file, TaskCodec codec, ClassLoader loader, int batch) {
    this.file = file;
    this.codec = codec;
    this.loader = loader;
    this.batch = batch;
  }

  /**
   * Opens a file, which is made if it is not there, and reads what is in it.
   *
   * @param job what the file has to be of
   * @param loader finds the classes of keys and values
   * @param batch how many records are forced to the disk together at most
   * @throws IllegalArgumentException if the file is of another job, or no journal at all
   * @throws IllegalStateException if it is in use
   * @throws UncheckedIOException if it cannot be read or written, or is damaged
   */
  public static Journal open(Path path, String job, ClassLoader loader, int batch) {
    TaskCodec codec = Codecs.preferred();
    try {
      JournalFile file = JournalFile.open(path, new Header(codec.name(), job));
      Journal journal = new Journal(file, codec, loader, batch);
      boolean read = false;
      try {
        file.readAll(journal::remember);
        read = true;
      } finally {
        if (!read) {
          file.close();
        }
      }
      return journal;
    } catch (IOException failure) {
      throw new UncheckedIOException("Journal " + path + ": " + failure.getMessage(), failure);
    }
  }

  private void remember(byte[] key, JournalFile.Position value) {
    found.put(Objects.requireNonNull(codec.decode(key, loader)), value);
  }

  /** Tells whether an earlier run has left a value. */
  public boolean has(Object key) {
    return found.containsKey(key);
  }

  /**
   * Returns the value that an earlier run has left.
   *
   * @throws TaskEncodingException if it cannot be decoded
   * @throws UncheckedIOException if it cannot be read
   */
  public @Nullable Object value(Object key) {
    try {
      return codec.decode(file.read(Objects.requireNonNull(found.get(key))), loader);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Adds a value, which is on the disk after the next {@link #sync} that this or a later call
   * makes.
   *
   * @throws TaskEncodingException if key or value cannot be encoded; then nothing is added
   * @throws UncheckedIOException if it cannot be written
   */
  public void append(Object key, @Nullable Object value) {
    file.append(codec.encode(key), codec.encode(value));
    if (file.unsynced() >= batch || System.nanoTime() - syncedAt >= LONGEST_UNSYNCED_NANOS) {
      sync();
    }
  }

  /** Returns how many records were added and are not on the disk. */
  public int unsynced() {
    return file.unsynced();
  }

  /**
   * Forces to the disk what was added.
   *
   * @throws UncheckedIOException if that cannot be done
   */
  public void sync() {
    try {
      file.sync();
      syncedAt = System.nanoTime();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Forces to the disk what was added, and lets go of the file. A second call has no effect. */
  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
