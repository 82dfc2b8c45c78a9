package dev.baton.internal.executor;

import dev.baton.CancelMode;
import dev.baton.Capabilities;
import dev.baton.ShutdownMode;
import dev.baton.internal.task.SubmittedTask;
import dev.baton.spi.AwaitHook;
import java.util.OptionalLong;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * What runs the tasks of one executor: built in, or a {@link dev.baton.spi.Backend} behind {@link
 * BackendEngine}. The built-in ones are given the task itself, which saves an object for each.
 */
public interface Engine {

  /** Prepares a task on the thread that submits it. What it throws fails the task's future. */
  default void prepare(SubmittedTask<?> task) {}

  /** Takes a task that was admitted, and runs it when its turn comes. */
  void start(SubmittedTask<?> task);

  /** Is told that a task that it may still queue was withdrawn. */
  default void withdrawn(SubmittedTask<?> task) {}

  /** Withdraws a task that was sent to where bodies run; see {@code TaskOwner.withdrawSent}. */
  default boolean withdrawSent(SubmittedTask<?> task) {
    return false;
  }

  /** Stops an attempt at a body that runs elsewhere, and no later one. */
  default void stopSent(SubmittedTask<?> task, int attempt, CancelMode mode) {}

  /** Tells when a body began that runs elsewhere. */
  default OptionalLong begunAt(SubmittedTask<?> task) {
    return OptionalLong.empty();
  }

  /** Tells whether a waiting task's slot can be lent at all. */
  default boolean lends() {
    return true;
  }

  /** Makes room for one more task while this one waits. */
  void lend(SubmittedTask<?> task);

  /** Goes back to the room there was, as soon as a task is over. */
  void resume(SubmittedTask<?> task);

  /** Is told that a body goes on as an open stage and no longer holds its thread. */
  default void opened(SubmittedTask<?> task) {}

  /** Is told that a body is over, or that the task was withdrawn. */
  default void bodyOver(SubmittedTask<?> task) {}

  /** How bodies wait. */
  default AwaitHook awaitHook() {
    return AwaitHook.BLOCKING;
  }

  /**
   * Tells whether a thread that is about to wait for a task does well to look for its end for a
   * moment, as {@link AwaitHook.Condition#isWorthALook} has it.
   *
   * @param newer how many tasks were submitted after it
   */
  default boolean isWorthALook(long newer) {
    return true;
  }

  /** Runs callbacks that must not run where a future is completed. */
  default Executor callbacks() {
    return Thread::startVirtualThread;
  }

  /** Tells what the backend can do. */
  default Capabilities capabilities() {
    return Capabilities.inProcess();
  }

  /** Visits the tasks that wait here, in their order. */
  default void forEachWaiting(Consumer<SubmittedTask<?>> visitor) {}

  /** Visits the tasks that were started here and are not over; some may not have begun. */
  void forEachStarted(Consumer<SubmittedTask<?>> visitor);

  /** Is told that the executor shuts down. */
  default void shutdown(ShutdownMode mode) {}

  /** Lets go of threads, when all tasks are over; may block. */
  void close();

  /** Describes itself for people. */
  String status();
}
