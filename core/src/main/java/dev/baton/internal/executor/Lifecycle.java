package dev.baton.internal.executor;

import dev.baton.TaskFuture;
import dev.baton.internal.future.BodilessFuture;
import dev.baton.internal.future.End;
import dev.baton.internal.future.Waits;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When an executor accepts tasks, when it is over, and how long it keeps the JVM alive.
 *
 * <pre>
 *   OPEN ──shutdown──▶ DRAINING ──shutdownNow, broken──▶ STOPPING
 *     └────────────────────┴──────────────────────────────┴──no task unfinished──▶ TERMINATED
 * </pre>
 */
final class Lifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

  /** Where the executor is. */
  enum State {
    OPEN("open"),
    DRAINING("shutting down"),
    STOPPING("stopping"),
    TERMINATED("terminated");

    private final String words;

    State(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /** Returned in place of an id to a task that comes too late. */
  static final long TOO_LATE = -1;

  /**
   * The state, which only moves forward. A submitter counts its task in before it reads this; who
   * shuts down writes it before it reads the counts: so either the submitter sees the shutdown, or
   * the shutdown waits for the task.
   */
  private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);

  private final TaskCounts counts = new TaskCounts();
  private final String name;
  private final Runnable release;

  /**
   * Whether the keeper stays for this executor. The keeper clears it and then looks at the counts
   * again; a submitter counts its task in and then reads it.
   */
  private volatile boolean kept;

  /** Set by the first who finds the executor idle after its shutdown. */
  private final AtomicBoolean terminating = new AtomicBoolean();

  /** Done when the state is TERMINATED, which is written before. */
  private final BodilessFuture<@Nullable Void> terminated = BodilessFuture.pending();

  /**
   * Begins a life.
   *
   * @param name the executor's name
   * @param release lets go of everything when no task is unfinished; may block
   */
  Lifecycle(String name, Runnable release) {
    this.name = name;
    this.release = release;
  }

  TaskCounts counts() {
    return counts;
  }

  State state() {
    return state.get();
  }

  /** Counts a task in and returns its id, or {@link #TOO_LATE}. */
  long enter() {
    long id = counts.enter();
    if (state.get() != State.OPEN) {
      counts.reject();
      terminateIfIdle();
      return TOO_LATE;
    }
    if (!kept) {
      stayAlive();
    }
    return id;
  }

  /** Counts a task out. */
  void exit(TaskFuture<?> task) {
    counts.exit(task);
    if (state.get() != State.OPEN) {
      terminateIfIdle();
    }
  }

  /** Moves on to a state, unless that is reached; returns whether it was open before. */
  boolean moveTo(State next) {
    return state.getAndUpdate(s -> s.compareTo(next) < 0 ? next : s) == State.OPEN;
  }

  private void stayAlive() {
    kept = true;
    try {
      Keeper.stayFor(this);
    } catch (Throwable noThread) {
      kept = false;
      LOG.warn("No thread to keep the JVM alive for executor {}", name, noThread);
    }
  }

  boolean isIdle() {
    return counts.isIdle();
  }

  /** Is told that the keeper no longer stays for this executor; asks it to if that is too early. */
  void letGo() {
    kept = false;
    if (!isIdle()) {
      stayAlive();
    }
  }

  void terminateIfIdle() {
    if (state.get() != State.OPEN && counts.isIdle() && terminating.compareAndSet(false, true)) {
      try {
        Thread.ofVirtual().name("baton-close-" + name).start(this::terminate);
      } catch (Throwable noThread) {
        LOG.warn("No thread to close executor {}; it is closed here", name, noThread);
        terminate();
      }
    }
  }

  private void terminate() {
    try {
      release.run();
    } finally {
      state.set(State.TERMINATED);
      terminated.settleAndDrain(End.NULL);
    }
  }

  /** Waits for the end, as a task waits that occupies this thread; returns whether it is there. */
  boolean await(long nanos) throws InterruptedException {
    if (nanos > 0 && !terminated.isDone()) {
      Waits.await(terminated, true, System.nanoTime() + nanos);
    }
    return terminated.isDone();
  }

  /** Waits for the end; the first interrupt stops what runs, and is set again afterwards. */
  void awaitEnd(Runnable stop) {
    boolean interrupted = false;
    while (state.get() != State.TERMINATED) {
      try {
        Waits.await(terminated, false, 0);
      } catch (InterruptedException hurry) {
        if (!interrupted) {
          stop.run();
        }
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
