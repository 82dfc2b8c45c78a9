package dev.baton.internal.future;

import dev.baton.TaskFuture;
import dev.baton.spi.AwaitHook;
import java.util.Collection;

/** Something a thread can wait for: one future, or the next of many. */
public interface Awaited extends AwaitHook.Condition {

  /** Tells whether the wait is for work of the given executor, so that a task of it has to lend. */
  boolean involves(Home home);

  /** Tells whether one of the futures that are not done is work of the given executor. */
  static boolean anyInvolves(Collection<? extends TaskFuture<?>> futures, Home home) {
    return futures.stream()
        .anyMatch(f -> f instanceof BatonFuture<?> ours && !ours.isDone() && ours.involves(home));
  }
}
