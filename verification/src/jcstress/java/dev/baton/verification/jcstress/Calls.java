package dev.baton.verification.jcstress;

import dev.baton.AsyncTask;
import dev.baton.spi.TaskCall;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Bodies of tasks. */
final class Calls {

  private Calls() {}

  static <T> Callable<T> returning(CompletionStage<T> stage) {
    return returning(() -> stage);
  }

  static <T> Callable<T> returning(AsyncTask<T> task) {
    return new TaskCall.OfStage<>(task);
  }

  /** Sleeps, and says how that ended. */
  static String sleepUntilInterrupted() {
    return sleepUntilInterrupted(new CountDownLatch(0));
  }

  /** Waits for the signal and then sleeps, and says how that ended. */
  static String sleepUntilInterrupted(CountDownLatch signal) {
    try {
      signal.await();
      TimeUnit.SECONDS.sleep(2);
      return "slept on";
    } catch (InterruptedException stopped) {
      return "interrupted";
    }
  }
}
