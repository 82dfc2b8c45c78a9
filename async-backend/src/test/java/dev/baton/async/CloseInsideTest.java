package dev.baton.async;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.TaskFuture;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Executors that are opened and closed inside a task of a loop. */
@Timeout(60)
class CloseInsideTest {

  @Test
  void aCloseGivesWayToTheTasksThatItWaitsFor() throws Exception {
    try (Baton loop = Baton.open("async")) {
      Callable<Integer> one = () -> 1;
      Callable<Integer> body =
          () -> {
            TaskFuture<Integer> inner;
            try (Baton other = Baton.open("virtual")) {
              inner = other.submit((Callable<Integer>) () -> loop.submit(one).get());
            }
            return inner.resultNow();
          };
      assertEquals(1, loop.submit(body).get(Duration.ofSeconds(30)));
    }
  }

  @Test
  void awaitTerminationGivesWayToo() throws Exception {
    try (Baton loop = Baton.open("async");
        Baton other = Baton.open("virtual")) {
      Callable<Integer> one = () -> 1;
      Callable<Boolean> body =
          () -> {
            other.submit((Callable<Integer>) () -> loop.submit(one).get());
            other.shutdown();
            return other.awaitTermination(Duration.ofSeconds(30));
          };
      assertTrue(loop.submit(body).get(Duration.ofSeconds(40)));
    }
  }
}
