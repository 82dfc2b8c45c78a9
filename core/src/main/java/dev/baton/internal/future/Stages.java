package dev.baton.internal.future;

import dev.baton.TaskFuture;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The methods of {@link CompletionStage}, each as a {@link Dependent} with a {@link Steps step}.
 *
 * @param <T> the type of the result
 */
abstract class Stages<T extends @Nullable Object> implements TaskFuture<T> {

  private BatonFuture<T> self() {
    return (BatonFuture<T>) this;
  }

  private Executor async() {
    return self().home().callbacks();
  }

  private static Executor nonNull(Executor executor) {
    return Objects.requireNonNull(executor, "executor");
  }

  @Override
  public final <U extends @Nullable Object> TaskFuture<U> thenApply(
      Function<? super T, ? extends U> fn) {
    return Dependent.of(self(), null, Steps.apply(fn));
  }

  @Override
  public final <U extends @Nullable Object> TaskFuture<U> thenApplyAsync(
      Function<? super T, ? extends U> fn) {
    return Dependent.of(self(), async(), Steps.apply(fn));
  }

  @Override
  public final <U extends @Nullable Object> TaskFuture<U> thenApplyAsync(
      Function<? super T, ? extends U> fn, Executor executor) {
    return Dependent.of(self(), nonNull(executor), Steps.apply(fn));
  }

  @Override
  public final TaskFuture<Void> thenAccept(Consumer<? super T> action) {
    return Dependent.of(self(), null, Steps.accept(action));
  }

  @Override
  public final TaskFuture<Void> thenAcceptAsync(Consumer<? super T> action) {
    return Dependent.of(self(), async(), Steps.accept(action));
  }

  @Override
  public final TaskFuture<Void> thenAcceptAsync(Consumer<? super T> action, Executor executor) {
    return Dependent.of(self(), nonNull(executor), Steps.accept(action));
  }

  @Override
  public final TaskFuture<Void> thenRun(Runnable action) {
    return Dependent.of(self(), null, Steps.run(action));
  }

  @Override
  public final TaskFuture<Void> thenRunAsync(Runnable action) {
    return Dependent.of(self(), async(), Steps.run(action));
  }

  @Override
  public final TaskFuture<Void> thenRunAsync(Runnable action, Executor executor) {
    return Dependent.of(self(), nonNull(executor), Steps.run(action));
  }

  @Override
  public final <U extends @Nullable Object, V extends @Nullable Object> TaskFuture<V> thenCombine(
      CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> fn) {
    return Dependent.ofBoth(self(), other, null, Steps.combine(fn));
  }

  @Override
  public final <U extends @Nullable Object, V extends @Nullable Object>
      TaskFuture<V> thenCombineAsync(
          CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> fn) {
    return Dependent.ofBoth(self(), other, async(), Steps.combine(fn));
  }

  @Override
  public final <U extends @Nullable Object, V extends @Nullable Object>
      TaskFuture<V> thenCombineAsync(
          CompletionStage<? extends U> other,
          BiFunction<? super T, ? super U, ? extends V> fn,
          Executor executor) {
    return Dependent.ofBoth(self(), other, nonNull(executor), Steps.combine(fn));
  }

  @Override
  public final <U extends @Nullable Object> TaskFuture<Void> thenAcceptBoth(
      CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> action) {
    return Dependent.ofBoth(self(), other, null, Steps.acceptBoth(action));
  }

  @Override
  public final <U extends @Nullable Object> TaskFuture<Void> thenAcceptBothAsync(
      CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> action) {
    return Dependent.ofBoth(self(), other, async(), Steps.acceptBoth(action));
  }

  @Override
  public final <U extends @Nullable Object> TaskFuture<Void> thenAcceptBothAsync(
      CompletionStage<? extends U> other,
      BiConsumer<? super T, ? super U> action,
      Executor executor) {
    return Dependent.ofBoth(self(), other, nonNull(executor), Steps.acceptBoth(action));
  }

  @Override
  public final TaskFuture<Void> runAfterBoth(CompletionStage<?> other, Runnable action) {
    return Dependent.ofBoth(self(), other, null, Steps.runAfterBoth(action));
  }

  @Override
  public final TaskFuture<Void> runAfterBothAsync(CompletionStage<?> other, Runnable action) {
    return Dependent.ofBoth(self(), other, async(), Steps.runAfterBoth(action));
  }

  @Override
  public final TaskFuture<Void> runAfterBothAsync(
      CompletionStage<?> other, Runnable action, Executor executor) {
    return Dependent.ofBoth(self(), other, nonNull(executor), Steps.runAfterBoth(action));
  }

  @Override
  public final <U extends @Nullable Object> TaskFuture<U> applyToEither(
      CompletionStage<? extends T> other, Function<? super T, U> fn) {
    return Dependent.ofEither(self(), other, null, Steps.apply(fn));
  }

  @Override
  public final <U extends @Nullable Object> TaskFuture<U> applyToEitherAsync(
      CompletionStage<? extends T> other, Function<? super T, U> fn) {
    return Dependent.ofEither(self(), other, async(), Steps.apply(fn));
  }

