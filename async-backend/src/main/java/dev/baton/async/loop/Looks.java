package dev.baton.async.loop;

/**
 * How often a thread that waits for the baton looks for it before it parks. To be woken on another
 * processor takes microseconds, a handover to one who looks a tenth of that; but who looks in vain
 * keeps a processor from others. So it is tried now and then, and done for as long as it pays.
 */
final class Looks {

  /**
   * Takes some twenty microseconds: several times what a wake-up does, because that may be slow.
   */
  private static final int LOOKS = 512;

  private static final int BETWEEN_TRIALS = 128;

  /** With one processor the baton cannot come while somebody looks for it. */
  private static final boolean ALONE = Runtime.getRuntime().availableProcessors() == 1;

  /**
   * Whether it paid last time, and how often it was not tried since; any thread of the loop writes
   * them, without care for races: they decide only whether it is worth trying.
   */
  private volatile boolean pays;

  private int untried;

  /** Tells how often to look now. */
  int next() {
    if (pays) {
      return LOOKS;
    }
    if (ALONE || ++untried < BETWEEN_TRIALS) {
      return 0;
    }
    untried = 0;
    return LOOKS;
  }

  /** Is told what came of it. */
  void tried(boolean paid) {
    if (pays != paid) {
      pays = paid;
    }
  }
}
