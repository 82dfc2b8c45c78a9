package dev.baton.internal.virtual;

import dev.baton.internal.executor.Engine;
import dev.baton.internal.task.SubmittedTask;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Runs each task on a virtual thread of its own, at once. */
public final class VirtualThreads implements Engine {

  /** What was started and is not over. */
  private final Set<SubmittedTask<?>> unfinished = ConcurrentHashMap.newKeySet();

  @Override
  public void start(SubmittedTask<?> task) {
    unfinished.add(task);
    String name = task.options().name();
    if (name == null) {
      Thread.startVirtualThread(task);
    } else {
      Thread.ofVirtual().name(name).start(task);
    }
    if (task.isBodyOver()) { // it may have been over before it was added
      unfinished.remove(task);
    }
  }

  @Override
  public void bodyOver(SubmittedTask<?> task) {
    unfinished.remove(task);
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
    unfinished.forEach(visitor);
  }

  /** Has nothing to let go of: its threads end with their tasks. */
  @Override
  public void close() {}

  @Override
  public String status() {
    return "virtual threads: " + unfinished.size() + " unfinished";
  }
}
