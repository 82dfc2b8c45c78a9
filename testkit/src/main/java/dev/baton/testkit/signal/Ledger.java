package dev.baton.testkit.signal;

import dev.baton.Task;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says which bodies began and ended, in which order and how often, wherever they ran.
 *
 * @param begins has a line for each begin
 * @param ends has a line for each end
 */
public record Ledger(Signal begins, Signal ends) implements Serializable {

  /**
   * Makes an empty ledger.
   *
   * @return the handle
   */
  public static Ledger create() {
    return new Ledger(Signal.create(), Signal.create());
  }

  /**
   * Notes that a body began.
   *
   * @param body names the body
   */
  public void begin(String body) {
    begins.append(body);
  }

  /**
   * Notes that a body ended.
   *
   * @param body names the body
   */
  public void end(String body) {
    ends.append(body);
  }

  /**
   * Runs a body between its two notes.
   *
   * @param name names the body
   * @param body the body
   * @param <T> the type of its result
   * @return a task that notes its begin, runs the body, and notes its end however it ends
   */
  public <T extends @Nullable Object> Task<T> around(String name, Task<T> body) {
    Ledger ledger = this;
    return () -> {
      ledger.begin(name);
      try {
        return body.call();
      } finally {
        ledger.end(name);
      }
    };
  }

  /**
   * Returns the names of the bodies that began.
   *
   * @return a name for each begin, in order
   */
  public List<String> begun() {
    return begins.lines();
  }

  /**
   * Returns the names of the bodies that ended.
   *
   * @return a name for each end, in order
   */
  public List<String> ended() {
    return ends.lines();
  }

  /**
   * Tells how often a body began.
   *
   * @param body names the body
   * @return the number of begins
   */
  public int timesBegun(String body) {
    return Collections.frequency(begun(), body);
  }
}
