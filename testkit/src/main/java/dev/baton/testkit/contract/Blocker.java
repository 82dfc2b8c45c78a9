package dev.baton.testkit.contract;

import dev.baton.Baton;
import dev.baton.TaskFuture;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.signal.Signal;

/**
 * A task that has begun and holds its slot until it is told to go.
 *
 * @param future its future
 * @param gate holds it
 */
record Blocker(TaskFuture<Void> future, Signal gate) {

  /** Begins a blocker that ends by its interrupt. */
  static Blocker on(Baton baton, Fixture given) throws InterruptedException {
    Signal gate = given.signal();
    TaskFuture<Void> future =
        baton.submit(
            () -> {
              gate.count();
              gate.await();
            });
    gate.awaitTotal(1);
    return new Blocker(future, gate);
  }

  /** Begins a blocker that ignores its interrupt. */
  static Blocker stubborn(Baton baton, Fixture given) throws InterruptedException {
    Signal gate = given.signal();
    TaskFuture<Void> future =
        baton.submit(
            () -> {
              gate.count();
              gate.awaitUninterruptibly();
            });
    gate.awaitTotal(1);
    return new Blocker(future, gate);
  }

  /** Lets it end. */
  void release() {
    gate.open();
  }
}
