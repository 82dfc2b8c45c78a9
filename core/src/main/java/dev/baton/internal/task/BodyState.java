package dev.baton.internal.task;

import dev.baton.internal.future.BatonFuture;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A future with a body, whose phase is a field of its own because it ends on its own:
 *
 * <pre>
 *   PENDING ──claim───────────▶ BEGUN ────────────────────────▶ OVER
 *      │  │                      │ ▲ └──lets go of its thread──▶ OPEN ──▶ OVER
 *      │  │                      ▼ │
 *      │  │                 INTERRUPTING   (while its thread is being interrupted)
 *      │  └──send──▶ SENT ──starts elsewhere──▶ OPEN ──────────▶ OVER
 *      │             │  └──────────────────────────────────────▶ OVER
 *      └──withdraw───┴──▶ WITHDRAWN   SENT, OPEN, BEGUN ──another attempt──▶ PENDING
 * </pre>
 *
 * <p>A thread leaves BEGUN only when nobody is INTERRUPTING, and then clears its interrupt flag: so
 * no late interrupt hits the thread's next task.
 *
 * @param <T> the type of the result
 */
abstract class BodyState<T extends @Nullable Object> extends BatonFuture<T> {

  private static final int PENDING = 0;
  private static final int SENT = 1;
  private static final int BEGUN = 2;
  private static final int INTERRUPTING = 3;
  private static final int OPEN = 4;
  private static final int OVER = 5;
  private static final int WITHDRAWN = 6;

  private static final VarHandle PHASE;

  static {
    try {
      PHASE = MethodHandles.lookup().findVarHandle(BodyState.class, "phase", int.class);
    } catch (ReflectiveOperationException missing) {
      throw new ExceptionInInitializerError(missing);
    }
  }

  /** The body's phase, as above; changed by compare-and-set only. */
  private volatile int phase;

  /**
   * The thread that runs or ran the body. Written by the claiming thread before the phase says
   * BEGUN, and cleared by it after the phase has left BEGUN.
   */
  private @Nullable Thread runner;

  private boolean move(int from, int to) {
    return PHASE.compareAndSet(this, from, to);
  }

  /** Tells whether the body has not begun and is not with a backend. */
  final boolean isBodyPending() {
    return phase == PENDING;
  }

  /** Tells whether a backend that owns the claim has the body, and did not say that it began. */
  final boolean isBodySent() {
    return phase == SENT;
  }

  /** Tells whether the body goes on without a thread of this JVM that could be interrupted. */
  final boolean isBodyOpen() {
    return phase == OPEN;
  }

  /** Tells whether the body never began. */
  final boolean isWithdrawn() {
    return phase == WITHDRAWN;
  }

  /** Tells whether the body has begun and is not over. */
  public final boolean isBodyActive() {
    int p = phase;
    return p == BEGUN || p == INTERRUPTING || p == OPEN;
  }

  /** Tells whether the body is over or will never begin. */
  public final boolean isBodyOver() {
    return phase >= OVER;
  }

  private boolean isOnItsThread() {
    int p = phase;
    return p == BEGUN || p == INTERRUPTING;
  }

  /** Returns the thread that runs the body now, or null. */
  public final @Nullable Thread runner() {
    return isOnItsThread() ? runner : null;
  }

  /** Returns the thread that runs the body, or ran it and still stands for its worker, or null. */
  final @Nullable Thread lastRunner() {
    return runner;
  }

  /** Lets go of a thread that does not outlive its task. */
  final void forgetRunner() {
    runner = null;
  }

  /** PENDING to BEGUN, on the thread that is to run the body. */
  final boolean begin() {
    if (phase != PENDING) {
      return false;
    }
    runner = Thread.currentThread();
    return move(PENDING, BEGUN);
  }

  /** BEGUN to OVER, on the thread that ran the body. */
  final boolean leave() {
    return leaveTo(OVER);
  }

  /** BEGUN to OPEN, on the thread that ran the body. */
  final boolean leaveOpen() {
    return leaveTo(OPEN);
  }

  /** BEGUN to PENDING, on the thread that ran the body. */
  final boolean leavePending() {
    return leaveTo(PENDING);
  }

  /**
   * Takes this thread out of the body; from here on no interrupt can be meant for the body. Returns
   * false if a backend has said meanwhile that the body is over.
   */
  @SuppressWarnings("ThreadPriorityCheck") // the wait is for two instructions
  private boolean leaveTo(int next) {
    boolean left = move(BEGUN, next);
    while (!left && isOnItsThread()) {
      Thread.yield(); // another thread is between two instructions of interrupt()
      left = move(BEGUN, next);
    }
    Thread.interrupted();
    return left;
  }

  /** OPEN to OVER. */
  final boolean endOpen() {
    return move(OPEN, OVER);
  }

  /** To OVER from wherever a backend has the body. */
  @SuppressWarnings("ThreadPriorityCheck") // the wait is for two instructions
  final boolean endAnyhow() {
    for (; ; ) {
      int p = phase;
      if (p >= OVER) {
        return false;
      }
      if (p == INTERRUPTING) {
        Thread.yield(); // another thread is between two instructions of interrupt()
      } else if (move(p, OVER)) {
        return true;
      }
    }
  }

  /** PENDING to SENT. */
  final boolean moveToSent() {
    return move(PENDING, SENT);
  }

  /** SENT to OPEN. */
  final boolean beginElsewhere() {
    return move(SENT, OPEN);
  }

  /** SENT to PENDING. */
  final boolean comeBackUnbegun() {
    return move(SENT, PENDING);
  }

  /** SENT or OPEN to PENDING. */
  final boolean comeBack() {
    return move(SENT, PENDING) || move(OPEN, PENDING);
  }

  /** PENDING to WITHDRAWN. */
  final boolean withdrawPending() {
    return move(PENDING, WITHDRAWN);
  }

  /** SENT to WITHDRAWN, when the backend has said that the body never will begin. */
  final boolean withdrawSent() {
    return move(SENT, WITHDRAWN);
  }

  /**
   * Interrupts the body's thread, if there is one in the body.
   *
   * @param isMeant asked while the thread cannot leave the body: whether this is still the attempt
   *     that is to be interrupted
   * @return false if the body is OPEN, so that it has to be stopped in another way
   */
  final boolean interrupt(BooleanSupplier isMeant) {
    while (!move(BEGUN, INTERRUPTING)) {
      int p = phase;
      if (p != BEGUN) {
        return p != OPEN;
      }
    }
    try {
      if (isMeant.getAsBoolean()) {
        Objects.requireNonNull(runner, "a begun body has a thread").interrupt();
      }
    } finally {
      move(INTERRUPTING, BEGUN);
    }
    return true;
  }
}
