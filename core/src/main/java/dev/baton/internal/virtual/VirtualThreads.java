package dev.baton.internal.virtual;

import dev.baton.internal.executor.Engine;
import dev.baton.internal.task.SubmittedTask;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs each task on a virtual thread of its own, at once. */
public final class VirtualThreads implements Engine {

  private static final ThreadFactory THREADS =
      Thread.ofVirtual().inheritInheritableThreadLocals(false).factory();

  private final StartedTasks started = new StartedTasks();

  /** What each thread begins with, whoever starts it: the one that was there at the opening. */
  private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();

  @Override
  public void start(SubmittedTask<?> task) {
    TaskThread entry = new TaskThread(task);
    Thread thread = THREADS.newThread(entry);
    thread.setUncaughtExceptionHandler(entry);
    thread.setContextClassLoader(loader);
    if (task.options().name() instanceof String name) {
      thread.setName(name);
    }
    started.add(entry, task.id());
    try {
      thread.start();
    } catch (Throwable notStarted) {
      entry.end();
      throw notStarted;
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
    started.forEach(visitor);
  }

  /** Has nothing to let go of: its threads end with their tasks. */
  @Override
  public void close() {}

  @Override
  public String status() {
    return "virtual threads, one for each task";
  }
}
