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

  /** So many tasks, if they are short, are over within the time for which a thread looks. */
  private static final int FEW = 32;

  private final StartedTasks started = new StartedTasks();

  /** What each thread begins with, whoever starts it: the one that was there at the opening. */
  private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();

  @Override
  public void start(SubmittedTask<?> task) {
    TaskThread entry = new TaskThread(task);
    Thread thread = THREADS.newThread(entry);
    thread.setUncaughtExceptionHandler(entry);
    if (thread.getContextClassLoader() != loader) { // mostly it has this one anyway
      thread.setContextClassLoader(loader);
    }
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

  /**
   * Says no while many come after the task. The carriers may keep all processors busy: a thread
   * that looks for the end of one short task after the other takes one from them all the time.
   */
  @Override
  public boolean isWorthALook(long newer) {
    return newer < FEW;
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
