package dev.baton.verification.inline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.Baton;
import dev.baton.TaskContext;
import dev.baton.TaskFuture;
import dev.baton.TaskRejectedException;
import dev.baton.testkit.guard.NoLeftovers;
import dev.baton.testkit.guard.Watchdog;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({Watchdog.class, NoLeftovers.class})
class InlineBackendTest {

  @Test
  void aBodyIsOverOnTheCallersThreadWhenSubmitReturns() {
    try (Baton baton = Baton.open("inline")) {
      TaskFuture<Thread> ran = baton.submit(Thread::currentThread);
      assertSame(Thread.currentThread(), ran.resultNow());
    }
  }

  @Test
  void bodiesRunOneAfterTheOtherForAsLongAsTheyCome() {
    try (Baton baton = Baton.configured("reports", Map.of("backend", "inline"))) {
      for (int i = 0; i < 1_000; i++) {
        int n = i;
        assertEquals(n, baton.submit(() -> n).resultNow());
      }
      assertEquals(1_000, baton.stats().succeeded());
    }
  }

  @Test
  void whatABodyThrowsIsTheCause() {
    try (Baton baton = Baton.open("inline")) {
      AssertionError thrown = new AssertionError("mine");
      TaskFuture<Void> future =
          baton.submit(
              () -> {
                throw thrown;
              });
      assertSame(thrown, assertThrows(ExecutionException.class, future::get).getCause());
    }
  }

  @Test
  void aWaitForATaskThatCannotRunMeanwhileIsRefused() {
    try (Baton baton = Baton.open("inline")) {
      TaskFuture<Integer> outer =
          baton.submit(() -> TaskContext.current().baton().submit(() -> 1).get());
      assertThrows(TaskRejectedException.class, () -> throwCause(outer));
    }
  }

  private static void throwCause(TaskFuture<?> future) throws Throwable {
    throw assertThrows(ExecutionException.class, future::get).getCause();
  }
}
