package dev.baton.internal.future;

import dev.baton.internal.future.Dependent.FailureStep;
import dev.baton.internal.future.Dependent.Follow;
import dev.baton.internal.future.Dependent.Step;
import dev.baton.internal.future.Dependent.ValueStep;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What each method of {@link CompletionStage} does with the ends of its sources. An exception or a
 * cancel that a step does not handle is handed on as it is.
 */
@SuppressWarnings({
  "unchecked",
  "NullAway",
  "TypeParameterUnusedInFormals"
}) // an end is of its future's type, null where that allows
final class Steps {

  private Steps() {}

  private static <T extends @Nullable Object> T value(@Nullable Object end) {
    return (T) End.value(Objects.requireNonNull(end));
  }

  static <T extends @Nullable Object, U extends @Nullable Object> ValueStep apply(
      Function<? super T, ? extends U> fn) {
    Objects.requireNonNull(fn, "fn");
    return (end, none) -> End.isValue(end) ? End.of(fn.apply(value(end))) : end;
  }

  static <T extends @Nullable Object> ValueStep accept(Consumer<? super T> action) {
    Objects.requireNonNull(action, "action");
    return Steps.<T, @Nullable Void>apply(
        value -> {
          action.accept(value);
          return null;
        });
  }

  static ValueStep run(Runnable action) {
    Objects.requireNonNull(action, "action");
    return accept(value -> action.run());
  }

  static <T extends @Nullable Object, U extends @Nullable Object, V extends @Nullable Object>
      ValueStep combine(BiFunction<? super T, ? super U, ? extends V> fn) {
    Objects.requireNonNull(fn, "fn");
    return (first, second) -> {
      if (!End.isValue(first)) {
        return first;
      }
      Object end = Objects.requireNonNull(second);
      return End.isValue(end) ? End.of(fn.apply(value(first), value(end))) : end;
    };
  }

  static <T extends @Nullable Object, U extends @Nullable Object> ValueStep acceptBoth(
      BiConsumer<? super T, ? super U> action) {
    Objects.requireNonNull(action, "action");
    return Steps.<T, U, @Nullable Void>combine(
        (first, second) -> {
          action.accept(first, second);
          return null;
        });
  }

  static ValueStep runAfterBoth(Runnable action) {
    Objects.requireNonNull(action, "action");
    return acceptBoth((first, second) -> action.run());
  }

  static <T extends @Nullable Object, U extends @Nullable Object> ValueStep compose(
      Function<? super T, ? extends CompletionStage<U>> fn) {
    Objects.requireNonNull(fn, "fn");
    return (end, none) -> End.isValue(end) ? follow(fn.apply(value(end))) : end;
  }

  static <T extends @Nullable Object, U extends @Nullable Object> Step handle(
      BiFunction<? super T, @Nullable Throwable, ? extends U> fn) {
    Objects.requireNonNull(fn, "fn");
    return (end, none) -> End.of(fn.apply(value(end), End.failure(end)));
  }

  static <T extends @Nullable Object> Step whenComplete(
      BiConsumer<? super T, ? super @Nullable Throwable> action) {
    Objects.requireNonNull(action, "action");
    return (end, none) -> {
      Throwable failure = End.failure(end);
      try {
        action.accept(value(end), failure);
      } catch (Throwable thrown) {
        if (failure == null) {
          return new End.Failed(thrown);
        }
        if (failure != thrown) {
          failure.addSuppressed(thrown);
        }
      }
      return end;
    };
  }

  static <T extends @Nullable Object> FailureStep recover(Function<Throwable, ? extends T> fn) {
    Objects.requireNonNull(fn, "fn");
    return (end, none) -> {
      Throwable failure = End.failure(end);
      return failure == null ? end : End.of(fn.apply(failure));
    };
  }

  static <T extends @Nullable Object> FailureStep recoverCompose(
      Function<Throwable, ? extends CompletionStage<T>> fn) {
    Objects.requireNonNull(fn, "fn");
    return (end, none) -> {
      Throwable failure = End.failure(end);
      return failure == null ? end : follow(fn.apply(failure));
    };
  }

  private static Follow follow(@Nullable CompletionStage<?> stage) {
    return new Follow(
        Objects.requireNonNull(stage, "The function returned null where a stage is needed."));
  }
}
