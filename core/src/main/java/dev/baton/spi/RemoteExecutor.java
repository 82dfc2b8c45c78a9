package dev.baton.spi;

import dev.baton.ShutdownMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An executor that is elsewhere, for the tasks that it runs here: the backend behind {@link
 * WorkerScope#open}. Its {@link #prepare} submits a task there and throws {@link
 * dev.baton.TaskRejectedException} if that refuses it; {@link #start} follows when core listens for
 * what comes of it. It needs no credit, and is never closed.
 *
 * <p>A task that is withdrawn here while {@link #prepare} submits it is not started. Instead {@link
 * #cancel} is called after {@code prepare} has returned, with {@link
 * dev.baton.CancelMode#INTERRUPT} and a run whose attachment is let go: the task is to be stopped
 * there by its {@linkplain TaskRun#id() id}, and nobody waits for what comes of it.
 */
public interface RemoteExecutor extends Backend {

  /**
   * Names the executor.
   *
   * @return its name
   */
  String name();

  /**
   * Names its backend.
   *
   * @return what {@link dev.baton.BackendOptions#backend()} is there
   */
  String backend();

  /**
   * Returns its default timeout.
   *
   * @return the timeout of tasks that ask for none, or null
   */
  default @Nullable Duration timeout() {
    return null;
  }

  /**
   * Tells whether it was shut down.
   *
   * @return whether it accepts no more tasks
   */
  boolean isShutdown();

  /**
   * Shuts it down, as {@link dev.baton.Baton#shutdown(ShutdownMode)} does there. Returns when that
   * has returned.
   *
   * @param mode what happens to unfinished tasks
   */
  @Override
  void shutdown(ShutdownMode mode);

  /** Does there what {@link dev.baton.Baton#shutdownNow()} does. */
  void shutdownNow();
}
