package dev.baton.internal.map;

import dev.baton.TaskFunction;
import dev.baton.TaskOptions;
import dev.baton.internal.future.BatonFuture;
import dev.baton.spi.TaskCall;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Submits the items of one map. */
final class Launcher<A extends @Nullable Object, R extends @Nullable Object> {

  private final Submitter executor;
  private final TaskFunction<A, R> function;
  private final TaskOptions options;

  Launcher(Submitter executor, TaskFunction<A, R> function, boolean idempotent) {
    this.executor = executor;
    this.function = function;
    this.options = idempotent ? TaskOptions.none().idempotent() : TaskOptions.none();
  }

  /**
   * Submits an input as a task of its own.
   *
   * @param first is told of the future before the task may begin, even if it is then rejected
   */
  void launch(A input, Consumer<? super BatonFuture<R>> first) {
    executor.submit(options, new TaskCall.OfFunction<>(function, input), first);
  }
}
