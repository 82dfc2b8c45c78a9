package dev.baton.testkit.signal;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * A request that waits for its reply. It is a plain latch, because a {@code ForkJoinPool} adds a
 * thread for one that waits for a {@code CompletableFuture}, and tests count threads.
 */
final class Asked {

  private final CountDownLatch answered = new CountDownLatch(1);

  /** Written before the latch opens, by the one thread that receives. */
  private @Nullable Reply reply;

  private @Nullable IOException lost;

  void answer(Reply answer) {
    reply = answer;
    answered.countDown();
  }

  void lose(IOException cause) {
    lost = cause;
    answered.countDown();
  }

  /** Waits for the reply. */
  Reply get() throws InterruptedException {
    answered.await();
    if (lost != null) {
      throw new IllegalStateException("The server of the signals is gone.", lost);
    }
    return Objects.requireNonNull(reply);
  }

  /** Waits for the reply whatever interrupts come, and leaves the interrupt flag as it finds it. */
  Reply join() {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          return get();
        } catch (InterruptedException goOn) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
