package dev.baton.internal.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.Baton;
import dev.baton.ThreadOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReturnedBodyTest {

  private final AtomicInteger runs = new AtomicInteger();

  @Test
  void itRunsItsBodyOnItsCallerOnce() {
    Thread[] runner = new Thread[1];
    ReturnedBody body =
        new ReturnedBody(
            () -> {
              runner[0] = Thread.currentThread();
              return runs.incrementAndGet();
            });
    body.run();
    body.run();
    assertEquals(1, runs.get());
    assertSame(Thread.currentThread(), runner[0]);
  }

  @Test
  void callersThatComeAtOnceRunItOnce() throws Exception {
    for (int round = 0; round < 500; round++) {
      runs.set(0);
      ReturnedBody body = new ReturnedBody(runs::incrementAndGet);
      Thread other = Thread.ofVirtual().start(body);
      body.run();
      other.join();
      assertEquals(1, runs.get());
    }
  }

  @Test
  void whatItsBodyThrowsReachesTheCaller() {
    IllegalStateException unchecked = new IllegalStateException("no");
    assertSame(
        unchecked,
        assertThrows(IllegalStateException.class, new ReturnedBody(throwing(unchecked))::run));
    Exception checked = new Exception("no");
    assertSame(
        checked,
        assertThrows(CompletionException.class, new ReturnedBody(throwing(checked))::run)
            .getCause());
  }

  private static Callable<Object> throwing(Exception failure) {
    return () -> {
      throw failure;
    };
  }

  @Test
  void itShowsItsBodyUntilItWasRun() {
    Callable<String> shown =
        new Callable<>() {
          @Override
          public String call() {
            return "";
          }

          @Override
          public String toString() {
            return "resize-42";
          }
        };
    ReturnedBody body = new ReturnedBody(shown);
    assertEquals("Task returned by shutdownNow[resize-42]", body.toString());
    body.run();
    assertEquals("Task returned by shutdownNow[run]", body.toString());
  }

  @Test
  void aShutdownNowReturnsEachTaskThatNeverBeginsAndNoOther() {
    for (int round = 0; round < 100; round++) {
      runs.set(0);
      int tasks = 2_000;
      Baton baton = Baton.open(ThreadOptions.defaults().workers(2));
      for (int i = 0; i < tasks; i++) {
        baton.execute((Runnable) runs::incrementAndGet);
      }
      List<Runnable> returned = baton.shutdownNow();
      baton.close();
      returned.forEach(Runnable::run);
      assertEquals(tasks, runs.get());
    }
  }

  @Test
  void whatIsReturnedComesInTheOrderOfItsSubmission() throws Exception {
    Baton baton = Baton.open(ThreadOptions.defaults().workers(1));
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    baton.submit(
        () -> {
          begun.countDown();
          never.await();
        });
    begun.await();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      int number = i;
      baton.submit(() -> order.add(number));
    }
    baton.shutdownNow().forEach(Runnable::run);
    baton.close();
    assertEquals(List.of(0, 1, 2, 3, 4), order);
  }
}
