package dev.baton.internal.map;

import dev.baton.TaskOptions;
import dev.baton.internal.future.BatonFuture;
import dev.baton.internal.future.Home;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The executor that a map runs on, as the map sees it. */
public interface Submitter {

  /**
   * Submits a body.
   *
   * @param first is told of the future before the task may begin, even if it is then rejected
   * @throws dev.baton.TaskRejectedException if it cannot be accepted
   */
  <T extends @Nullable Object> BatonFuture<T> submit(
      TaskOptions options, Callable<? extends T> body, Consumer<? super BatonFuture<T>> first);

  /**
   * Returns this executor for submissions that are made later, on whichever thread, and are to be
   * as this thread's are now: with its time and its logging context.
   */
  Submitter asOfThisThread();

  /** The executor, for futures that belong to it. */
  Home home();

  /** Tells whether tasks travel to another JVM, so that it is worth sending many at a time. */
  boolean encodes();
}
