package dev.baton.internal.map;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Reads the inputs and submits them. It belongs to the thread that goes through the results. */
abstract class Feed<A extends @Nullable Object, R extends @Nullable Object> {

  /** So much is read while something is there to be handed out: one more than is taken. */
  private static final int READS_WHEN_READY = 2;

  /** Inputs come quickly if each takes this time on the average to be read and submitted. */
  private static final long QUICK_NANOS = 2_000;

  /** So many are read before the time is looked at again. */
  private static final int READS_AT_ONCE = 8;

  /** Results are taken quickly if those for which there is room by now took this time together. */
  private static final long QUICK_RUN_NANOS = 100_000;

  private final Window<A, R> window;
  private final int width;

  /** How many inputs that come quickly are read in one go. */
  private final int run;

  /** Where the inputs come from, or null when there are no more. */
  private @Nullable Iterator<? extends A> inputs;

  /** What reading or submitting an input threw; it is reported when its place is reached. */
  private @Nullable Throwable failure;

  private long count;

  /** When inputs were read last, by {@link System#nanoTime}. */
  private long latest;

  /**
   * Makes a feed.
   *
   * @param run how many inputs that come quickly are read in one go, while results are taken
   *     quickly
   */
  Feed(Window<A, R> window, int width, int run, Iterator<? extends A> inputs) {
    this.window = window;
    this.width = width;
    this.run = run;
    this.inputs = inputs;
  }

  /**
   * Reads as far as the window allows while nothing is ready, and otherwise a little, or a run of
   * what comes quickly.
   *
   * @param elsewhere how many inputs are read and unfinished outside the window
   */
  final void refill(int elsewhere) {
    try {
      int room = width - window.size() - elsewhere;
      if (inputs == null || room <= 0 || isPutOff(room)) {
        return;
      }
      long begun = System.nanoTime();
      for (int reads = 0; inputs != null && hasRoom(room) && goesOn(reads, begun); reads++) {
        read(inputs, room);
        room = width - window.size() - elsewhere;
      }
      latest = System.nanoTime();
    } catch (RuntimeException | Error thrown) {
      inputs = null;
      failure = thrown;
    }
  }

  /**
   * Tells whether to read only when there is room for a run: while something is ready and is taken
   * quickly. Short tasks that are submitted one by one find the threads that run them asleep, and
   * waking one costs more than a task. The time is looked at when the room has doubled.
   */
  private boolean isPutOff(int room) {
    return room < run
        && window.isMet()
        && (Integer.bitCount(room) > 1 || System.nanoTime() - latest < QUICK_RUN_NANOS);
  }

  private boolean goesOn(int reads, long begun) {
    if (reads < READS_WHEN_READY || !window.isMet()) {
      return true;
    }
    boolean isTimeToLook = reads % READS_AT_ONCE == READS_WHEN_READY;
    return reads < run && (!isTimeToLook || System.nanoTime() - begun < reads * QUICK_NANOS);
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
