package dev.baton.examples;

import dev.baton.Await;
import dev.baton.Baton;
import dev.baton.TaskFuture;
import dev.baton.ThreadOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Two tasks that sleep at the same time, and meet to prove it. */
public final class OverlappingSleeps {

  private static final Duration NAP = Duration.ofMillis(500);

  private OverlappingSleeps() {}

  /**
   * Lets two tasks sleep and meet.
   *
   * @param args none
   * @throws Exception if they do not meet
   */
  public static void main(String[] args) throws Exception {
    long start = System.nanoTime();
    List<String> met = sleepAndMeet();
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    Check.that(met.equals(List.of("right", "left")), met);
    System.out.println("Two naps of " + NAP.toMillis() + " ms took " + time.toMillis() + " ms.");
    System.out.println("Left met " + met.get(0) + ", right met " + met.get(1) + ".");
  }

  /** Returns whom the left and whom the right task met. */
  static List<String> sleepAndMeet() throws ExecutionException, InterruptedException {
    Exchanger<String> meeting = new Exchanger<>();
    try (Baton baton = Baton.open(ThreadOptions.defaults().workers(2))) {
      TaskFuture<String> left = baton.submit(() -> sleepAndMeet("left", meeting));
      TaskFuture<String> right = baton.submit(() -> sleepAndMeet("right", meeting));
      return List.of(left.get(), right.get());
    }
  }

  /** One after the other, the first would wait for the second in vain. */
  private static String sleepAndMeet(String name, Exchanger<String> meeting)
      throws InterruptedException, TimeoutException {
    Await.sleep(NAP);
    return meeting.exchange(name, 10, TimeUnit.SECONDS);
  }
}
