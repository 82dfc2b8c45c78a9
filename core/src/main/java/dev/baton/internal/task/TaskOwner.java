package dev.baton.internal.task;

import dev.baton.Baton;
import dev.baton.CancelMode;
import dev.baton.event.BatonEvent;
import dev.baton.internal.future.Awaited;
import dev.baton.internal.future.Home;
import dev.baton.spi.AwaitHook;
import dev.baton.spi.WorkerScope;
import java.util.OptionalLong;

/** The executor of a task, as the task sees it. */
public interface TaskOwner extends Home {

  /** The executor's public face. */
  Baton baton();

  /** Is told that a pending task was withdrawn, so that its place can be freed. */
  void withdrawn(SubmittedTask<?> task);

  /**
   * Asks the backend that owns the claim to withdraw a task that was sent to it.
   *
   * @return whether the body had not begun and never will
   */
  boolean withdrawSent(SubmittedTask<?> task);

  /**
   * Tells the backend that owns the claim to stop a body that has begun, as far as the mode says.
   *
   * @param attempt the attempt that is meant; if it is over, nothing is stopped
   */
  void stopSent(SubmittedTask<?> task, int attempt, CancelMode mode);

  /** Asks the backend that owns the claim when a body began. */
  OptionalLong begunAt(SubmittedTask<?> task);

  /** Lends the slot of a task that is about to wait; returns whether it has to be taken back. */
  boolean lend(SubmittedTask<?> task, Awaited awaited);

  /** Takes back the slot of a task whose wait is over. */
  void resume(SubmittedTask<?> task);

  /** How bodies of this executor wait. */
  AwaitHook awaitHook();

  /** What all threads without a scope of their own share. */
  WorkerScope sharedScope();

  /** Is told that a body goes on as an open stage, without a thread. */
  void opened(SubmittedTask<?> task);

  /** Is told that an attempt at a body is over: its capacity comes back, the task goes on. */
  void attemptOver(SubmittedTask<?> task);

  /** Is told that a task is about to be pending again, so that no shutdown misses it. */
  void aboutToPause(SubmittedTask<?> task);

  /** Is told that a task is pending again and waits for its next attempt, or that it is not. */
  void pausing(SubmittedTask<?> task);

  /** Queues a task for its next attempt, if that is still wanted. */
  void startAgain(SubmittedTask<?> task);

  /** Is told that a body is over: its capacity comes back. */
  void bodyOver(SubmittedTask<?> task);

  /** Is told, last of all, that nothing more will happen to a task. */
  void ended(SubmittedTask<?> task);

  /** Tells whether anybody listens to events. */
  boolean hasListeners();

  /** Tells the listeners. */
  void emit(BatonEvent event);
}
