package dev.baton.process.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One or more frames that are offered as one: each is written whole before the next. So definitions
 * are offered together with the frame that first uses them, which is the last.
 */
public final class Outgoing {

  /**
   * What becomes of the last frame.
   *
   * <pre>
   * WAITING -> BEGUN         by the writer, before its first byte
   * WAITING -> WITHDRAWN     by abandon: none of it is ever written
   * BEGUN   -> CUT           by abandon: the rest is not written, if any is left
   * </pre>
   */
  private enum State {
    WAITING,
    BEGUN,
    WITHDRAWN,
    CUT
  }

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Outgoing.class, "state", State.class);
    } catch (ReflectiveOperationException missing) {
      throw new ExceptionInInitializerError(missing);
    }
  }

  /** Decided by compare-and-set, so that the writer and who abandons agree on what was written. */
  private volatile State state = State.WAITING;

  /** The last is set to null as it is withdrawn; the writer then does not look at it. */
  private final @Nullable Frame[] frames;

  private final int lastBytes;
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
    int last = 0;
    long sum = 0;
    boolean ordered = false;
    for (Frame frame : frames) {
      last = frame.remaining();
      most = Math.max(most, last);
      sum += last;
      ordered |= frame.opcode().isInOrder();
    }
    this.lastBytes = last;
    this.largest = most;
    this.bytes = sum;
    this.inOrder = ordered;
  }

  /**
   * Gives up the last frame: no more of it is written than what may just be on its way. The others,
   * on which later offers may rely, are written all the same.
   *
   * @return whether none of it was written, nor ever will be
   */
  public boolean abandon() {
    if (STATE.compareAndSet(this, State.WAITING, State.WITHDRAWN)) {
      frames[frames.length - 1] = null;
      return true;
    }
    STATE.compareAndSet(this, State.BEGUN, State.CUT);
    return state == State.WITHDRAWN;
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
    if (index == frames.length || (index == frames.length - 1 && !mayBeWritten())) {
      return null;
    }
    return frames[index];
  }

  private boolean mayBeWritten() {
    return STATE.compareAndSet(this, State.WAITING, State.BEGUN) || state != State.WITHDRAWN;
  }

  /** Moves on behind the frame that was written. */
  void advance() {
    transfer = 0;
    index++;
  }

  /** Tells whether the rest of the present frame, which has begun, is not wanted any more. */
  boolean isCut() {
    return index == frames.length - 1 && state == State.CUT;
  }

  /** Returns how many bytes of payload were withdrawn before they were begun. */
  int withdrawnBytes() {
    return state == State.WITHDRAWN ? lastBytes : 0;
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
