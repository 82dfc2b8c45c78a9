package dev.baton;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The future of a task on any backend: pending, then running, then done once, with a result, an
 * exception or by a cancel.
 *
 * <p>It is a {@link Future} and a {@link CompletionStage}, and nobody but Baton can complete it.
 *
 * <p><b>Two ends.</b> A cancel or a timeout ends the <em>future</em> at once. The <em>body</em> of
 * a running task ends when it has really stopped; {@link #terminated()} tells when that was.
 *
 * <p><b>Exceptions.</b> Whatever the body throws is the cause of the {@link ExecutionException} or
 * {@link CompletionException} that the waiting methods throw, a new one for each call, whose
 * message says where the task ran. A body that throws a {@link CancellationException} has failed;
 * only a cancel cancels.
 *
 * <p><b>Dependents.</b> The methods of {@link CompletionStage} return futures without a body. Their
 * functions are given the task's very exception, with no {@link CompletionException} around it. A
 * dependent of a cancelled future is cancelled, unless its function handles exceptions; cancelling
 * a dependent does not reach its source. Attached before the source is done, they run in the order
 * in which they were attached, callbacks included, on the thread that completes it; attached later,
 * at once on the caller. The {@code …Async} methods without an executor use a virtual thread, never
 * the backend, so that a shutdown loses none.
 *
 * <p>All methods may be called from any thread.
 *
 * @param <T> the type of the result, which may be null
 */
public interface TaskFuture<T extends @Nullable Object> extends Future<T>, CompletionStage<T> {

  /**
   * Waits for the result.
   *
   * @return the result
   * @throws ExecutionException with the task's exception as its cause, if the task failed
   * @throws CancellationException if the future was cancelled
   * @throws InterruptedException if this thread is interrupted meanwhile; the task is left alone
   * @throws TaskRejectedException inside a task of the same executor, if no more slots may be lent,
   *     or if the wait could never end
   */
  @Override
  T get() throws InterruptedException, ExecutionException;

  /**
   * Waits for the result no longer than a time.
   *
   * @param timeout how long to wait at most
   * @param unit the unit of the timeout
   * @return the result
   * @throws TimeoutException if the time is up; the task is left alone
   * @throws ExecutionException with the task's exception as its cause, if the task failed
   * @throws CancellationException if the future was cancelled
   * @throws InterruptedException if this thread is interrupted meanwhile; the task is left alone
   * @throws TaskRejectedException inside a task of the same executor, if no more slots may be lent
   */
  @Override
  T get(long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException;

  /**
   * Waits for the result no longer than a time.
   *
   * @param timeout how long to wait at most; zero or less just looks
   * @return the result
   * @throws TimeoutException if the time is up; the task is left alone
   * @throws ExecutionException with the task's exception as its cause, if the task failed
   * @throws CancellationException if the future was cancelled
   * @throws InterruptedException if this thread is interrupted meanwhile; the task is left alone
   * @throws TaskRejectedException inside a task of the same executor, if no more slots may be lent
   */
  T get(Duration timeout) throws InterruptedException, ExecutionException, TimeoutException;

  /**
   * Waits for the result without checked exceptions, as {@link CompletableFuture#join()}. An
   * interrupt does not end the wait; the interrupt flag is set again when it is over.
   *
   * @return the result
   * @throws CompletionException with the task's exception as its cause, if the task failed
   * @throws CancellationException if the future was cancelled
   * @throws TaskRejectedException inside a task of the same executor, if no more slots may be lent,
   *     or if the wait could never end
   */
  T join();

  /**
   * Returns the result if it is there.
   *
   * @param valueIfAbsent what to return while the future is not done
   * @return the result, or the given value
   * @throws CompletionException with the task's exception as its cause, if the task failed
   * @throws CancellationException if the future was cancelled
   */
  T getNow(T valueIfAbsent);

  /**
   * Waits for the future to be done and returns the task's exception, as {@code Future.exception}
   * of Python's {@code concurrent.futures}.
   *
   * @param timeout how long to wait at most; zero or less just looks
   * @return the exception, or null if the task has a result
   * @throws TimeoutException if the time is up
   * @throws CancellationException if the future was cancelled
   * @throws InterruptedException if this thread is interrupted meanwhile
   */
  @Nullable Throwable exception(Duration timeout) throws InterruptedException, TimeoutException;

  /**
   * Cancels the task as {@link CancelMode#INTERRUPT} does, or as {@link CancelMode#ABANDON}.
   *
   * @param mayInterruptIfRunning whether a running body is interrupted
   * @return whether the future is cancelled now
   */
  @Override
  boolean cancel(boolean mayInterruptIfRunning);

  /**
   * Cancels the task: one that has not begun never will, a running one is stopped as far as the
   * mode says. On a future that was cancelled before, a stronger mode still stops the body.
   *
   * @param mode how far to go
   * @return whether the future is cancelled now; false if it was done before, or if it is running
   *     and the mode is {@link CancelMode#IF_PENDING}
   */
  boolean cancel(CancelMode mode);

  /**
   * Tells when the body is over, which after a cancel or a timeout may be later than this future's
   * end. It has no result and never fails; cancelling it has no effect on the task.
   *
   * @return a future that is done when the body is over or will never begin
   */
  TaskFuture<Void> terminated();

  /**
   * Tells whether the body has begun and the future is not done.
   *
   * @return whether the phase is {@link TaskInfo.Phase#RUNNING}
   */
  boolean isRunning();

  /**
   * Returns what is known of the task just now.
   *
   * @return a snapshot
   */
  TaskInfo info();

  /**
   * Calls back when this future is done. Callbacks run once each, first in first out, one at a
   * time, on the thread that completes the future; if it is done already, on the caller unless
   * another thread is still calling back. What one throws is logged and does not stop the next.
   *
   * @param callback is given this future
   * @return this future
   */
  TaskFuture<T> onDone(Consumer<? super TaskFuture<T>> callback);

  /**
   * Calls back on an executor when this future is done.
   *
   * @param executor runs the callback
   * @param callback is given this future
   * @return this future
   */
  TaskFuture<T> onDone(Executor executor, Consumer<? super TaskFuture<T>> callback);

  /**
   * Listens to what the task says of its progress. The listener is called on a virtual thread, one
   * call at a time; when it is slow it is shown the latest word only. What it throws is logged.
   *
   * @param listener is given the progress
   * @return this future
   */
  TaskFuture<T> onProgress(Consumer<? super TaskProgress> listener);

  /**
   * Returns a copy as a {@link CompletableFuture}. Cancelling the copy cancels this future;
   * completing it by hand does not.
   *
   * @return a new copy
   */
  @Override
  CompletableFuture<T> toCompletableFuture();

  @Override
  <U extends @Nullable Object> TaskFuture<U> thenApply(Function<? super T, ? extends U> fn);

  @Override
  <U extends @Nullable Object> TaskFuture<U> thenApplyAsync(Function<? super T, ? extends U> fn);

  @Override
  <U extends @Nullable Object> TaskFuture<U> thenApplyAsync(
      Function<? super T, ? extends U> fn, Executor executor);

  @Override
  TaskFuture<Void> thenAccept(Consumer<? super T> action);

  @Override
  TaskFuture<Void> thenAcceptAsync(Consumer<? super T> action);

  @Override
  TaskFuture<Void> thenAcceptAsync(Consumer<? super T> action, Executor executor);

  @Override
  TaskFuture<Void> thenRun(Runnable action);

  @Override
  TaskFuture<Void> thenRunAsync(Runnable action);

  @Override
  TaskFuture<Void> thenRunAsync(Runnable action, Executor executor);

  @Override
  <U extends @Nullable Object, V extends @Nullable Object> TaskFuture<V> thenCombine(
      CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> fn);

  @Override
  <U extends @Nullable Object, V extends @Nullable Object> TaskFuture<V> thenCombineAsync(
      CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> fn);

  @Override
  <U extends @Nullable Object, V extends @Nullable Object> TaskFuture<V> thenCombineAsync(
      CompletionStage<? extends U> other,
      BiFunction<? super T, ? super U, ? extends V> fn,
      Executor executor);

  @Override
  <U extends @Nullable Object> TaskFuture<Void> thenAcceptBoth(
      CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> action);

  @Override
  <U extends @Nullable Object> TaskFuture<Void> thenAcceptBothAsync(
      CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> action);

  @Override
  <U extends @Nullable Object> TaskFuture<Void> thenAcceptBothAsync(
      CompletionStage<? extends U> other,
      BiConsumer<? super T, ? super U> action,
      Executor executor);

  @Override
  TaskFuture<Void> runAfterBoth(CompletionStage<?> other, Runnable action);

  @Override
  TaskFuture<Void> runAfterBothAsync(CompletionStage<?> other, Runnable action);

  @Override
  TaskFuture<Void> runAfterBothAsync(CompletionStage<?> other, Runnable action, Executor executor);

  @Override
  <U extends @Nullable Object> TaskFuture<U> applyToEither(
      CompletionStage<? extends T> other, Function<? super T, U> fn);

  @Override
  <U extends @Nullable Object> TaskFuture<U> applyToEitherAsync(
      CompletionStage<? extends T> other, Function<? super T, U> fn);

  @Override
  <U extends @Nullable Object> TaskFuture<U> applyToEitherAsync(
      CompletionStage<? extends T> other, Function<? super T, U> fn, Executor executor);

  @Override
  TaskFuture<Void> acceptEither(CompletionStage<? extends T> other, Consumer<? super T> action);

  @Override
  TaskFuture<Void> acceptEitherAsync(
      CompletionStage<? extends T> other, Consumer<? super T> action);

  @Override
  TaskFuture<Void> acceptEitherAsync(
      CompletionStage<? extends T> other, Consumer<? super T> action, Executor executor);

  @Override
  TaskFuture<Void> runAfterEither(CompletionStage<?> other, Runnable action);

  @Override
  TaskFuture<Void> runAfterEitherAsync(CompletionStage<?> other, Runnable action);

  @Override
  TaskFuture<Void> runAfterEitherAsync(
      CompletionStage<?> other, Runnable action, Executor executor);

  @Override
  <U extends @Nullable Object> TaskFuture<U> thenCompose(
      Function<? super T, ? extends CompletionStage<U>> fn);

  @Override
  <U extends @Nullable Object> TaskFuture<U> thenComposeAsync(
      Function<? super T, ? extends CompletionStage<U>> fn);

  @Override
  <U extends @Nullable Object> TaskFuture<U> thenComposeAsync(
      Function<? super T, ? extends CompletionStage<U>> fn, Executor executor);

  @Override
  @SuppressWarnings("NullAway") // the JDK does not say that the exception may be null
  <U extends @Nullable Object> TaskFuture<U> handle(
      BiFunction<? super T, @Nullable Throwable, ? extends U> fn);

  @Override
  @SuppressWarnings("NullAway") // the JDK does not say that the exception may be null
  <U extends @Nullable Object> TaskFuture<U> handleAsync(
      BiFunction<? super T, @Nullable Throwable, ? extends U> fn);

  @Override
  @SuppressWarnings("NullAway") // the JDK does not say that the exception may be null
  <U extends @Nullable Object> TaskFuture<U> handleAsync(
      BiFunction<? super T, @Nullable Throwable, ? extends U> fn, Executor executor);

  @Override
  TaskFuture<T> whenComplete(BiConsumer<? super T, ? super @Nullable Throwable> action);

  @Override
  TaskFuture<T> whenCompleteAsync(BiConsumer<? super T, ? super @Nullable Throwable> action);

  @Override
  TaskFuture<T> whenCompleteAsync(
      BiConsumer<? super T, ? super @Nullable Throwable> action, Executor executor);

  @Override
  TaskFuture<T> exceptionally(Function<Throwable, ? extends T> fn);

  @Override
  TaskFuture<T> exceptionallyAsync(Function<Throwable, ? extends T> fn);

  @Override
  TaskFuture<T> exceptionallyAsync(Function<Throwable, ? extends T> fn, Executor executor);

  @Override
  TaskFuture<T> exceptionallyCompose(Function<Throwable, ? extends CompletionStage<T>> fn);

  @Override
  TaskFuture<T> exceptionallyComposeAsync(Function<Throwable, ? extends CompletionStage<T>> fn);

  @Override
  TaskFuture<T> exceptionallyComposeAsync(
      Function<Throwable, ? extends CompletionStage<T>> fn, Executor executor);
}
