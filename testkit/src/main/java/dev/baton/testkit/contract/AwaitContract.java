package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Await;
import dev.baton.TaskFuture;
import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import dev.baton.testkit.signal.Signal;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Waiting inside a task and outside, through {@code Await}. */
@Promise(Row.FACADE)
public interface AwaitContract extends ContractTest {

  @Test
  default void onReturnsTheStagesResult(Fixture given) throws Exception {
    TaskFuture<Integer> future =
        given
            .open()
            .submit(
                () -> {
                  CompletableFuture<Integer> stage = new CompletableFuture<>();
                  Thread.ofVirtual().start(() -> stage.complete(42));
                  return Await.on(stage);
                });
    assertEquals(42, future.get());
    assertEquals(1, Await.on(CompletableFuture.completedFuture(1)), "outside a task too");
    assertEquals(42, Await.on(future));
  }

  @Test
  default void onThrowsTheStagesExceptionWithoutWrappers(Fixture given) {
    IOException failure = new IOException("on purpose");
    CompletionStage<Integer> failed =
        CompletableFuture.<Integer>failedFuture(failure).thenApply(value -> value);
    ExecutionException outside = assertThrows(ExecutionException.class, () -> Await.on(failed));
    assertSame(failure, outside.getCause());
    TaskFuture<Integer> inside =
        given
            .open()
            .submit(
                () -> {
                  try {
                    return Await.on(
                        CompletableFuture.<Integer>failedFuture(new IOException("inside")));
                  } catch (ExecutionException expected) {
                    throw (Exception) expected.getCause();
                  }
                });
    assertEquals("inside", Failures.of(IOException.class, inside).getMessage());
  }

  @Test
  default void onTellsOfACancelledStage() {
    CompletableFuture<Integer> stage = new CompletableFuture<>();
    stage.cancel(true);
    assertThrows(CancellationException.class, () -> Await.on(stage));
  }

  @Test
  default void aCancelInterruptsEachKindOfWait(Fixture given) throws Exception {
    for (int kind = 0; kind < 4; kind++) {
      int chosen = kind;
      Signal told = given.signal();
      TaskFuture<Void> future =
          given
              .open(Shape.atLeast(1))
              .submit(
                  () -> {
                    told.count();
                    try {
                      waitForever(chosen);
                    } catch (InterruptedException stop) {
                      told.append("interrupted");
                    }
                  });
      told.awaitTotal(1);
      future.cancel(true);
      Failures.awaitBody(future);
      assertEquals("interrupted", told.lines().getFirst());
    }
  }

  private static void waitForever(int kind) throws Exception {
    switch (kind) {
      case 0 -> Await.on(new CompletableFuture<Integer>());
      case 1 -> Await.sleep(Duration.ofDays(1));
      case 2 -> Await.blocking(() -> sleepForADay());
      default -> {
        while (true) {
          Await.sleep(Duration.ofMillis(1));
        }
      }
    }
  }

  private static boolean sleepForADay() throws InterruptedException {
    Thread.sleep(Duration.ofDays(1));
    return true;
  }

  @Test
  default void sleepTakesItsTime(Fixture given) throws Exception {
    TaskFuture<Long> future =
        given
            .open()
            .submit(
                () -> {
                  long start = System.nanoTime();
                  Await.sleep(Duration.ofMillis(30));
                  Await.sleep(Duration.ZERO);
                  return System.nanoTime() - start;
                });
    assertTrue(future.get() >= Duration.ofMillis(30).toNanos());
    TaskFuture<Boolean> negative =
        given
            .open()
            .submit(
                () -> {
                  Await.sleep(Duration.ofMillis(-1));
                  return true;
                });
    assertTrue(
        String.valueOf(Failures.of(IllegalArgumentException.class, negative).getMessage())
            .contains("-0.001S"));
  }

  @Test
  default void blockingMakesTheCallAndPassesOnWhatItThrows(Fixture given) throws Exception {
    TaskFuture<String> future = given.open().submit(() -> Await.blocking(() -> "called"));
    assertEquals("called", future.get());
    TaskFuture<String> failed =
        given
            .open()
            .submit(
                () ->
                    Await.blocking(
                        () -> {
                          throw new IOException("from the call");
                        }));
    assertEquals("from the call", Failures.of(IOException.class, failed).getMessage());
    assertEquals("outside", Await.blocking(() -> "outside"));
  }

  @Test
  default void yieldLetsTheTaskGoOn(Fixture given) throws Exception {
    TaskFuture<Integer> future =
        given
            .open()
            .submit(
                () -> {
                  for (int i = 0; i < 100; i++) {
                    Await.yield();
                  }
                  return 1;
                });
    assertEquals(1, future.get());
    Await.yield();
    assertFalse(Thread.currentThread().isInterrupted());
  }
}
