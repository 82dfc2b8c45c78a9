package dev.baton.internal.task;

import dev.baton.TaskContext;
import dev.baton.internal.future.Home;
import dev.baton.internal.future.Occupant;
import dev.baton.spi.WorkerScope;
import java.util.Map;
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

  /** Returns a call that has the current task, if there is one, on whichever thread it is made. */
  public static <T extends @Nullable Object> Callable<T> carriedBy(Callable<T> call) {
    Occupant occupant = Occupant.current();
    if (!(occupant instanceof SubmittedTask<?> task) || task.runner() != Thread.currentThread()) {
      return call;
    }
    CurrentTask carried = of(task);
    Thread home = Thread.currentThread();
    @Nullable Map<String, String> entries = LoggingContext.capture();
    return () ->
        Thread.currentThread() == home ? call.call() : carried.callElsewhere(entries, call);
  }

  private <T extends @Nullable Object> T callElsewhere(
      @Nullable Map<String, String> entries, Callable<T> call) throws Exception {
    @Nullable Map<String, String> entriesBefore = LoggingContext.capture();
    LoggingContext.install(entries);
    try {
      return new Visitor(this, null, () -> Home.NOWHERE).call(call);
    } finally {
      LoggingContext.install(entriesBefore);
    }
  }
}
