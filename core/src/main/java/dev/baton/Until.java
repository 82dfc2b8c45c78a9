package dev.baton;

/** What {@link TaskFutures#waitFor} waits for. */
public enum Until {
  /** One of the futures is done, in whatever way. */
  FIRST_COMPLETED,

  /** One of the futures has failed (a cancelled one does not count), or all are done. */
  FIRST_FAILED,

  /** All of the futures are done. */
  ALL_COMPLETED
}
