package dev.baton.internal.task;

import dev.baton.TaskContext;
import dev.baton.internal.future.Occupant;
import dev.baton.spi.WorkerScope;
import org.jspecify.annotations.Nullable;

/** The task whose body the current thread runs: its context, and its worker's scope. */
public record CurrentTask(TaskContext context, WorkerScope scope) {

  /**
   * Returns the current task.
   *
   * @throws IllegalStateException outside a body
   */
  public static CurrentTask get() {
    CurrentTask current = find();
    if (current != null) {
      return current;
    }
    throw new IllegalStateException(
        "There is no current task: this thread, "
            + Thread.currentThread().getName()
            + ", does not run the body of one.");
  }

  /** Returns the current task, or null outside a body. */
  public static @Nullable CurrentTask find() {
    Occupant occupant = Occupant.current();
    if (occupant instanceof SubmittedTask<?> task && task.runner() == Thread.currentThread()) {
      return of(task);
    }
    return occupant instanceof Visitor visitor ? visitor.task() : null;
  }

  private static CurrentTask of(SubmittedTask<?> task) {
    WorkerScope scope =
        Thread.currentThread() instanceof ScopedWorker worker
            ? worker.scope()
            : task.owner().sharedScope();
    return new CurrentTask(new RunningContext(task, scope), scope);
  }
}
