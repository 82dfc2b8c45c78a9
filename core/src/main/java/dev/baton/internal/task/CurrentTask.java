package dev.baton.internal.task;

import dev.baton.TaskContext;
import dev.baton.internal.future.Awaited;
import dev.baton.internal.future.Occupant;
import dev.baton.spi.AwaitHook;
import dev.baton.spi.WorkerScope;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The task whose body the current thread runs: its context, and its worker's scope. */
public record CurrentTask(TaskContext context, WorkerScope scope) {

  /**
   * Returns the current task.
   *
   * @throws IllegalStateException outside a body
   */
  public static CurrentTask get() {
    Occupant occupant = Occupant.current();
    if (occupant instanceof SubmittedTask<?> task && task.runner() == Thread.currentThread()) {
      return of(task);
    }
    if (occupant instanceof Visitor visitor) {
      return visitor.task();
    }
    throw new IllegalStateException(
        "There is no current task: this thread, "
            + Thread.currentThread().getName()
            + ", does not run the body of one.");
  }

  private static CurrentTask of(SubmittedTask<?> task) {
    WorkerScope scope =
        Thread.currentThread() instanceof ScopedWorker worker
            ? worker.scope()
            : task.owner().sharedScope();
    return new CurrentTask(new RunningContext(task, scope), scope);
  }

  /** Runs a body that came from elsewhere, with a context that its worker made for it. */
  public static <T extends @Nullable Object> T callWithin(
      WorkerScope scope, TaskContext context, Callable<T> body) throws Exception {
    Occupant before = Occupant.enter(new Visitor(new CurrentTask(context, scope)));
    try {
      return body.call();
    } finally {
      Occupant.enter(before);
    }
  }

  /** A task whose future and whose slots are elsewhere. */
  private record Visitor(CurrentTask task) implements Occupant {

    @Override
    public boolean lendFor(Awaited awaited) {
      return false;
    }

    @Override
    public void resume(Awaited awaited) {
      throw new IllegalStateException("Nothing was lent.");
    }

    @Override
    public AwaitHook awaitHook() {
      return AwaitHook.BLOCKING;
    }
  }
}
