package dev.baton.spi;

import dev.baton.CancelMode;
import dev.baton.Capabilities;
import dev.baton.ShutdownMode;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What runs tasks. Core has admitted, named and queued them, and decides their futures; the backend
 * runs each {@link TaskRun} that it is given, once, and says when its body is over.
 *
 * <p>A backend inside this JVM needs little: {@link #start} hands the run to a thread that calls
 * {@link TaskRun#run()}, and core sees to interrupts, timeouts and context. A backend that runs
 * bodies elsewhere {@linkplain #ownsClaim() owns the claim}, and its word on whether a body has
 * begun is final.
 *
 * <p>Core calls these methods from any thread, never under a lock of its own, and calls {@link
 * #start} for one run at a time in the order of submission, unless the backend {@linkplain
 * #ownsQueue() owns its queue}.
 */
public interface Backend {

  /** What a backend did with a run that core wants cancelled. */
  enum Withdrawal {
    /** The body had not begun, and never will. */
    WITHDRAWN,
    /** The body has begun, or is over. */
    BEGUN
  }

  /**
   * Tells what this backend can do beyond the common contract.
   *
   * @return the capabilities
   */
  default Capabilities capabilities() {
    return Capabilities.inProcess();
  }

  /**
   * Tells whether this backend, not core, decides whether a body has begun. Then {@link #cancel} is
   * asked before core decides a cancel or a timeout, and {@link TaskRun#claim()} is not used.
   *
   * @return whether it owns the claim; false by default
   */
  default boolean ownsClaim() {
    return false;
  }

  /**
   * Tells whether this backend keeps a queue of its own. Then core starts each run at once on the
   * thread that submits it, several at a time, asks for no credit, and looks at the runs by {@link
   * #forEachRun}. What is withdrawn while it is queued does nothing when it is {@linkplain
   * TaskRun#run() run}. With a {@code limit} core holds runs back all the same, and starts one at a
   * time.
   *
   * @return whether it owns its queue; false by default
   */
  default boolean ownsQueue() {
    return false;
  }

  /**
   * Visits the runs that were started and are not over, from any thread. A run that is there from
   * the begin of the visit to its end is visited at least once; others may be. Used only where this
   * backend {@linkplain #ownsQueue() owns its queue}.
   *
   * @param visitor is called for each of them; it does not block
   */
  default void forEachRun(Consumer<TaskRun> visitor) {}

  /**
   * Tells whether a body that waits has a slot to lend. Where it has none, because a body that
   * waits holds up nobody, waits are not bounded by {@code lend} unless there is a {@code limit}.
   *
   * @return whether {@link #lend} and {@link #resume} are to be called; true by default
   */
  default boolean lends() {
    return true;
  }

  /**
   * Prepares a run on the thread that submits it, before it is queued: the place to encode it. A
   * task that failed and is tried again is prepared once more, on another thread; what was
   * {@linkplain TaskRun#attachment() attached} before is still there.
   *
   * @param run the run
   * @throws RuntimeException if the run cannot be accepted; it fails the run's future
   */
  default void prepare(TaskRun run) {}

  /**
   * Starts a run, or queues it at a worker. It must not block. What it throws fails the run's
   * future, and its credit comes back.
   *
   * @param run the run
   */
  void start(TaskRun run);

  /**
   * Is told that a run is cancelled. A backend that owns the claim is first asked with {@link
   * CancelMode#IF_PENDING} whether it can withdraw the run; if it cannot, and core has decided the
   * future, it is told the mode by which to stop the body, and does not wait for that. A stronger
   * mode may follow. For any other backend core has decided, and interrupts the body itself; it may
   * drop a run that it queues.
   *
   * <p>It may come while {@link #start} is on its way. A backend that owns the claim finds such a
   * run by its {@linkplain TaskRun#attachment() attachment}, answers that it is withdrawn, and
   * drops it when start brings it.
   *
   * <p>The word may come too late. Then nothing is stopped, least of all a later {@linkplain
   * TaskRun#attempt() attempt} at the same task, whose attachment the run has by then.
   *
   * @param run a run that was started, or is about to be
   * @param mode how far to go
   * @return whether the body has begun; read only from a backend that owns the claim
   */
  default Withdrawal cancel(TaskRun run, CancelMode mode) {
    return Withdrawal.BEGUN;
  }

  /**
   * Tells when a body began, where the backend owns the claim and does not call {@link
   * TaskRun#started} at once. It is asked for a timeout, and when somebody looks at the task; a
   * backend that can name the worker says {@link TaskRun#started} before it answers.
   *
   * @param run a run that was started
   * @return the time as of {@link System#nanoTime()}, or empty if the body has not begun
   */
  default OptionalLong begunAt(TaskRun run) {
    return OptionalLong.empty();
  }

  /**
   * Is told that a body waits for another task of this executor and lends its slot: the backend
   * makes room for one run more and gives credit for it.
   *
   * @param run the run whose body waits
   */
  default void lend(TaskRun run) {}

  /**
   * Is told that the body goes on. The backend is over by one until one of its runs is over, and
   * gives no credit for that one.
   *
   * @param run the run whose body waited
   */
  default void resume(TaskRun run) {}

  /**
   * Tells how a body of this backend waits.
   *
   * @return the hook; by default one that blocks the thread
   */
  default AwaitHook awaitHook() {
    return AwaitHook.BLOCKING;
  }

  /**
   * Returns what runs callbacks and dependents of futures that no thread of the application
   * completes, and {@code \u2026Async} methods without an executor.
   *
   * @return an executor that never rejects; by default a virtual thread each
   */
  default Executor callbacks() {
    return Thread::startVirtualThread;
  }

  /**
   * Is told that the executor shuts down. Core treats the tasks; this is the moment to stop
   * replacing workers. It may come again with a mode that goes further.
   *
   * @param mode what happens to unfinished tasks
   */
  default void shutdown(ShutdownMode mode) {}

  /**
   * Lets go of everything. It comes once, when all runs are over, on a thread that may block, and
   * returns when no thread and no process of this backend is left.
   */
  void close();

  /**
   * Describes workers and queues for {@link dev.baton.Baton#dump()}.
   *
   * @return any number of lines
   */
  default String status() {
    return "";
  }
}
