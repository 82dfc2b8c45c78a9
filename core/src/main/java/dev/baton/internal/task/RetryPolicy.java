package dev.baton.internal.task;

import dev.baton.TaskOptions;
import dev.baton.WorkerLostException;
import dev.baton.internal.future.Nanos;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says which failures are worth another attempt, and how long the pause before it is. */
final class RetryPolicy {

  private static final Logger LOG = LoggerFactory.getLogger(RetryPolicy.class);

  /** The pause grows no further than to the first one times two to the power of this. */
  private static final int MOST_DOUBLINGS = 10;

  private RetryPolicy() {}

  /** Asks the user's predicate about a failure of a body, a lost worker or a time limit. */
  static boolean isWorthAnother(TaskOptions options, Throwable failure) {
    if (failure instanceof WorkerLostException && !options.isIdempotent()) {
      return false;
    }
    try {
      return options.retryWhen().test(failure);
    } catch (Throwable broken) {
      LOG.error("The predicate of retries threw at {}, which is not tried again", failure, broken);
      return false;
    }
  }

  /** Returns the nanoseconds to wait after an attempt. */
  static long pauseAfter(TaskOptions options, int attempt) {
    long first = Nanos.of(options.backoff());
    int doublings = Math.min(attempt - 1, MOST_DOUBLINGS);
    if (first > Long.MAX_VALUE >> (doublings + 1)) {
      return Long.MAX_VALUE;
    }
    long pause = first << doublings;
    return pause + ThreadLocalRandom.current().nextLong(pause / 4 + 1);
  }
}
