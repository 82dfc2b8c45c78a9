package dev.baton.testkit.contract;

import dev.baton.TaskFuture;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The methods of {@code CompletionStage} whose functions are run after a success only. */
@SuppressWarnings("ImmutableEnumChecker") // the lambdas have no state
public enum Step {
  /** {@code thenApply}. */
  THEN_APPLY((source, ran) -> source.thenApply(value -> done(ran))),
  /** {@code thenApplyAsync}. */
  THEN_APPLY_ASYNC((source, ran) -> source.thenApplyAsync(value -> done(ran))),
  /** {@code thenApplyAsync} with an executor. */
  THEN_APPLY_ASYNC_ON((source, ran) -> source.thenApplyAsync(value -> done(ran), Runnable::run)),
  /** {@code thenAccept}. */
  THEN_ACCEPT((source, ran) -> source.thenAccept(value -> ran.run())),
  /** {@code thenAcceptAsync}. */
  THEN_ACCEPT_ASYNC((source, ran) -> source.thenAcceptAsync(value -> ran.run())),
  /** {@code thenAcceptAsync} with an executor. */
  THEN_ACCEPT_ASYNC_ON((source, ran) -> source.thenAcceptAsync(value -> ran.run(), Runnable::run)),
  /** {@code thenRun}. */
  THEN_RUN((source, ran) -> source.thenRun(ran)),
  /** {@code thenRunAsync}. */
  THEN_RUN_ASYNC((source, ran) -> source.thenRunAsync(ran)),
  /** {@code thenRunAsync} with an executor. */
  THEN_RUN_ASYNC_ON((source, ran) -> source.thenRunAsync(ran, Runnable::run)),
  /** {@code thenCompose}. */
  THEN_COMPOSE((source, ran) -> source.thenCompose(value -> stage(ran))),
  /** {@code thenComposeAsync}. */
  THEN_COMPOSE_ASYNC((source, ran) -> source.thenComposeAsync(value -> stage(ran))),
  /** {@code thenComposeAsync} with an executor. */
  THEN_COMPOSE_ASYNC_ON(
      (source, ran) -> source.thenComposeAsync(value -> stage(ran), Runnable::run)),
  /** {@code thenCombine}. */
  THEN_COMBINE((source, ran) -> source.thenCombine(ready(), (value, other) -> done(ran))),
  /** {@code thenCombineAsync}. */
  THEN_COMBINE_ASYNC(
      (source, ran) -> source.thenCombineAsync(ready(), (value, other) -> done(ran))),
  /** {@code thenCombineAsync} with an executor. */
  THEN_COMBINE_ASYNC_ON(
      (source, ran) ->
          source.thenCombineAsync(ready(), (value, other) -> done(ran), Runnable::run)),
  /** {@code thenAcceptBoth}. */
  THEN_ACCEPT_BOTH((source, ran) -> source.thenAcceptBoth(ready(), (value, other) -> ran.run())),
  /** {@code thenAcceptBothAsync}. */
  THEN_ACCEPT_BOTH_ASYNC(
      (source, ran) -> source.thenAcceptBothAsync(ready(), (value, other) -> ran.run())),
  /** {@code thenAcceptBothAsync} with an executor. */
  THEN_ACCEPT_BOTH_ASYNC_ON(
      (source, ran) ->
          source.thenAcceptBothAsync(ready(), (value, other) -> ran.run(), Runnable::run)),
  /** {@code runAfterBoth}. */
  RUN_AFTER_BOTH((source, ran) -> source.runAfterBoth(ready(), ran)),
  /** {@code runAfterBothAsync}. */
  RUN_AFTER_BOTH_ASYNC((source, ran) -> source.runAfterBothAsync(ready(), ran)),
  /** {@code runAfterBothAsync} with an executor. */
  RUN_AFTER_BOTH_ASYNC_ON((source, ran) -> source.runAfterBothAsync(ready(), ran, Runnable::run)),
  /** {@code applyToEither}. */
  APPLY_TO_EITHER((source, ran) -> source.applyToEither(never(), value -> done(ran))),
  /** {@code applyToEitherAsync}. */
  APPLY_TO_EITHER_ASYNC((source, ran) -> source.applyToEitherAsync(never(), value -> done(ran))),
  /** {@code applyToEitherAsync} with an executor. */
  APPLY_TO_EITHER_ASYNC_ON(
      (source, ran) -> source.applyToEitherAsync(never(), value -> done(ran), Runnable::run)),
  /** {@code acceptEither}. */
  ACCEPT_EITHER((source, ran) -> source.acceptEither(never(), value -> ran.run())),
  /** {@code acceptEitherAsync}. */
  ACCEPT_EITHER_ASYNC((source, ran) -> source.acceptEitherAsync(never(), value -> ran.run())),
  /** {@code acceptEitherAsync} with an executor. */
  ACCEPT_EITHER_ASYNC_ON(
      (source, ran) -> source.acceptEitherAsync(never(), value -> ran.run(), Runnable::run)),
  /** {@code runAfterEither}. */
  RUN_AFTER_EITHER((source, ran) -> source.runAfterEither(never(), ran)),
  /** {@code runAfterEitherAsync}. */
  RUN_AFTER_EITHER_ASYNC((source, ran) -> source.runAfterEitherAsync(never(), ran)),
  /** {@code runAfterEitherAsync} with an executor. */
  RUN_AFTER_EITHER_ASYNC_ON(
      (source, ran) -> source.runAfterEitherAsync(never(), ran, Runnable::run));

  private final Method method;

  Step(Method method) {
    this.method = method;
  }

  /** Attaches a dependent. */
  @FunctionalInterface
  private interface Method {
    TaskFuture<?> attach(TaskFuture<Integer> source, Runnable ran);
  }

  private static int done(Runnable ran) {
    ran.run();
    return 1;
  }

  private static CompletionStage<Integer> stage(Runnable ran) {
    ran.run();
    return ready();
  }

  private static CompletionStage<Integer> ready() {
    return CompletableFuture.completedFuture(1);
  }

  private static CompletionStage<Integer> never() {
    return new CompletableFuture<>();
  }

  /** Attaches a dependent whose function runs the given action. */
  TaskFuture<?> attach(TaskFuture<Integer> source, Runnable ran) {
    return method.attach(source, ran);
  }

  /** Tells whether the function is handed to an executor. */
  boolean isAsync() {
    return name().contains("ASYNC");
  }
}
