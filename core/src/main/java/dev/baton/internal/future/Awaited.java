package dev.baton.internal.future;

import dev.baton.TaskFuture;
import dev.baton.spi.AwaitHook;
import java.util.Collection;
import java.util.List;

/** Something a thread can wait for: one future, or the next of many. */
public interface Awaited extends AwaitHook.Condition {

  /** Tells whether the wait is for work of the given executor, so that a task of it has to lend. */
  boolean involves(Home home);

  /** Returns what has to be met before this can be; called by any thread. */
  default Needs needs() {
    return Needs.UNKNOWN;
  }

  /**
   * Tells whether one of several may be enough, here or in what this needs: then the last way out
   * may close while the wait goes on.
   */
  default boolean mayEndInSeveralWays() {
    return false;
  }

  /**
   * Is told, by the thread that waits, that it has done so for long: {@link #needs} may then say
   * what would have cost a short wait too much.
   */
  default void waitIsLong() {}

  /** Names the first few of the futures that are not done, for messages. */
  static String describe(Collection<? extends TaskFuture<?>> futures) {
    List<String> open =
        futures.stream().filter(f -> !f.isDone()).limit(4).map(f -> f.info().name()).toList();
    boolean all = open.size() < 4;
    return String.join(", ", all ? open : open.subList(0, 3)) + (all ? "" : " and more");
  }

  /** Tells whether one of the futures that are not done is work of the given executor. */
  static boolean anyInvolves(Collection<? extends TaskFuture<?>> futures, Home home) {
    return futures.stream().anyMatch(future -> isOpenFor(home, future));
  }

  /** Tells whether a future is not done, and is work of the given executor. */
  static boolean isOpenFor(Home home, TaskFuture<?> future) {
    return future instanceof BatonFuture<?> ours && !ours.isDone() && ours.involves(home);
  }
}
