package dev.baton;

import dev.baton.internal.Entry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks on a backend that one line chooses: threads, virtual threads, or any other that is
 * found.
 *
 * <pre>{@code
 * try (Baton baton = Baton.open("threads")) {
 *   TaskFuture<Integer> sum = baton.submit(() -> expensive(42));
 *   int value = sum.get();
 * }
 * }</pre>
 *
 * <p>It is an {@link ExecutorService} whose futures are {@link TaskFuture}s. A bare lambda given to
 * {@code submit} becomes a serializable {@link Task} or {@link Action} and so runs on every
 * backend; through the static type {@link ExecutorService} it does not, and only backends in this
 * JVM can run it.
 *
 * <p><b>Life.</b> Open, then shutting down, then terminated. Each {@code submit} after the shutdown
 * throws a {@link TaskRejectedException}. Unfinished tasks keep the JVM alive; an idle executor
 * does not.
 *
 * <p><b>Nested tasks.</b> A task may submit to its own executor and wait for the future: while it
 * waits it lends its slot, see {@link BackendOptions.Fluent#lend}.
 *
 * <p>All methods may be called from any thread. Null arguments throw a {@link NullPointerException}
 * unless stated otherwise.
 */
public interface Baton extends ExecutorService {

  /**
   * Opens a backend with its default options.
   *
   * @param backend the backend's name, such as {@code "threads"} or {@code "virtual"}
   * @return a new executor, to be closed
   * @throws BackendException if no backend of this name is found; the message lists those that are
   */
  static Baton open(String backend) {
    return Entry.open(backend);
  }

  /**
   * Opens the backend that the options are for.
   *
   * @param options the options
   * @return a new executor, to be closed
   * @throws BackendException if the backend is not found or cannot be opened
   */
  static Baton open(BackendOptions options) {
    return Entry.open(options);
  }

  /**
   * Opens the executor that the configuration describes under a name. The settings {@code
   * baton.NAME.KEY} are read from the system properties, then from the environment ({@code
   * BATON_NAME_KEY}), then from the files {@code baton.properties} on the class path; the first
   * that has a key wins.
   *
   * @param name the executor's name, of the characters {@code a-z} and {@code 0-9}
   * @return a new executor of this name, to be closed
   * @throws IllegalArgumentException if the name, a key or a value is not allowed; the message says
   *     what is
   * @throws BackendException if the backend is not found or cannot be opened
   */
  static Baton configured(String name) {
    return Entry.configured(name);
  }

  /**
   * Opens an executor that the given settings describe, and nothing else.
   *
   * @param name the executor's name, of the characters {@code a-z} and {@code 0-9}
   * @param settings the settings by key, without prefix: {@code Map.of("backend", "threads",
   *     "workers", "4")}
   * @return a new executor of this name, to be closed
   * @throws IllegalArgumentException if the name, a key or a value is not allowed; the message says
   *     what is
   * @throws BackendException if the backend is not found or cannot be opened
   */
  static Baton configured(String name, Map<String, String> settings) {
    return Entry.configured(name, settings);
  }

  /**
   * Gives an executor of the application's own this interface. Closing the result waits for what
   * was submitted through it, and leaves the executor open. Tasks that wait for each other lend
   * nothing, and what keeps the JVM alive is the executor's own affair.
   *
   * @param executor runs the tasks
   * @return a new facade, to be closed
   */
  static Baton over(ExecutorService executor) {
    return Entry.over(executor);
  }

  /**
   * Submits a task.
   *
   * @param task the task
   * @param <T> the type of its result
   * @return its future
   * @throws TaskRejectedException if this executor cannot accept it
   */
  <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task);

  /**
   * Submits an action.
   *
   * @param action the action
   * @return its future, whose result is null
   * @throws TaskRejectedException if this executor cannot accept it
   */
  TaskFuture<Void> submit(Action action);

  /**
   * Submits a value of type {@link Callable}; a lambda becomes a {@link Task}.
   *
   * @param task the task
   * @param <T> the type of its result
   * @return its future
   * @throws TaskRejectedException if this executor cannot accept it
   */
  @Override
  <T extends @Nullable Object> TaskFuture<T> submit(Callable<T> task);

  /**
   * Submits a value of type {@link Runnable}; a lambda becomes an {@link Action}.
   *
   * @param task the task
   * @return its future, whose result is null
   * @throws TaskRejectedException if this executor cannot accept it
   */
  @Override
  TaskFuture<?> submit(Runnable task);

  /**
   * Submits a task with a result that is known beforehand.
   *
   * @param task the task
   * @param result the future's result, which may be null
   * @param <T> the type of the result
   * @return its future
   * @throws TaskRejectedException if this executor cannot accept it
   */
  @Override
  <T extends @Nullable Object> TaskFuture<T> submit(Runnable task, T result);

  /**
   * Submits the application of a function to an argument.
   *
   * @param function the function
   * @param argument its argument, which may be null
   * @param <A> the type of the argument
   * @param <R> the type of the result
   * @return its future
   * @throws TaskRejectedException if this executor cannot accept it
   */
  <A extends @Nullable Object, R extends @Nullable Object> TaskFuture<R> submit(
      TaskFunction<A, R> function, A argument);

  /**
   * Submits a task with options.
   *
   * @param options what the task asks for
   * @param task the task
   * @param <T> the type of its result
   * @return its future
   * @throws TaskRejectedException if this executor cannot accept it
   */
  <T extends @Nullable Object> TaskFuture<T> submit(TaskOptions options, Task<T> task);

  /**
   * Submits an action with options.
   *
   * @param options what the action asks for
   * @param action the action
   * @return its future, whose result is null
   * @throws TaskRejectedException if this executor cannot accept it
   */
  TaskFuture<Void> submit(TaskOptions options, Action action);

  /**
   * Submits many tasks. They are submitted one after the other; if one is rejected, those before it
   * are cancelled.
   *
   * @param tasks the tasks; none of them null
   * @param <T> the type of their results
   * @return their futures, in the order of the tasks
   * @throws TaskRejectedException if this executor cannot accept one of them
   */
  <T extends @Nullable Object> List<TaskFuture<T>> submitAll(Collection<? extends Task<T>> tasks);

  /**
   * Submits a task that returns a stage. The future ends as the stage does, with the stage's own
   * exception; while the stage is open the task is running but holds no thread of a backend inside
   * this JVM. Cancelling the future cancels the stage.
   *
   * <p>With a {@link BackendOptions.Fluent#limit}, a stage that ends only when another task of this
   * executor does holds a place that this task may need: such a stage lends nothing.
   *
   * @param task begins the work
   * @param <T> the type of its result
   * @return its future
   * @throws TaskRejectedException if this executor cannot accept it
   */
  <T extends @Nullable Object> TaskFuture<T> submitAsync(AsyncTask<T> task);

  /**
   * Submits a task that returns a stage, with options.
   *
   * @param options what the task asks for
   * @param task begins the work
   * @param <T> the type of its result
   * @return its future
   * @throws TaskRejectedException if this executor cannot accept it
   */
  <T extends @Nullable Object> TaskFuture<T> submitAsync(TaskOptions options, AsyncTask<T> task);

  /**
   * Runs a task without a future. What it throws is logged.
   *
   * @param task the task
   * @throws TaskRejectedException if this executor cannot accept it
   */
  @Override
  void execute(Runnable task);

  /**
   * Runs an action without a future. What it throws is logged.
   *
   * @param action the action
   * @throws TaskRejectedException if this executor cannot accept it
   */
  void execute(Action action);

  /**
   * Applies a function to each input, as {@link #map(MapOptions, TaskFunction, Iterable)} with
   * {@link MapOptions#none()}.
   *
   * @param function the function
   * @param inputs its arguments, read lazily
   * @param <A> the type of the arguments
   * @param <R> the type of the results
   * @return the results in the order of the inputs, to be closed unless gone through to the end
   */
  <A extends @Nullable Object, R extends @Nullable Object> Results<R> map(
      TaskFunction<A, R> function, Iterable<? extends A> inputs);

  /**
   * Applies a function to each input. Inputs are read as results are taken, never further ahead
   * than the window.
   *
   * @param options the window, the order, the time limit and so on
   * @param function the function
   * @param inputs its arguments, read lazily
   * @param <A> the type of the arguments
   * @param <R> the type of the results
   * @return the results, to be closed unless gone through to the end
   * @throws IllegalArgumentException if the journal in the options is of another job, or no journal
   * @throws IllegalStateException if the journal is in use
   * @throws java.io.UncheckedIOException if the journal cannot be read, or is damaged
   */
  <A extends @Nullable Object, R extends @Nullable Object> Results<R> map(
      MapOptions options, TaskFunction<A, R> function, Iterable<? extends A> inputs);

  /**
   * Applies a function to pairs of inputs, as {@link #map(MapOptions, TaskBiFunction, Iterable,
   * Iterable)} with {@link MapOptions#none()}.
   *
   * @param function the function
   * @param firsts its first arguments, read lazily
   * @param seconds its second arguments, read lazily
   * @param <A> the type of the first arguments
   * @param <B> the type of the second arguments
   * @param <R> the type of the results
   * @return the results in the order of the inputs, to be closed unless gone through to the end
   */
  default <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      Results<R> map(
          TaskBiFunction<A, B, R> function,
          Iterable<? extends A> firsts,
          Iterable<? extends B> seconds) {
    return map(MapOptions.none(), function, firsts, seconds);
  }

  /**
   * Applies a function to the first of both inputs, to the second of both, and so on. The shorter
   * input ends the map; of the longer one nothing more is read, except that one element of the
   * first may have been asked for.
   *
   * @param options the window, the order, the time limit and so on
   * @param function the function
   * @param firsts its first arguments, read lazily
   * @param seconds its second arguments, read lazily
   * @param <A> the type of the first arguments
   * @param <B> the type of the second arguments
   * @param <R> the type of the results
   * @return the results, to be closed unless gone through to the end
   * @throws IllegalArgumentException if the journal in the options is of another job, or no journal
   * @throws IllegalStateException if the journal is in use
   * @throws java.io.UncheckedIOException if the journal cannot be read, or is damaged
   */
  default <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      Results<R> map(
          MapOptions options,
          TaskBiFunction<A, B, R> function,
          Iterable<? extends A> firsts,
          Iterable<? extends B> seconds) {
    return Entry.mapBoth(this, options, function, firsts, seconds);
  }

  /**
   * Wraps a blocking call: each application of the result submits one.
   *
   * <pre>{@code
   * Function<URI, TaskFuture<String>> fetch = baton.bind(client::fetch);
   * }</pre>
   *
   * @param function the call
   * @param <A> the type of its argument
   * @param <R> the type of its result
   * @return a function that returns futures
   */
  <A extends @Nullable Object, R extends @Nullable Object> Function<A, TaskFuture<R>> bind(
      TaskFunction<A, R> function);

  /**
   * Wraps a blocking call with options, such as a timeout.
   *
   * @param options what each call asks for
   * @param function the call
   * @param <A> the type of its argument
   * @param <R> the type of its result
   * @return a function that returns futures
   */
  <A extends @Nullable Object, R extends @Nullable Object> Function<A, TaskFuture<R>> bind(
      TaskOptions options, TaskFunction<A, R> function);

  /**
   * Wraps the calls of a client that each worker makes once for itself and that is never sent. What
   * counts as a worker, {@link TaskContext#resource} tells; a client that is {@link AutoCloseable}
   * is closed with its worker.
   *
   * @param perWorker makes the client, in the worker
   * @param function the call
   * @param <C> the type of the client
   * @param <A> the type of the call's argument
   * @param <R> the type of its result
   * @return a function that returns futures
   */
  <C, A extends @Nullable Object, R extends @Nullable Object> Function<A, TaskFuture<R>> bind(
      Task<C> perWorker, TaskBiFunction<C, A, R> function);

  /**
   * Opens a group whose members are all to succeed, as {@link #group(GroupOptions)} with {@link
   * GroupOptions#none()}.
   *
   * @return a new group of the calling thread, to be joined and closed
   */
  TaskGroup group();

  /**
   * Opens a group: tasks that begin within a block, and none of which runs on after it.
   *
   * @param options when the group is over, and how long it may take
   * @return a new group of the calling thread, to be joined and closed
   */
  TaskGroup group(GroupOptions options);

  /** As {@code shutdown(ShutdownMode.DRAIN)}. */
  @Override
  void shutdown();

  /**
   * Accepts no more tasks, and treats the unfinished ones as the mode says. It does not wait. A
   * second call may go further than the first, never back.
   *
   * @param mode what happens to unfinished tasks
   */
  void shutdown(ShutdownMode mode);

  /**
   * Accepts no more tasks, cancels those that have not begun, and interrupts the others, whose
   * futures end as their bodies do.
   *
   * @return the bodies that never began; running one runs it on its caller, once, for no future
   */
  @Override
  List<Runnable> shutdownNow();

  /**
   * Waits until all tasks are over and the backend has let go of its threads.
   *
   * @param timeout how long to wait at most
   * @return whether this executor is terminated
   * @throws InterruptedException if this thread is interrupted meanwhile
   */
  boolean awaitTermination(Duration timeout) throws InterruptedException;

  @Override
  boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException;

  /**
   * Accepts no more tasks and waits until all are over. Interrupted, it does {@link
   * #shutdownNow()}, waits on, and sets the interrupt flag again. A second call has no effect.
   *
   * @throws IllegalStateException from a task or callback of this executor, which would wait for
   *     itself
   */
  @Override
  void close();

  /**
   * Returns the executor's name.
   *
   * @return the name given to {@link #configured(String)}, else one made from the backend's name
   */
  String name();

  /**
   * Returns what the backend can do beyond the common contract.
   *
   * @return the capabilities
   */
  Capabilities capabilities();

  /**
   * Counts tasks.
   *
   * @return the counts of this moment
   */
  BatonStats stats();

  /**
   * Describes the executor for people: its state, its counts, and each task that has begun and is
   * not over, with worker and stack where they are known.
   *
   * @return several lines
   */
  String dump();
}
