package dev.baton.testkit.signal;

import dev.baton.Await;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A gate, a counter and a list of lines in the test's JVM, to be captured by tasks in place of a
 * latch: the handle is serializable, and so works wherever the task runs.
 *
 * <pre>{@code
 * Signal release = Signal.create();
 * TaskFuture<Void> future = baton.submit(() -> release.await());
 * release.open();
 * }</pre>
 *
 * <p>Each call is acknowledged by the server before it returns, so what it did survives the death
 * of the caller's JVM. Only {@link #await} and {@link #awaitTotal} can be interrupted; the others
 * leave the interrupt flag as it is.
 *
 * @param port where the server of the test's JVM listens on the loopback interface
 * @param id tells signals apart
 */
public record Signal(int port, long id) implements Serializable {

  /**
   * Makes a new signal, which is closed, has counted nothing and has no lines.
   *
   * @return the handle
   */
  public static Signal create() {
    return new Signal(SignalServer.port(), ThreadLocalRandom.current().nextLong());
  }

  /** Opens the gate, for good. */
  public void open() {
    ask(Operation.OPEN, 0, "");
  }

  /**
   * Tells whether the gate is open.
   *
   * @return whether it is
   */
  public boolean isOpen() {
    return ask(Operation.IS_OPEN, 0, "").value() == 1;
  }

  /**
   * Waits until the gate is open. Inside a task this lets others run where the backend has a way to
   * ({@link Await#blocking}).
   *
   * @throws InterruptedException if this thread is interrupted meanwhile
   */
  public void await() throws InterruptedException {
    awaitReply(Operation.AWAIT, 0);
  }

  /** Waits until the gate is open, as a body that ignores its interrupts. */
  public void awaitUninterruptibly() {
    Asked asked = send(Operation.AWAIT, 0, "");
    boolean interrupted = false;
    while (isInterruptedBefore(asked)) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for an answer; returns true if an interrupt came before another thread did so. */
  private static boolean isInterruptedBefore(Asked asked) {
    try {
      Await.blocking(asked::join);
      return false;
    } catch (InterruptedException early) {
      return true;
    } catch (RuntimeException expected) {
      throw expected;
    } catch (Exception impossible) {
      throw new IllegalStateException("Waiting throws nothing else.", impossible);
    }
  }

  /**
   * Counts one more.
   *
   * @return the count with this one
   */
  public int count() {
    return ask(Operation.COUNT, 0, "").value();
  }

  /**
   * Returns how often {@link #count} was called.
   *
   * @return the number of calls
   */
  public int total() {
    return ask(Operation.TOTAL, 0, "").value();
  }

  /**
   * Waits until {@link #count} was called so often.
   *
   * @param total how often
   * @throws InterruptedException if this thread is interrupted meanwhile
   */
  public void awaitTotal(int total) throws InterruptedException {
    awaitReply(Operation.AWAIT_TOTAL, total);
  }

  /**
   * Adds a line.
   *
   * @param line what to add
   */
  public void append(String line) {
    ask(Operation.APPEND, 0, line);
  }

  /**
   * Returns what was appended.
   *
   * @return the lines, in the order in which they arrived
   */
  public List<String> lines() {
    return ask(Operation.LINES, 0, "").lines();
  }

  /** Lets all go who wait, and forgets what is known of this signal. */
  public void drop() {
    ask(Operation.DROP, 0, "");
  }

  private Asked send(Operation operation, int argument, String text) {
    return SignalClient.to(port).ask(operation, id, argument, text);
  }

  private Reply ask(Operation operation, int argument, String text) {
    return send(operation, argument, text).join();
  }

  private void awaitReply(Operation operation, int argument) throws InterruptedException {
    Asked asked = send(operation, argument, "");
    try {
      Await.blocking(asked::get);
    } catch (InterruptedException | RuntimeException expected) {
      throw expected;
    } catch (Exception impossible) {
      throw new IllegalStateException("Waiting throws nothing else.", impossible);
    }
  }
}
