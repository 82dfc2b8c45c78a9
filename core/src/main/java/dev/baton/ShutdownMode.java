package dev.baton;

/** What {@link Baton#shutdown(ShutdownMode)} does with the tasks that are not finished. */
public enum ShutdownMode {
  /** Finishes them all, those that have not begun as well: {@code ExecutorService.shutdown()}. */
  DRAIN,

  /** Cancels those that have not begun and finishes the others. */
  CANCEL_PENDING,

  /**
   * Cancels those that have not begun and stops the others: by force where the backend {@linkplain
   * Capabilities#forcedStop() can}, else by an interrupt.
   */
  TERMINATE
}
