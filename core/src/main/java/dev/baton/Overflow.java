package dev.baton;

/** What a submit does when the bounded queue of {@link ThreadOptions#queue(int)} is full. */
public enum Overflow {
  /**
   * Waits for a place. Inside a task of the same executor this is a wait like any other: the task
   * lends its slot meanwhile. An interrupt ends the wait with a {@link TaskRejectedException}.
   */
  BLOCK,

  /** Throws a {@link TaskRejectedException} that shows the executor's state. */
  REJECT,

  /** Runs the task at once on the thread that submits it, which slows that thread down. */
  CALLER_RUNS
}
