package dev.baton.testkit.contract;

import dev.baton.TaskFuture;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The methods of {@code CompletionStage} whose functions are given exceptions. */
@SuppressWarnings("ImmutableEnumChecker") // the lambdas have no state
public enum Recovery {
  /** {@code handle}. */
  HANDLE(
      (source, seen) ->
          source.handle(
              (value, failure) -> {
                seen.accept(failure);
                return 1;
              })),
  /** {@code handleAsync}. */
  HANDLE_ASYNC(
      (source, seen) ->
          source.handleAsync(
              (value, failure) -> {
                seen.accept(failure);
                return 1;
              })),
  /** {@code handleAsync} with an executor. */
  HANDLE_ASYNC_ON(
      (source, seen) ->
          source.handleAsync(
              (value, failure) -> {
                seen.accept(failure);
                return 1;
              },
              Runnable::run)),
  /** {@code whenComplete}. */
  WHEN_COMPLETE((source, seen) -> source.whenComplete((value, failure) -> seen.accept(failure))),
  /** {@code whenCompleteAsync}. */
  WHEN_COMPLETE_ASYNC(
      (source, seen) -> source.whenCompleteAsync((value, failure) -> seen.accept(failure))),
  /** {@code whenCompleteAsync} with an executor. */
  WHEN_COMPLETE_ASYNC_ON(
      (source, seen) ->
          source.whenCompleteAsync((value, failure) -> seen.accept(failure), Runnable::run)),
  /** {@code exceptionally}. */
  EXCEPTIONALLY(
      (source, seen) ->
          source.exceptionally(
              failure -> {
                seen.accept(failure);
                return 1;
              })),
  /** {@code exceptionallyAsync}. */
  EXCEPTIONALLY_ASYNC(
      (source, seen) ->
          source.exceptionallyAsync(
              failure -> {
                seen.accept(failure);
                return 1;
              })),
  /** {@code exceptionallyAsync} with an executor. */
  EXCEPTIONALLY_ASYNC_ON(
      (source, seen) ->
          source.exceptionallyAsync(
              failure -> {
                seen.accept(failure);
                return 1;
              },
              Runnable::run)),
  /** {@code exceptionallyCompose}. */
  EXCEPTIONALLY_COMPOSE(
      (source, seen) ->
          source.exceptionallyCompose(
              failure -> {
                seen.accept(failure);
                return CompletableFuture.completedFuture(1);
              })),
  /** {@code exceptionallyComposeAsync}. */
  EXCEPTIONALLY_COMPOSE_ASYNC(
      (source, seen) ->
          source.exceptionallyComposeAsync(
              failure -> {
                seen.accept(failure);
                return CompletableFuture.completedFuture(1);
              })),
  /** {@code exceptionallyComposeAsync} with an executor. */
  EXCEPTIONALLY_COMPOSE_ASYNC_ON(
      (source, seen) ->
          source.exceptionallyComposeAsync(
              failure -> {
                seen.accept(failure);
                return CompletableFuture.completedFuture(1);
              },
              Runnable::run));

  private final Method method;

  Recovery(Method method) {
    this.method = method;
  }

  /** Attaches a dependent. */
  @FunctionalInterface
  private interface Method {
    TaskFuture<Integer> attach(
        TaskFuture<Integer> source, Consumer<? super @Nullable Throwable> seen);
  }

  /** Attaches a dependent that shows what exception its function is given. */
  TaskFuture<Integer> attach(
      TaskFuture<Integer> source, Consumer<? super @Nullable Throwable> seen) {
    return method.attach(source, seen);
  }

  /** Tells whether the function is called after a success too. */
  boolean seesSuccess() {
    return name().startsWith("HANDLE") || name().startsWith("WHEN");
  }

  /** Tells whether the dependent has a result after a failure. */
  boolean recovers() {
    return !name().startsWith("WHEN");
  }
}
