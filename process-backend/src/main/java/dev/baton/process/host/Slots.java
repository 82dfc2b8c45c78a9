package dev.baton.process.host;

/**
 * Counts the runs of one executor's workers: how many may begin, and how many workers that takes.
 * Guarded by the pool's lock.
 */
final class Slots {

  private final int workers;

  /** Runs at workers, but for those whose bodies wait and have lent their slot. */
  private int active;

  /** Slots that are lent; each is a worker more than the options say. */
  private int lent;

  /** Runs that may end without credit for another: one for each waiter that went on. */
  private int debt;

  Slots(int workers) {
    this.workers = workers;
  }

  /** Tells whether no more runs may begin; a waiter that goes on does not ask. */
  boolean isFull() {
    return active >= workers;
  }

  /** Returns how many workers there should be. */
  int wantedWorkers() {
    return workers + lent;
  }

  /** A run goes to a worker. */
  void take() {
    active++;
  }

  /** A run has left its worker; returns whether credit is due for another. */
  boolean giveBack() {
    active--;
    if (debt == 0) {
      return true;
    }
    debt--;
    return false;
  }

  /** A body waits; credit is due for another. */
  void lend() {
    active--;
    lent++;
  }

  /** A body that waited goes on; the next run that ends makes up for it. */
  void resume() {
    active++;
    lent--;
    debt++;
  }
}
