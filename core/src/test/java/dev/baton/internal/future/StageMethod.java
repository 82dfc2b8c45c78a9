package dev.baton.internal.future;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A method of {@link CompletionStage} that attaches a dependent. */
record StageMethod(String name, Sources sources, boolean takesExecutor, Attachment attachment) {

  /** Whose ends a method waits for. */
  enum Sources {
    ONE,
    BOTH,
    EITHER
  }

  /** Calls the method. */
  @FunctionalInterface
  interface Attachment {
    CompletionStage<?> attach(
        CompletionStage<@Nullable Object> source,
        CompletionStage<@Nullable Object> other,
        Probe probe);
  }

  @Override
  public String toString() {
    return name;
  }

  /** All of them. */
  static List<StageMethod> all() {
    return Stream.of(values(), handlers(), both(), either()).flatMap(List::stream).toList();
  }

  private static Function<@Nullable Object, @Nullable Object> function(Probe p) {
    return p::call;
  }

  private static Consumer<@Nullable Object> consumer(Probe p) {
    return p::call;
  }

  private static Runnable runnable(Probe p) {
    return p::call;
  }

  private static BiFunction<@Nullable Object, @Nullable Object, @Nullable Object> biFunction(
      Probe p) {
    return p::call;
  }

  private static BiConsumer<@Nullable Object, @Nullable Object> biConsumer(Probe p) {
    return p::call;
  }

  private static Function<Throwable, @Nullable Object> recovery(Probe p) {
    return p::call;
  }

  private static StageMethod one(String name, Attachment attachment) {
    return of(name, Sources.ONE, attachment);
  }

  private static StageMethod of(String name, Sources sources, Attachment attachment) {
    return new StageMethod(name, sources, name.endsWith("executor"), attachment);
  }

  private static List<StageMethod> values() {
    return List.of(
        one("thenApply", (s, o, p) -> s.thenApply(function(p))),
        one("thenApplyAsync", (s, o, p) -> s.thenApplyAsync(function(p))),
        one("thenApply on executor", (s, o, p) -> s.thenApplyAsync(function(p), p.executor())),
        one("thenAccept", (s, o, p) -> s.thenAccept(consumer(p))),
        one("thenAcceptAsync", (s, o, p) -> s.thenAcceptAsync(consumer(p))),
        one("thenAccept on executor", (s, o, p) -> s.thenAcceptAsync(consumer(p), p.executor())),
        one("thenRun", (s, o, p) -> s.thenRun(runnable(p))),
        one("thenRunAsync", (s, o, p) -> s.thenRunAsync(runnable(p))),
        one("thenRun on executor", (s, o, p) -> s.thenRunAsync(runnable(p), p.executor())),
        one("thenCompose", (s, o, p) -> s.thenCompose(p::stage)),
        one("thenComposeAsync", (s, o, p) -> s.thenComposeAsync(p::stage)),
        one("thenCompose on executor", (s, o, p) -> s.thenComposeAsync(p::stage, p.executor())));
  }

  private static List<StageMethod> handlers() {
    return List.of(
        one("handle", (s, o, p) -> s.handle(biFunction(p)::apply)),
        one("handleAsync", (s, o, p) -> s.handleAsync(biFunction(p)::apply)),
        one("handle on executor", (s, o, p) -> s.handleAsync(biFunction(p)::apply, p.executor())),
        one("whenComplete", (s, o, p) -> s.whenComplete(biConsumer(p))),
        one("whenCompleteAsync", (s, o, p) -> s.whenCompleteAsync(biConsumer(p))),
        one(
            "whenComplete on executor",
            (s, o, p) -> s.whenCompleteAsync(biConsumer(p), p.executor())),
        one("exceptionally", (s, o, p) -> s.exceptionally(recovery(p))),
        one("exceptionallyAsync", (s, o, p) -> s.exceptionallyAsync(recovery(p))),
        one(
            "exceptionally on executor",
            (s, o, p) -> s.exceptionallyAsync(recovery(p), p.executor())),
        one("exceptionallyCompose", (s, o, p) -> s.exceptionallyCompose(p::stage)),
        one("exceptionallyComposeAsync", (s, o, p) -> s.exceptionallyComposeAsync(p::stage)),
        one(
            "exceptionallyCompose on executor",
            (s, o, p) -> s.exceptionallyComposeAsync(p::stage, p.executor())));
  }

  private static StageMethod both(String name, Attachment attachment) {
    return of(name, Sources.BOTH, attachment);
  }

  private static List<StageMethod> both() {
    return List.of(
        both("thenCombine", (s, o, p) -> s.thenCombine(o, biFunction(p))),
        both("thenCombineAsync", (s, o, p) -> s.thenCombineAsync(o, biFunction(p))),
        both(
            "thenCombine on executor",
            (s, o, p) -> s.thenCombineAsync(o, biFunction(p), p.executor())),
        both("thenAcceptBoth", (s, o, p) -> s.thenAcceptBoth(o, biConsumer(p))),
        both("thenAcceptBothAsync", (s, o, p) -> s.thenAcceptBothAsync(o, biConsumer(p))),
        both(
            "thenAcceptBoth on executor",
            (s, o, p) -> s.thenAcceptBothAsync(o, biConsumer(p), p.executor())),
        both("runAfterBoth", (s, o, p) -> s.runAfterBoth(o, runnable(p))),
        both("runAfterBothAsync", (s, o, p) -> s.runAfterBothAsync(o, runnable(p))),
        both(
            "runAfterBoth on executor",
            (s, o, p) -> s.runAfterBothAsync(o, runnable(p), p.executor())));
  }

  private static StageMethod either(String name, Attachment attachment) {
    return of(name, Sources.EITHER, attachment);
  }

  private static List<StageMethod> either() {
    return List.of(
        either("applyToEither", (s, o, p) -> s.applyToEither(o, function(p))),
        either("applyToEitherAsync", (s, o, p) -> s.applyToEitherAsync(o, function(p))),
        either(
            "applyToEither on executor",
            (s, o, p) -> s.applyToEitherAsync(o, function(p), p.executor())),
        either("acceptEither", (s, o, p) -> s.acceptEither(o, consumer(p))),
        either("acceptEitherAsync", (s, o, p) -> s.acceptEitherAsync(o, consumer(p))),
        either(
            "acceptEither on executor",
            (s, o, p) -> s.acceptEitherAsync(o, consumer(p), p.executor())),
        either("runAfterEither", (s, o, p) -> s.runAfterEither(o, runnable(p))),
        either("runAfterEitherAsync", (s, o, p) -> s.runAfterEitherAsync(o, runnable(p))),
        either(
            "runAfterEither on executor",
            (s, o, p) -> s.runAfterEitherAsync(o, runnable(p), p.executor())));
  }
}
