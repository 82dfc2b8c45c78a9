package dev.baton.internal.future;

import dev.baton.TaskFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A callback of {@link TaskFuture#onDone}, whose exceptions go to the log. */
final class DoneCallback<T extends @Nullable Object> extends Callback {

  private static final Logger LOG = LoggerFactory.getLogger(TaskFuture.class);

  private final TaskFuture<T> future;
  private final @Nullable Executor executor;
  private final Consumer<? super TaskFuture<T>> callback;

  DoneCallback(
      TaskFuture<T> future, @Nullable Executor executor, Consumer<? super TaskFuture<T>> callback) {
    this.future = future;
    this.executor = executor;
    this.callback = callback;
  }

  @Override
  @Nullable BatonFuture<?> fire() {
    if (executor == null) {
      call();
    } else {
      try {
        executor.execute(this::call);
      } catch (Throwable rejected) {
        LOG.error("A callback of {} could not be handed to {}", future, executor, rejected);
      }
    }
    return null;
  }

  private void call() {
    try {
      callback.accept(future);
    } catch (Throwable failure) {
      LOG.error("A callback of {} threw", future, failure);
    }
  }
}
