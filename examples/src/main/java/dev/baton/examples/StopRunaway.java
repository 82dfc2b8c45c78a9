package dev.baton.examples;

import dev.baton.Baton;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.TaskTimeoutException;
import dev.baton.process.ProcessOptions;
import java.time.Duration;

/** A loop without an end, deaf to interrupts, is really stopped. */
public final class StopRunaway {

  private static final Duration LONG = Duration.ofSeconds(30);

  private StopRunaway() {}

  /**
   * Starts a runaway and waits until it has stopped.
   *
   * @param args none
   * @throws Exception if it does not stop
   */
  public static void main(String[] args) throws Exception {
    String story = story();
    Check.that(story.equals("timed out, stopped, and the pool goes on with 42"), story);
    System.out.println("The runaway " + story + ".");
  }

  static String story() throws Exception {
    ProcessOptions options = ProcessOptions.defaults().workers(1).grace(Duration.ofMillis(100));
    try (Baton baton = Baton.open(options)) {
      TaskOptions impatient = TaskOptions.none().timeout(Duration.ofMillis(200));
      TaskFuture<Void> runaway = baton.submit(impatient, StopRunaway::countForEver);
      boolean timedOut = runaway.exception(LONG) instanceof TaskTimeoutException;
      runaway.terminated().get(LONG);
      int next = baton.submit(() -> 42).get(LONG);
      return (timedOut ? "timed out" : "did not time out")
          + ", stopped, and the pool goes on with "
          + next;
    }
  }

  private static void countForEver() {
    long count = 0;
    while (count >= 0) {
      count++;
    }
  }
}
