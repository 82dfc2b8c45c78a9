package dev.baton.benchmarks.loop;

/** What a loop is given to do. */
public enum LoopWorkload {
  /** Trivial tasks that one task of the loop hands over. */
  PLAIN(1_000_000, 6),

  /** Waits of one task, each for a stage that another task of the loop completes. */
  AWAIT(200_000, 6),

  /** Timers of two seconds, all open at once. */
  TIMERS(1_000_000, 2),

  /** Tasks that sleep for two seconds, all at once. */
  SLEEPERS(1_000_000, 2);

  private final int count;
  private final int rounds;

  LoopWorkload(int count, int rounds) {
    this.count = count;
    this.rounds = rounds;
  }

  /** Returns how many operations there are in a round. */
  int count() {
    return count;
  }

  /** Returns how many rounds there are, the last of which counts. */
  int rounds() {
    return rounds;
  }
}
