package dev.baton.internal.task;

import dev.baton.spi.WorkerScope;

/** A thread that is a worker by itself, with a scope of its own. */
public interface ScopedWorker {

  /** What this worker keeps between its tasks. */
  WorkerScope scope();
}
