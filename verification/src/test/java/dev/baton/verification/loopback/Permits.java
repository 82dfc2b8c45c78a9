package dev.baton.verification.loopback;

import java.util.concurrent.Semaphore;

/**
 * How many bodies may run at once; first come, first served. Whoever ends a body, or loses it with
 * its worker, gives its permit back.
 */
final class Permits extends Semaphore {

  private static final long serialVersionUID = 1L;

  Permits(int count) {
    super(count, true);
  }

  /** Takes a permit that may not be there; then so many more have to come back first. */
  void take() {
    reducePermits(1);
  }
}
