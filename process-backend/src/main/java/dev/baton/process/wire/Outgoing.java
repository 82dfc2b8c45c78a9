package dev.baton.process.wire;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One or more frames that are offered as one: each is written whole before the next. So definitions
 * are offered together with the frame that first uses them, which is the last.
 */
public final class Outgoing {

  private final Frame[] frames;
  private final int largest;
  private final long bytes;
  private final boolean inOrder;

  /** What was offered before it and is not taken yet; of the offering thread, then the writer. */
  @Nullable Outgoing previous;

  /** The number under which the present frame is sent in segments, or 0; the writer's. */
  long transfer;

  /** The frame to be written next; the writer's. */
  private int index;

  /** Who waits for the end. Written before the offer, whose compare-and-set publishes it. */
  private @Nullable Thread waiter;

  /** Null, then whether all was written. Volatile: it publishes the end to the waiter. */
  private volatile @Nullable Boolean written;

  /**
   * Puts frames together.
   *
   * @param frames in the order in which they are to be written
   */
  public Outgoing(Frame... frames) {
    this.frames = frames.clone();
    int most = 0;
    long sum = 0;
    boolean ordered = false;
    for (Frame frame : frames) {
      int count = frame.remaining();
      most = Math.max(most, count);
      sum += count;
      ordered |= frame.opcode().isInOrder();
    }
    this.largest = most;
    this.bytes = sum;
    this.inOrder = ordered;
  }

  /** Returns how many bytes of payload there were when it was offered. */
  long bytes() {
    return bytes;
  }

  /** Returns how many bytes of payload the largest frame has. */
  int largest() {
    return largest;
  }

  /** Tells whether it may not come before what was offered earlier and is in order too. */
  boolean isInOrder() {
    return inOrder;
  }

  /** Returns the frame to be written next, or null if none is. */
  @Nullable Frame present() {
    return index == frames.length ? null : frames[index];
  }

  /** Moves on behind the frame that was written. */
  void advance() {
    transfer = 0;
    index++;
  }

  /** Says, before it is offered, that this thread is going to wait. */
  void announceWaiter() {
    waiter = Thread.currentThread();
  }

  boolean hasWaiter() {
    return waiter != null;
  }

  /** Says that all was written, or that it never will be. */
  void settle(boolean success) {
    Thread waiting = waiter;
    if (waiting != null) {
      written = success;
      LockSupport.unpark(waiting);
    }
  }

  /** Waits, deaf to interrupts, until it is settled, and tells whether all was written. */
  boolean awaitSettled() {
    boolean interrupted = false;
    Boolean outcome;
    while ((outcome = written) == null) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return outcome;
  }
}
