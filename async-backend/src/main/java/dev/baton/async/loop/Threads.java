package dev.baton.async.loop;

/** Waiting for the end of threads. */
final class Threads {

  private Threads() {}

  /** Waits for a thread's end; an interrupt meanwhile is set again afterwards. */
  static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException goOn) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
