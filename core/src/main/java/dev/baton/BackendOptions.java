package dev.baton;

import dev.baton.event.BatonListener;
import java.time.Duration;

/**
 * Chooses a backend and its settings: an immutable value for {@link Baton#open(BackendOptions)}.
 *
 * <p>Each backend has an implementation of its own, such as {@link ThreadOptions}; the settings
 * that all of them share are the methods of {@link Fluent}.
 */
public interface BackendOptions {

  /**
   * Names the backend that these options are for.
   *
   * @return the name under which the backend is found, such as {@code "threads"}
   */
  String backend();

  /**
   * Returns the options that every backend has.
   *
   * @return the common options
   */
  CommonOptions common();

  /**
   * Replaces the options that every backend has.
   *
   * @param common the common options
   * @return a copy with these common options
   */
  BackendOptions with(CommonOptions common);

  /**
   * The shared settings as methods that return the backend's own type, so that calls can be
   * chained.
   *
   * @param <S> the implementing type
   */
  interface Fluent<S extends Fluent<S>> extends BackendOptions {

    @Override
    S with(CommonOptions common);

    /**
     * Gives each task that has no timeout of its own this one.
     *
     * @param timeout how long a body may run from its real start; positive
     * @return a copy with this timeout
     * @throws IllegalArgumentException if the timeout is not positive
     */
    default S timeout(Duration timeout) {
      return with(common().timeout(timeout));
    }

    /**
     * Limits how many tasks may be begun and not over at once. Open stages of {@link
     * Baton#submitAsync} count, and so do cancelled bodies that still run. The others wait their
     * turn, first in first out.
     *
     * @param limit the limit; at least 1
     * @return a copy with this limit
     * @throws IllegalArgumentException if the limit is below 1
     */
    default S limit(int limit) {
      return with(common().limit(limit));
    }

    /**
     * Bounds how many slots may be lent at once by tasks that wait for other tasks of the same
     * executor. A wait that would need one more throws a {@link TaskRejectedException}.
     *
     * @param lend the bound; 0 for none
     * @return a copy with this bound
     * @throws IllegalArgumentException if the bound is negative
     */
    default S lend(int lend) {
      return with(common().lend(lend));
    }

    /**
     * Copies tasks, arguments, results and exceptions as if they went to another JVM, so that a
     * test on threads shows what a later swap to worker JVMs would meet: a lambda that captures
     * what cannot travel fails its future, and nothing that a task changes in what it captured is
     * seen by its submitter. A backend that encodes anyway does nothing more.
     *
     * @return a copy that does so; opening it takes {@code dev.baton:baton-process}, whose codec is
     *     used, on the class path
     */
    default S portable() {
      return with(common().portable(true));
    }

    /**
     * As {@link #portable()}, or not.
     *
     * @param isPortable whether to copy
     * @return a copy that says so
     */
    default S portable(boolean isPortable) {
      return with(common().portable(isPortable));
    }

    /**
     * Gives each worker something that it makes once, when a task first asks for it with {@link
     * TaskContext#resource}. What is {@link AutoCloseable} is closed with its worker.
     *
     * @param type what tasks ask for
     * @param factory makes it, in the worker
     * @param <R> the type
     * @return a copy with this resource
     */
    default <R> S resource(Class<R> type, Task<? extends R> factory) {
      return with(common().resource(type, factory));
    }

    /**
     * Adds a listener that hears of the executor's events.
     *
     * @param listener the listener
     * @return a copy with this listener after those it has
     */
    default S listener(BatonListener listener) {
      return with(common().listener(listener));
    }
  }
}
