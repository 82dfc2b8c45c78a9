package dev.baton.spi;

import dev.baton.Baton;
import dev.baton.event.BatonEvent;
import org.jspecify.annotations.Nullable;

/**
 * Core's side of an open backend. All methods may be called from any thread, also before {@link
 * BackendProvider#open} has returned.
 */
public interface BackendHost {

  /**
   * Names the executor, for thread names, logs and messages.
   *
   * @return the executor's name
   */
  String executor();

  /**
   * Returns the executor, for what bodies elsewhere submit to it.
   *
   * @return the executor; nothing may be submitted before {@link BackendProvider#open} has returned
   */
  Baton baton();

  /**
   * Says that the backend can take so many runs more. Core starts no run without credit; each start
   * uses one up. A run that is over gives none back by itself: the backend says when it has room
   * again.
   *
   * @param runs how many more; positive
   * @throws IllegalArgumentException if runs is not positive
   */
  void credit(int runs);

  /**
   * Tells the executor's listeners of an event that only the backend knows of. They are called on
   * this thread, and may block it.
   *
   * @param event the event
   */
  void emit(BatonEvent event);

  /**
   * Makes a virtual thread to run tasks and callbacks on. Core finds the task that runs there at
   * less cost than on any other thread, and {@link TaskRun#run()} leaves the thread as it was made.
   * What waits there outside a task, such as a callback, waits as the backend's {@link AwaitHook}
   * says.
   *
   * @param name the thread's name
   * @param body what the thread does
   * @return the thread, not started
   */
  Thread newThread(String name, Runnable body);

  /**
   * Tells what the current thread was made for.
   *
   * @return the body given to {@link #newThread} of this host for the current thread, or null if it
   *     is any other thread
   */
  @Nullable Runnable currentBody();

  /**
   * Says that the backend cannot go on. All unfinished futures fail with a {@link
   * dev.baton.BackendException}, and further tasks are rejected. Bodies that run elsewhere count as
   * over; bodies in this JVM are interrupted and waited for.
   *
   * @param cause what broke it
   */
  void broken(Throwable cause);
}
