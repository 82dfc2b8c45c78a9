package dev.baton.examples;

import dev.baton.Await;
import dev.baton.Baton;
import dev.baton.TaskFuture;
import dev.baton.ThreadOptions;
import dev.baton.async.AsyncOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A loop for what waits and shares state, and threads for a driver that only blocks: at most four
 * connections to it at once. What is on the loop needs no lock.
 */
public final class LoopAndThreads {

  private LoopAndThreads() {}

  /**
   * Looks up twenty names.
   *
   * @param args none
   * @throws Exception if a lookup fails
   */
  public static void main(String[] args) throws Exception {
    List<String> found = lookUp(20);
    Check.that(found.size() == 20 && found.getFirst().equals("row 0"), found);
    System.out.println("The loop has gathered " + found.size() + " rows.");
  }

  static List<String> lookUp(int rows) throws Exception {
    List<String> found = new ArrayList<>();
    try (Baton connections = Baton.open(ThreadOptions.defaults().workers(4));
        Baton loop = Baton.open(AsyncOptions.defaults().blocking(connections))) {
      List<TaskFuture<Void>> lookups = new ArrayList<>();
      for (int i = 0; i < rows; i++) {
        int id = i;
        lookups.add(
            loop.submit(
                () -> {
                  String row = Await.blocking(() -> Driver.query(id));
                  found.add(row);
                }));
      }
      for (TaskFuture<Void> lookup : lookups) {
        lookup.get();
      }
    }
    found.sort((a, b) -> Integer.compare(numberOf(a), numberOf(b)));
    return found;
  }

  private static int numberOf(String row) {
    return Integer.parseInt(row.substring("row ".length()));
  }

  /** A database's driver as there are many: it blocks its thread. */
  private static final class Driver {

    static String query(int id) throws InterruptedException {
      Thread.sleep(Duration.ofMillis(5));
      return "row " + id;
    }
  }
}
