package dev.baton.event;

import dev.baton.TaskInfo;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that happened to an executor or to one of its tasks. */
public sealed interface BatonEvent {

  /**
   * Names the executor.
   *
   * @return the executor's name
   */
  String executor();

  /** Something that happened to a task. */
  sealed interface OfTask extends BatonEvent {

    /**
     * Returns what was known of the task when it happened.
     *
     * @return a snapshot
     */
    TaskInfo task();

    @Override
    default String executor() {
      return task().executor();
    }
  }

  /**
   * A task was accepted.
   *
   * @param task the task
   */
  record TaskSubmitted(TaskInfo task) implements OfTask {}

  /**
   * A body began, for the first time or once more: {@link TaskInfo#attempt()} tells.
   *
   * @param task the task
   */
  record TaskStarted(TaskInfo task) implements OfTask {}

  /**
   * An attempt at a body has failed, and another will follow.
   *
   * @param task the task, pending again
   * @param failure what the attempt came to
   * @param pause how long the task waits before it is queued again
   */
  record TaskRetried(TaskInfo task, Throwable failure, Duration pause) implements OfTask {}

  /**
   * A future is done and its callbacks have run.
   *
   * @param task the task
   * @param failure the task's exception, or null unless it failed
   */
  record TaskDone(TaskInfo task, @Nullable Throwable failure) implements OfTask {}

  /**
   * A body is over some time after its future was done by a cancel or a timeout.
   *
   * @param task the task
   * @param overrun how long the body ran on after the future's end
   */
  record TaskTerminated(TaskInfo task, Duration overrun) implements OfTask {}

  /**
   * A worker in another process printed a line, on either of its output streams.
   *
   * @param executor the executor's name
   * @param worker names the worker
   * @param task the name of the task that ran there when the line came, or null if none did; a line
   *     that comes late may be laid to the task after it
   * @param line the line without its end; a very long one comes in pieces
   */
  record WorkerPrinted(String executor, String worker, @Nullable String task, String line)
      implements BatonEvent {}

  /**
   * A body keeps the other tasks of its event loop from running: it computes or blocks where it
   * should {@linkplain dev.baton.Await await}. It is told once, and again each time that the time
   * has doubled.
   *
   * @param task the task
   * @param held for how long, at least, it has not let others run
   * @param stack where its thread was, the innermost frame first
   */
  record TaskBlocksLoop(TaskInfo task, Duration held, List<StackTraceElement> stack)
      implements OfTask {

    /** Copies the stack. */
    public TaskBlocksLoop {
      stack = List.copyOf(stack);
    }
  }

  /**
   * An executor was opened.
   *
   * @param executor its name
   * @param backend the name of its backend
   */
  record ExecutorOpened(String executor, String backend) implements BatonEvent {}

  /**
   * An executor began to shut down.
   *
   * @param executor its name
   */
  record ExecutorShutdown(String executor) implements BatonEvent {}

  /**
   * An executor is terminated.
   *
   * @param executor its name
   */
  record ExecutorTerminated(String executor) implements BatonEvent {}
}
