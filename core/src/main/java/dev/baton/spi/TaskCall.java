package dev.baton.spi;

import dev.baton.Action;
import dev.baton.AsyncTask;
import dev.baton.Await;
import dev.baton.Task;
import dev.baton.TaskBiFunction;
import dev.baton.TaskFunction;
import dev.baton.internal.Entry;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A body that was not given as a {@link Callable}: what the user gave, in the shape of one, with
 * its parts in sight for those who encode it.
 *
 * @param <T> the type of the result
 */
public sealed interface TaskCall<T extends @Nullable Object> extends Callable<T>, Serializable {

  /**
   * A call of an action.
   *
   * @param action the action
   */
  record OfAction(Action action) implements TaskCall<@Nullable Void> {
    @Override
    public @Nullable Void call() throws Exception {
      action.perform();
      return null;
    }
  }

  /**
   * A call of a runnable, with the result to return.
   *
   * @param runnable the runnable
   * @param result what to return
   * @param <T> the type of the result
   */
  @SuppressWarnings("serial") // whether a user's runnable can be serialized shows when it is tried
  record OfRunnable<T extends @Nullable Object>(Runnable runnable, T result)
      implements TaskCall<T> {
    @Override
    public T call() {
      runnable.run();
      return result;
    }
  }

  /**
   * An application of a function.
   *
   * @param function the function
   * @param argument its argument
   * @param <A> the type of the argument
   * @param <R> the type of the result
   */
  @SuppressWarnings("serial") // whether a user's argument can be serialized shows when it is tried
  record OfFunction<A extends @Nullable Object, R extends @Nullable Object>(
      TaskFunction<A, R> function, A argument) implements TaskCall<R> {
    @Override
    public R call() throws Exception {
      return function.apply(argument);
    }
  }

  /**
   * A call of a client that each worker makes once.
   *
   * @param key tells clients of one worker apart
   * @param client makes the client
   * @param function the call
   * @param argument the call's argument
   * @param <C> the type of the client
   * @param <A> the type of the argument
   * @param <R> the type of the result
   */
  @SuppressWarnings("serial") // whether a user's argument can be serialized shows when it is tried
  record OfClient<C, A extends @Nullable Object, R extends @Nullable Object>(
      String key, Task<C> client, TaskBiFunction<C, A, R> function, A argument)
      implements TaskCall<R> {
    @Override
    public R call() throws Exception {
      return function.apply(WorkerScope.current().shared(key, client), argument);
    }
  }

  /**
   * A call that returns a stage.
   *
   * @param task begins the work
   * @param <T> the type of the result
   */
  record OfStage<T extends @Nullable Object>(AsyncTask<T> task) implements TaskCall<T> {

    /**
     * Begins the work.
     *
     * @return the open stage
     * @throws NullPointerException if the task returns null
     * @throws Exception what the task throws
     */
    public CompletionStage<T> begin() throws Exception {
      return Objects.requireNonNull(
          task.begin(), "The asynchronous task returned null where a CompletionStage is needed.");
    }

    /** Begins the work and waits for its end. */
    @Override
    public T call() throws Exception {
      CompletionStage<T> stage = begin();
      try {
        return Await.on(stage);
      } catch (ExecutionException failed) {
        if (failed.getCause() instanceof Exception cause) {
          throw cause;
        }
        if (failed.getCause() instanceof Error cause) {
          throw cause;
        }
        throw failed;
      } catch (InterruptedException interrupted) {
        stage.toCompletableFuture().cancel(true);
        throw interrupted;
      }
    }
  }

  /**
   * Applications of a function to many arguments, for a backend that sends tasks to another JVM. An
   * item that fails, or whose result cannot be encoded, fails alone.
   *
   * @param function the function, which is sent once
   * @param arguments its arguments; not changed later
   * @param <A> the type of the arguments
   * @param <R> the type of the results
   */
  @SuppressWarnings("serial") // whether a user's argument can be serialized shows when it is tried
  record OfChunk<A extends @Nullable Object, R extends @Nullable Object>(
      TaskFunction<A, R> function, List<A> arguments) implements TaskCall<byte[]> {

    /**
     * Applies the function to one argument after the other.
     *
     * @return what came of each, encoded one by one, for core alone to read
     */
    @Override
    public byte[] call() {
      return Entry.runChunk(function, arguments);
    }
  }

  /**
   * A call of another body while its thread has values that the submitting thread had: those that
   * Micrometer's context-propagation knows, where bodies are encoded.
   *
   * @param body the body
   * @param values the values by the keys of their accessors, encoded one by one, for core alone to
   *     read; not changed later
   * @param <T> the type of the result
   */
  @SuppressWarnings("serial") // whether a user's callable can be serialized shows when it is tried
  record InContext<T extends @Nullable Object>(
      Callable<? extends T> body, Map<String, byte[]> values) implements TaskCall<T> {
    @Override
    public T call() throws Exception {
      return Entry.callInContext(values, body);
    }

    @Override
    public String toString() {
      return body.toString();
    }
  }
}
