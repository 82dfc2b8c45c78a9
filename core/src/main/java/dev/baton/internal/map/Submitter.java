package dev.baton.internal.map;

import dev.baton.TaskOptions;
import dev.baton.internal.future.BatonFuture;
import dev.baton.internal.future.Home;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The executor that a map runs on, as the map sees it. */
public interface Submitter {

  /**
   * Submits a body.
   *
   * @throws dev.baton.TaskRejectedException if it cannot be accepted
   */
  <T extends @Nullable Object> BatonFuture<T> submit(
      TaskOptions options, Callable<? extends T> body);

  /** The executor, for futures that belong to it. */
  Home home();

  /** Tells whether tasks travel to another JVM, so that it is worth sending many at a time. */
  boolean encodes();
}
