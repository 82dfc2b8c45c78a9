package dev.baton.spi;

import dev.baton.TaskOptions;
import dev.baton.TaskProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * One task on its way down to a backend. All methods may be called from any thread.
 *
 * <p>Each {@link Backend#start} of a task has a run of its own, and so has {@link Backend#prepare};
 * what the backend {@linkplain #attach attaches} stays with the task. Once a run is completed or
 * given back, what is said of it later is ignored.
 *
 * <p>Inside this JVM a backend calls {@link #run()} and nothing else. Elsewhere it sends {@link
 * #task()}, says {@link #started} and, once, {@link #complete}; in between the body may {@link
 * #lend} and {@link #resume}.
 */
public interface TaskRun extends Slot {

  /**
   * Returns the task's id.
   *
   * @return a number that no other task of the same executor has
   */
  long id();

  /**
   * Returns the task's name.
   *
   * @return the name, for messages
   */
  String name();

  /**
   * Returns what the task asks for, the executor's default timeout included.
   *
   * @return the options
   */
  TaskOptions options();

  /**
   * Tells which attempt at the body this is. It stays that, though another may follow.
   *
   * @return 1 for the first
   */
  int attempt();

  /**
   * Returns what is to be called, to be encoded: what the user gave, if that is a {@link Callable},
   * else a {@link TaskCall}.
   *
   * @return the body
   * @throws IllegalStateException if the run was withdrawn or is over, and its body is let go
   */
  Callable<?> task();

  /**
   * Returns the logging context in which the task was submitted.
   *
   * @return the entries of SLF4J's MDC; empty if there are none
   */
  Map<String, String> loggingContext();

  /**
   * Returns when the task has to be over, as far as that is known.
   *
   * @return the earlier of its deadline and, once it has begun, its timeout; null if it has neither
   */
  @Nullable Instant deadline();

  /**
   * Tells whether the task is a member of a {@link dev.baton.TaskGroup} and so does not outlive the
   * body that opened the group. A {@link RemoteExecutor} has to see to that where this JVM may die;
   * otherwise core does.
   *
   * @return whether to cancel it if the body that submitted it is lost
   */
  boolean isMember();

  /**
   * Keeps something with the task, such as its encoded form, for all its runs. It is let go as soon
   * as the task is over or withdrawn.
   *
   * @param attachment what to keep, or null to let go of what is kept
   */
  void attach(@Nullable Object attachment);

  /**
   * Returns what is kept with the task.
   *
   * @return what was attached, or null
   */
  @Nullable Object attachment();

  /**
   * Claims the run for this thread: it becomes running, or was withdrawn. Not for a backend that
   * owns the claim.
   *
   * @return whether the body may now be called, which is said once
   */
  boolean claim();

  /**
   * Says that the body began elsewhere.
   *
   * @param worker names the worker, for messages and {@link dev.baton.TaskInfo}
   * @param nanoTime when it began, as of {@link System#nanoTime()} in this JVM
   */
  void started(String worker, long nanoTime);

  /**
   * Calls the body on this thread, after {@link #claim()}, with its context around it. A body that
   * returns a stage is waited for.
   *
   * @return what came of it; never an exception
   */
  Outcome call();

  /**
   * Does all that a thread of an in-process backend has to do: claims the run, calls the body,
   * completes the run and runs the callbacks. A body that returns a stage holds the thread only
   * until it has returned it. Nothing is thrown.
   */
  void run();

  /**
   * Passes on what the body says of its progress.
   *
   * @param progress how far it has come
   */
  void progress(TaskProgress progress);

  /**
   * Passes on what a body said by {@link ChunkContext#begun}: each word, in order, and before the
   * run is completed.
   *
   * @param items how many items may have begun
   * @param ended what came of some that have ended, as it came; not to be changed afterwards
   */
  void itemsBegun(int items, byte[] ended);

  /**
   * Says that the body keeps others from running; listeners hear {@link
   * dev.baton.event.BatonEvent.TaskBlocksLoop}.
   *
   * @param held for how long it has
   * @param stack where its thread is
   */
  void blocksOthers(Duration held, List<StackTraceElement> stack);

  /**
   * Fails the future of a body in this JVM that broke a rule of its backend, and interrupts the
   * body. The run is over when the body is.
   *
   * @param cause what it did; it becomes the future's exception
   */
  void abort(Throwable cause);

  /**
   * Says that the body is over, and what came of it. Callbacks run on another thread. The first
   * call counts; a cancel or a timeout may have decided the future before.
   *
   * @param outcome what came of it
   * @return whether this call was the first
   */
  boolean complete(Outcome outcome);

  /**
   * Gives back a run whose body has not begun and, as far as this backend goes, never will. Core
   * starts it once more as soon as there is credit, before those that were submitted later.
   *
   * @param reason why, for the log
   */
  void returnUnstarted(String reason);
}
