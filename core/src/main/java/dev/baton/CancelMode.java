package dev.baton;

/** How far {@link TaskFuture#cancel(CancelMode)} goes to stop a task. */
public enum CancelMode {
  /**
   * Cancels only a task that has not begun, as {@code Future.cancel} of Python's {@code
   * concurrent.futures} does; a running task is left alone.
   */
  IF_PENDING,

  /** Ends the future at once and lets a running body run on, unseen. */
  ABANDON,

  /**
   * Ends the future at once, runs what the body registered with {@link TaskContext#onCancel}, and
   * interrupts the body. Where a backend can, a body that ignores this for the grace period is
   * stopped by force.
   */
  INTERRUPT,

  /**
   * Ends the future at once and stops the body by force. Without {@link Capabilities#forcedStop()},
   * which no backend inside this JVM has, it acts as {@link #INTERRUPT}.
   */
  KILL
}
