package dev.baton.testkit;

import dev.baton.Baton;
import dev.baton.Capabilities;
import dev.baton.testkit.signal.Ledger;
import dev.baton.testkit.signal.Signal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * What a test works with: executors of the backend under test, signals, and threads beside its own.
 * After the test it opens all signals, stops all executors, and fails if one does not end.
 */
public final class Fixture {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final BackendHarness harness;

  /** The executors as the harness opened them; tests see them behind a check. */
  private final Deque<Baton> opened = new ArrayDeque<>();

  private final Deque<Signal> signals = new ArrayDeque<>();
  private final Deque<Thread> threads = new ArrayDeque<>();

  Fixture(BackendHarness harness) {
    this.harness = harness;
  }

  /**
   * Opens an executor; the test is skipped if the backend has none of this shape.
   *
   * @param shape what the test needs
   * @return a new executor, which need not be closed
   */
  public Baton open(Shape shape) {
    Baton baton = harness.open(shape);
    if (baton == null) {
      return Assumptions.abort("The backend has no executor of " + shape);
    }
    opened.push(baton);
    return TravelCheck.around(baton);
  }

  /**
   * Opens an executor of any shape.
   *
   * @return a new executor, which need not be closed
   */
  public Baton open() {
    return open(Shape.any());
  }

  /** Skips the test unless bodies run in this JVM and are not encoded on their way. */
  public void assumeShared() {
    Capabilities capabilities = harness.capabilities();
    Assumptions.assumeFalse(
        capabilities.encodes(), "What tasks capture is copied, and this is about the original.");
  }

  /**
   * Makes a signal that is opened after the test.
   *
   * @return a new signal
   */
  public Signal signal() {
    Signal signal = Signal.create();
    signals.push(signal);
    return signal;
  }

  /**
   * Makes a ledger.
   *
   * @return a new ledger
   */
  public Ledger ledger() {
    return new Ledger(signal(), signal());
  }

  /**
   * Makes a call on a thread of its own, which is to end before the test does.
   *
   * @param call the call
   * @param <T> the type of its result
   * @return its future
   */
  public <T> Future<T> beside(Callable<T> call) {
    FutureTask<T> future = new FutureTask<>(call);
    threads.push(Thread.ofPlatform().name("testkit-beside").daemon().start(future));
    return future;
  }

  /**
   * Tells whether all threads of {@link #beside} have come to where they wait.
   *
   * @return whether none of them runs
   */
  public boolean allWait() {
    return threads.stream()
        .map(Thread::getState)
        .allMatch(s -> s == Thread.State.WAITING || s == Thread.State.TIMED_WAITING);
  }

  void close() throws InterruptedException {
    signals.forEach(Signal::open);
    opened.forEach(Baton::shutdownNow);
    for (Baton baton : opened) {
      if (!baton.awaitTermination(PATIENCE)) {
        Assertions.fail("Not terminated within " + PATIENCE + ": " + baton.dump());
      }
      harness.closed(baton);
    }
    for (Thread thread : threads) {
      if (!thread.join(PATIENCE)) {
        Assertions.fail("A thread of the test does not end: " + thread);
      }
    }
    signals.forEach(Signal::drop);
  }
}
