package dev.baton.examples;

import dev.baton.Baton;
import dev.baton.TaskFuture;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * One compiled program whose backends {@code baton.properties} chooses. A system property, {@code
 * -Dbaton.reports.backend=virtual}, or an environment variable, {@code
 * BATON_REPORTS_BACKEND=virtual}, swaps one without touching either.
 */
public final class SwapBackend {

  private SwapBackend() {}

  /**
   * Runs the same task on two executors.
   *
   * @param args none
   * @throws Exception if the task fails
   */
  public static void main(String[] args) throws Exception {
    for (String executor : List.of("reports", "fetches")) {
      Answer answer = runOn(executor);
      Check.that(answer.value == 42, answer);
      System.out.println(executor + " ran on " + answer.backend + ": " + answer.value);
    }
  }

  /** What the task gave, and where it ran. */
  record Answer(int value, String backend) {}

  static Answer runOn(String executor) throws ExecutionException, InterruptedException {
    try (Baton baton = Baton.configured(executor)) {
      TaskFuture<Integer> product = baton.submit(() -> 6 * 7);
      return new Answer(product.get(), product.info().backend());
    }
  }
}
