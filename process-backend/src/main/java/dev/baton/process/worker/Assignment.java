package dev.baton.process.worker;

import dev.baton.process.wire.TaskHead;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A task that this worker was given, and how its body is stopped without harm to the next.
 *
 * <pre>
 * ASSIGNED -> BEGUN    by the task thread, with its interrupt flag clear
 * ASSIGNED -> DOOMED   by an interrupt that comes early
 * DOOMED   -> BEGUN    by the task thread, which interrupts itself
 * BEGUN    -> BEGUN    by an interrupt
 * BEGUN    -> OVER     by the task thread, with its interrupt flag clear; final
 * </pre>
 */
final class Assignment implements Work {

  private enum State {
    ASSIGNED,
    DOOMED,
    BEGUN,
    OVER
  }

  private final long id;
  private final TaskHead head;
  private final StopSignal stop = new StopSignal();

  /**
   * Guards the state, and is held while the thread is interrupted or its interrupt flag is cleared:
   * so an interrupt comes within the body or not at all. Never taken by the reader, since an
   * interrupt may close a user's channel.
   */
  private final ReentrantLock gate = new ReentrantLock();

  private State state = State.ASSIGNED;

  /** The thread that runs the body, from its beginning on; guarded by the gate. */
  private @Nullable Thread runner;

  /** The encoded body until it is taken; of the reader, then, through the inbox, of the taker. */
  private @Nullable Body body;

  /**
   * An encoded body.
   *
   * @param bytes what stands before its pieces
   * @param pieces the pieces
   */
  record Body(ByteBuffer bytes, List<ByteBuffer> pieces) {}

  Assignment(long id, TaskHead head, ByteBuffer bytes, List<ByteBuffer> pieces) {
    this.id = id;
    this.head = head;
    this.body = new Body(bytes, pieces);
  }

  long id() {
    return id;
  }

  TaskHead head() {
    return head;
  }

  /** Tells whether this is a given attempt at a given task. */
  boolean isAttempt(long task, int attempt) {
    return id == task && head.attempt() == attempt;
  }

  StopSignal stop() {
    return stop;
  }

  String name() {
    String name = head.name();
    return name == null ? "task-" + id : name;
  }

  /** Takes the encoded body and lets go of it, so that it is not kept while the body runs. */
  Body takeBody() {
    Body taken = body;
    if (taken == null) {
      throw new IllegalStateException("The body of task " + id + " was taken before.");
    }
    body = null;
    return taken;
  }

  /** The body begins, on this thread. */
  void begin() {
    gate.lock();
    try {
      Thread.interrupted();
      runner = Thread.currentThread();
      if (state == State.DOOMED) {
        runner.interrupt();
      }
      state = State.BEGUN;
    } finally {
      gate.unlock();
    }
  }

  /** The body is over, on this thread; who asks for its end from here on is too late. */
  void leave() {
    stop.quit();
    gate.lock();
    try {
      state = State.OVER;
      runner = null;
      Thread.interrupted();
    } finally {
      gate.unlock();
    }
  }

  /** Asks the body to stop, once. The rest is done by a thread of its own: the reader goes on. */
  void requestStop() {
    if (stop.request()) {
      Thread stopper = new Thread(this::deliverStop, "baton-stop");
      stopper.setDaemon(true);
      stopper.start();
    }
  }

  private void deliverStop() {
    stop.runHooks(head.loggingContext());
    interrupt();
  }

  private void interrupt() {
    gate.lock();
    try {
      if (state == State.ASSIGNED) {
        state = State.DOOMED;
      } else if (runner != null) {
        runner.interrupt();
      }
    } finally {
      gate.unlock();
    }
  }
}
