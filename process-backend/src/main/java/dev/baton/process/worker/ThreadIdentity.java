package dev.baton.process.worker;

import java.util.Map;

/**
 * What the task thread is known by: each task gets it new, whatever the one before has left. It
 * belongs to the task thread.
 */
final class ThreadIdentity {

  private final Thread thread = Thread.currentThread();
  private final String name = thread.getName();
  private final int priority = thread.getPriority();
  private final ClassLoader loader;
  private final LoggingContext loggingContexts;

  /** Takes this thread's name and priority for those of all tasks. */
  ThreadIdentity(ClassLoader loader, LoggingContext loggingContexts) {
    this.loader = loader;
    this.loggingContexts = loggingContexts;
  }

  /** Puts everything right, with a logging context. */
  @SuppressWarnings({"ReferenceEquality", "ThreadPriorityCheck"}) // an equal name is a task's
  void renew(Map<String, String> loggingContext) {
    Thread.interrupted();
    if (thread.getContextClassLoader() != loader) {
      thread.setContextClassLoader(loader);
    }
    if (thread.getName() != name) {
      thread.setName(name);
    }
    if (thread.getPriority() != priority) {
      thread.setPriority(priority);
    }
    loggingContexts.install(loggingContext);
  }
}
