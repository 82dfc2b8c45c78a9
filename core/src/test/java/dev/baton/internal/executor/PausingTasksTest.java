package dev.baton.internal.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.TaskFuture;
import dev.baton.TaskInfo;
import dev.baton.TaskOptions;
import dev.baton.support.SameThread;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tasks that wait for their next attempt when their executor is shut down. */
@Timeout(60)
@SuppressWarnings("serial") // these tasks stay in this JVM
class PausingTasksTest {

  @Test
  void aTaskThatPausesAgainIsCancelledByAShutdown() throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    TaskOptions options = TaskOptions.none().retries(5, Duration.ofMillis(500));
    try (Baton baton = Baton.over(new SameThread())) {
      TaskFuture<Void> future =
          baton.submit(
              options,
              () -> {
                attempts.incrementAndGet();
                throw new IOException("again");
              });
      Awaitility.await().until(() -> attempts.get() == 2 && isPending(future));

      int before = attempts.get();
      baton.shutdownNow();
      assertThrows(CancellationException.class, future::join);
      assertTrue(baton.awaitTermination(Duration.ofSeconds(10)));
      assertEquals(before, attempts.get(), "it did not wait out its pause");
    }
  }

  private static boolean isPending(TaskFuture<?> future) {
    return future.info().phase() == TaskInfo.Phase.PENDING;
  }
}