  @Override
  public final <U extends @Nullable Object> TaskFuture<U> applyToEitherAsync(
      CompletionStage<? extends T> other, Function<? super T, U> fn, Executor executor) {
    return Dependent.ofEither(self(), other, nonNull(executor), Steps.apply(fn));
  }

  @Override
  public final TaskFuture<Void> acceptEither(
      CompletionStage<? extends T> other, Consumer<? super T> action) {
    return Dependent.ofEither(self(), other, null, Steps.accept(action));
  }

  @Override
  public final TaskFuture<Void> acceptEitherAsync(
      CompletionStage<? extends T> other, Consumer<? super T> action) {
    return Dependent.ofEither(self(), other, async(), Steps.accept(action));
  }

  @Override
  public final TaskFuture<Void> acceptEitherAsync(
      CompletionStage<? extends T> other, Consumer<? super T> action, Executor executor) {
    return Dependent.ofEither(self(), other, nonNull(executor), Steps.accept(action));
  }

  @Override
  public final TaskFuture<Void> runAfterEither(CompletionStage<?> other, Runnable action) {
    return Dependent.ofEither(self(), other, null, Steps.run(action));
  }

  @Override
  public final TaskFuture<Void> runAfterEitherAsync(CompletionStage<?> other, Runnable action) {
    return Dependent.ofEither(self(), other, async(), Steps.run(action));
  }

  @Override
  public final TaskFuture<Void> runAfterEitherAsync(
      CompletionStage<?> other, Runnable action, Executor executor) {
    return Dependent.ofEither(self(), other, nonNull(executor), Steps.run(action));
  }

  @Override
  public final <U extends @Nullable Object> TaskFuture<U> thenCompose(
      Function<? super T, ? extends CompletionStage<U>> fn) {
    return Dependent.of(self(), null, Steps.compose(fn));
  }

  @Override
  public final <U extends @Nullable Object> TaskFuture<U> thenComposeAsync(
      Function<? super T, ? extends CompletionStage<U>> fn) {
    return Dependent.of(self(), async(), Steps.compose(fn));
  }

  @Override
  public final <U extends @Nullable Object> TaskFuture<U> thenComposeAsync(
      Function<? super T, ? extends CompletionStage<U>> fn, Executor executor) {
    return Dependent.of(self(), nonNull(executor), Steps.compose(fn));
  }

  @Override
  public final <U extends @Nullable Object> TaskFuture<U> handle(
      BiFunction<? super T, @Nullable Throwable, ? extends U> fn) {
    return Dependent.of(self(), null, Steps.handle(fn));
  }

  @Override
  public final <U extends @Nullable Object> TaskFuture<U> handleAsync(
      BiFunction<? super T, @Nullable Throwable, ? extends U> fn) {
    return Dependent.of(self(), async(), Steps.handle(fn));
  }

  @Override
  public final <U extends @Nullable Object> TaskFuture<U> handleAsync(
      BiFunction<? super T, @Nullable Throwable, ? extends U> fn, Executor executor) {
    return Dependent.of(self(), nonNull(executor), Steps.handle(fn));
  }

  @Override
  public final TaskFuture<T> whenComplete(
      BiConsumer<? super T, ? super @Nullable Throwable> action) {
    return Dependent.of(self(), null, Steps.whenComplete(action));
  }

  @Override
  public final TaskFuture<T> whenCompleteAsync(
      BiConsumer<? super T, ? super @Nullable Throwable> action) {
    return Dependent.of(self(), async(), Steps.whenComplete(action));
  }

  @Override
  public final TaskFuture<T> whenCompleteAsync(
      BiConsumer<? super T, ? super @Nullable Throwable> action, Executor executor) {
    return Dependent.of(self(), nonNull(executor), Steps.whenComplete(action));
  }

  @Override
  public final TaskFuture<T> exceptionally(Function<Throwable, ? extends T> fn) {
    return Dependent.of(self(), null, Steps.recover(fn));
  }

  @Override
  public final TaskFuture<T> exceptionallyAsync(Function<Throwable, ? extends T> fn) {
    return Dependent.of(self(), async(), Steps.recover(fn));
  }

  @Override
  public final TaskFuture<T> exceptionallyAsync(
      Function<Throwable, ? extends T> fn, Executor executor) {
    return Dependent.of(self(), nonNull(executor), Steps.recover(fn));
  }

  @Override
  public final TaskFuture<T> exceptionallyCompose(
      Function<Throwable, ? extends CompletionStage<T>> fn) {
    return Dependent.of(self(), null, Steps.recoverCompose(fn));
  }

  @Override
  public final TaskFuture<T> exceptionallyComposeAsync(
      Function<Throwable, ? extends CompletionStage<T>> fn) {
    return Dependent.of(self(), async(), Steps.recoverCompose(fn));
  }

  @Override
  public final TaskFuture<T> exceptionallyComposeAsync(
      Function<Throwable, ? extends CompletionStage<T>> fn, Executor executor) {
    return Dependent.of(self(), nonNull(executor), Steps.recoverCompose(fn));
  }
}
