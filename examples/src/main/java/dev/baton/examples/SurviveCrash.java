package dev.baton.examples;

import dev.baton.Baton;
import dev.baton.TaskFuture;
import dev.baton.WorkerLostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One of many tasks ends its JVM; the others do not notice. */
public final class SurviveCrash {

  private static final Duration LONG = Duration.ofSeconds(30);

  private SurviveCrash() {}

  /**
   * Computes ten squares, one of which crashes.
   *
   * @param args none
   * @throws Exception if it goes otherwise
   */
  public static void main(String[] args) throws Exception {
    List<String> squares = squares();
    Check.that(squares.get(3).equals("lost") && squares.get(9).equals("81"), squares);
    System.out.println("The squares are " + squares + ".");
  }

  static List<String> squares() throws Exception {
    List<String> squares = new ArrayList<>();
    try (Baton baton = Baton.open("process")) {
      List<TaskFuture<Integer>> futures = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        futures.add(baton.submit(SurviveCrash::square, i));
      }
      for (TaskFuture<Integer> future : futures) {
        Throwable failure = future.exception(LONG);
        squares.add(
            failure instanceof WorkerLostException ? "lost" : String.valueOf(future.resultNow()));
      }
    }
    return squares;
  }

  private static int square(int n) {
    if (n == 3) {
      Runtime.getRuntime().halt(1); // as a crash in native code would
    }
    return n * n;
  }
}
