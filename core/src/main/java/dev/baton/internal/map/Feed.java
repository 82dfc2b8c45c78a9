package dev.baton.internal.map;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Reads the inputs and submits them. It belongs to the thread that goes through the results. */
abstract class Feed<A extends @Nullable Object, R extends @Nullable Object> {

  /** So much is read while something is there to be handed out: one more than is taken. */
  private static final int READS_WHEN_READY = 2;

  private final Window<A, R> window;
  private final int width;
  private final Deadline deadline;

  /** Where the inputs come from, or null when there are no more. */
  private @Nullable Iterator<? extends A> inputs;

  /** What reading or submitting an input threw; it is reported when its place is reached. */
  private @Nullable Throwable failure;

  private long count;

  Feed(Window<A, R> window, int width, Deadline deadline, Iterator<? extends A> inputs) {
    this.window = window;
    this.width = width;
    this.deadline = deadline;
    this.inputs = inputs;
  }

  /**
   * Reads as far as the window and the time allow while nothing is ready, and otherwise a little.
   *
   * @param elsewhere how many inputs are read and unfinished outside the window
   */
  final void refill(int elsewhere) {
    try {
      int reads = 0;
      while (inputs != null
          && hasRoom(width - window.size() - elsewhere)
          && (reads < READS_WHEN_READY || !window.isMet())
          && !isTimeUp()) {
        read(inputs, width - window.size() - elsewhere);
        reads++;
      }
    } catch (RuntimeException | Error thrown) {
      broken(thrown);
    }
  }

  /** Reads no more, and keeps what that was for until its place is reached. */
  private void broken(Throwable thrown) {
    inputs = null;
    failure = thrown;
  }

  /** Tells whether there is one more input, which is not read. */
  final boolean hasMore() {
    try {
      return inputs != null && !endsHere(inputs);
    } catch (RuntimeException | Error thrown) {
      broken(thrown);
      return false;
    }
  }

  /** Tells whether it is worth reading into so much room, of which there may be none. */
  abstract boolean hasRoom(int room);

  /** Reads what is submitted as one, submits it, and puts it into the window. */
  abstract void read(Iterator<? extends A> source, int room);

  /** Reads the next input; returns false if there is none, and never will be. */
  final boolean endsHere(Iterator<? extends A> source) {
    if (source.hasNext()) {
      return false;
    }
    inputs = null;
    return true;
  }

  /** Tells whether nothing more is to be read, which is looked at after each input. */
  final boolean isTimeUp() {
    return deadline.endsReading();
  }

  /** Counts an input, and returns its number. */
  final long nextIndex() {
    return count++;
  }

  final Window<A, R> window() {
    return window;
  }

  final int width() {
    return width;
  }

  /** Tells whether inputs are still to be read. */
  final boolean isOpen() {
    return inputs != null;
  }

  /** Tells whether something is to be thrown after the last place. */
  final boolean hasFailed() {
    return failure != null;
  }

  /** Throws what comes after the last place: a failure once, then nothing. */
  final RuntimeException end() {
    Throwable thrown = failure;
    failure = null;
    if (thrown instanceof Error error) {
      throw error;
    }
    return thrown instanceof RuntimeException passed
        ? passed
        : new NoSuchElementException("There are no more results.");
  }

  /** Reads no more. */
  final void close() {
    inputs = null;
    failure = null;
  }
}
