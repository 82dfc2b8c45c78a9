package dev.baton.testkit;

/** A row of the contract that all backends share. */
public enum Row {
  /** What the methods of the facade do, beyond the numbered rows. */
  FACADE(0, "the facade"),
  /** A future ends once, and none is left waiting. */
  ONE_END(1, "one end"),
  /** A task's exception arrives as it is. */
  FAILURES(2, "failures"),
  /** A cancelled pending task never runs, a cancelled running one is stopped. */
  CANCELLING(3, "cancelling"),
  /** A worker JVM stops a body that ignores its interrupt. */
  STOPPING_BY_FORCE(4, "stopping by force"),
  /** Timeouts and deadlines. */
  TIMEOUTS(5, "timeouts"),
  /** Callbacks and dependents. */
  CALLBACKS(6, "callbacks"),
  /** A lost worker fails only what it had begun. */
  LOST_WORKERS(7, "lost workers"),
  /** What a task leaves behind disturbs no other. */
  CLEAN_WORKERS(8, "clean workers"),
  /** How an executor ends. */
  SHUTDOWN(9, "shutdown"),
  /** Mapping a function over inputs. */
  MAP(10, "map"),
  /** Groups of tasks. */
  GROUPS(11, "groups"),
  /** What was done before is seen after. */
  HAPPENS_BEFORE(12, "happens-before"),
  /** The logging context travels with the task. */
  LOGGING_CONTEXT(13, "logging context"),
  /** Tasks that wait for tasks of their own executor. */
  NESTED_WAITS(14, "nested waits"),
  /** What keeps the JVM alive. */
  EXIT(15, "exit"),
  /** Bad input is answered with what was wrong, and disturbs nothing else. */
  BAD_INPUT(16, "bad input");

  private final int number;
  private final String title;

  Row(int number, String title) {
    this.number = number;
    this.title = title;
  }

  /** Returns the row as reports show it, such as {@code row 3 (cancelling)}. */
  @Override
  public String toString() {
    return number == 0 || this == BAD_INPUT ? title : "row " + number + " (" + title + ")";
  }
}
