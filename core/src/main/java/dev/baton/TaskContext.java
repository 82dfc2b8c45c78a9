package dev.baton;

import dev.baton.internal.Entry;
import java.time.Instant;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * What a running task can learn of itself and say of itself, on any backend.
 *
 * <pre>{@code
 * baton.submit(() -> {
 *   Socket socket = connect();
 *   TaskContext.current().onCancel(socket::close);
 *   return readAll(socket);
 * });
 * }</pre>
 *
 * <p>All methods may be called from any thread, also after the task is over.
 */
public interface TaskContext {

  /**
   * Returns the context of the task that this thread runs.
   *
   * @return the context
   * @throws IllegalStateException outside a task, callbacks included
   */
  static TaskContext current() {
    return Entry.currentContext();
  }

  /**
   * Returns the task's id.
   *
   * @return a number that no other task of the same executor has
   */
  long id();

  /**
   * Returns the task's name.
   *
   * @return the name given in {@link TaskOptions#name}, else one made from the id
   */
  String name();

  /**
   * Tells which attempt at the body this is.
   *
   * @return 1 for the first; more after a lost worker, or with {@link TaskOptions#retries(int)}.
   *     Items of a chunk that begin once more do so in a new task, which says 1
   */
  int attempt();

  /**
   * Tells whether the body was asked to stop: by a cancel that interrupts, a timeout or a {@code
   * shutdownNow}. A task that was merely {@linkplain CancelMode#ABANDON abandoned} may run on.
   *
   * @return whether the body was asked to stop
   */
  boolean isCancelled();

  /**
   * Stops the body if it was asked to.
   *
   * @throws CancellationException if {@link #isCancelled()}
   */
  default void checkCancelled() {
    if (isCancelled()) {
      throw new CancellationException("Task " + name() + " was asked to stop.");
    }
  }

  /**
   * Registers what stops the blocking call that the body is about to make: close the socket, cancel
   * the query. When the body is asked to stop it runs once, on a virtual thread; the interrupt
   * follows when it has returned, or after 100 ms. Registered after that it runs at once, here.
   * What it throws is logged.
   *
   * @param hook what to run; several run in the order of their registration
   */
  void onCancel(Action hook);

  /**
   * Returns when the task has to be over. What it submits meanwhile inherits this time.
   *
   * @return the earliest of its timeout, its deadline and what it inherited from the task or the
   *     {@link TaskGroup} that submitted it, or null if it has none of these
   */
  @Nullable Instant deadline();

  /**
   * Tells how far the task has come. It is cheap, and a slow listener is shown the latest word
   * only.
   *
   * @param done how much is done; not negative
   * @param total how much there is to do, or a negative number if unknown
   * @param message what is being done, or null
   * @throws IllegalArgumentException if done is negative
   * @see TaskFuture#onProgress
   */
  void progress(long done, long total, @Nullable String message);

  /**
   * Returns what this worker made once for its tasks. On pooled threads a worker is a thread, in
   * worker JVMs a JVM; on virtual threads the whole executor counts as one worker, so what it
   * shares has to be safe for use by many threads.
   *
   * @param type the type given to {@link BackendOptions.Fluent#resource}
   * @param <R> the type
   * @return the resource, made now if this is the worker's first use of it
   * @throws IllegalArgumentException if the executor has no resource of this type
   * @throws Exception whatever its factory throws; the next use tries again
   */
  <R> R resource(Class<R> type) throws Exception;

  /**
   * Returns the executor that runs this task, for submitting more to it.
   *
   * <p>In a worker JVM it is a view of it. What is submitted goes on when this worker is gone, and
   * then nobody hears what came of it. {@link Baton#stats()} and {@link Baton#dump()} tell of what
   * this worker has submitted, ids are this worker's, {@link Baton#shutdownNow()} returns no
   * bodies, and {@link Baton#close()} is refused on any thread.
   *
   * @return the executor
   */
  Baton baton();
}
