package dev.baton.process.wire;

/** Which way a stream of frames goes. */
public enum Direction {
  /** From the parent, which the user's program runs in, to a worker. */
  TO_WORKER("from the parent"),

  /** From a worker to its parent. */
  TO_HOST("from the worker");

  private final String origin;

  Direction(String origin) {
    this.origin = origin;
  }

  /** Returns where the frames come from, for messages. */
  String origin() {
    return origin;
  }
}
