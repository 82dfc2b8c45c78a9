package dev.baton.internal.virtual;

import dev.baton.internal.executor.Engine;
import dev.baton.internal.future.Occupant;
import dev.baton.internal.task.SubmittedTask;
import dev.baton.internal.task.TaskOwner;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs each task on a virtual thread of its own, at once. What was started and is not over stands
 * in the one list of all virtual threads that are occupied by a task.
 */
public final class VirtualThreads implements Engine {

  private final TaskOwner owner;

  /** What each thread begins with, whoever starts it: the one that was there at the opening. */
  private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();

  /** Makes the engine of an executor. */
  public VirtualThreads(TaskOwner owner) {
    this.owner = owner;
  }

  @Override
  public void start(SubmittedTask<?> task) {
    Thread.Builder.OfVirtual builder = Thread.ofVirtual().inheritInheritableThreadLocals(false);
    String name = task.options().name();
    Thread thread = (name == null ? builder : builder.name(name)).unstarted(new Occupation(task));
    thread.setContextClassLoader(loader);
    Occupant.occupy(thread, task);
    try {
      thread.start();
    } catch (Throwable notStarted) {
      Occupant.vacate(thread);
      throw notStarted;
    }
  }

  /** What the thread runs. */
  private record Occupation(SubmittedTask<?> task) implements Runnable {

    @Override
    public void run() {
      try {
        task.runHere();
      } finally {
        Occupant.vacate(Thread.currentThread());
      }
    }
  }

  /** Has no slots: a waiting task holds up nobody, unless a limit in front of this engine does. */
  @Override
  public boolean lends() {
    return false;
  }

  @Override
  public void lend(SubmittedTask<?> task) {}

  @Override
  public void resume(SubmittedTask<?> task) {}

  @Override
  public void forEachStarted(Consumer<SubmittedTask<?>> visitor) {
    Occupant.forEachOnVirtualThread(
        occupant -> {
          if (occupant instanceof SubmittedTask<?> task && task.owner() == owner) {
            visitor.accept(task);
          }
        });
  }

  /** Has nothing to let go of: its threads end with their tasks. */
  @Override
  public void close() {}

  @Override
  public String status() {
    return "virtual threads, one for each task";
  }
}
