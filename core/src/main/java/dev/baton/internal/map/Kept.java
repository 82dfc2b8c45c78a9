package dev.baton.internal.map;

import dev.baton.MapOptions;
import dev.baton.TaskFunction;
import dev.baton.internal.future.BatonFuture;
import dev.baton.internal.future.BodilessFuture;
import dev.baton.internal.future.End;
import dev.baton.internal.journal.Journal;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a journal knows of the items of a map, if the map has one. */
final class Kept<A extends @Nullable Object, R extends @Nullable Object> implements AutoCloseable {

  private final @Nullable Journal journal;
  private final Function<@Nullable Object, @Nullable Object> keyOf;

  private Kept(@Nullable Journal journal, Function<@Nullable Object, @Nullable Object> keyOf) {
    this.journal = journal;
    this.keyOf = keyOf;
  }

  /** Opens the journal that the options name. */
  @SuppressWarnings("unchecked") // the caller has said that the key is one of these inputs
  static <A extends @Nullable Object, R extends @Nullable Object> Kept<A, R> by(
      MapOptions options, TaskFunction<A, R> function) {
    MapOptions.Journal wanted = options.journal();
    if (wanted == null) {
      return new Kept<>(null, input -> input);
    }
    Object given = Chunks.givenOf(function);
    String job = FunctionName.of(given) + " with keys of " + FunctionName.of(wanted.key());
    int batch = Math.max(1, options.window() / 2);
    return new Kept<>(
        Journal.open(wanted.file(), job, Chunks.loaderOf(function), batch),
        (Function<@Nullable Object, @Nullable Object>) wanted.key());
  }

  boolean isOn() {
    return journal != null;
  }

  /** Makes the future of an input, and tells of it before the input may be worked on. */
  interface Submission<A extends @Nullable Object, R extends @Nullable Object> {
    void submit(A input, Consumer<? super BatonFuture<R>> first);
  }

  /**
   * Makes the place of an input, hands it on, and has the input submitted, unless an earlier run
   * has finished it.
   */
  void place(
      long index, A input, Submission<A, R> submission, Consumer<? super Place<A, R>> places) {
    Object key = null;
    if (journal != null) {
      try {
        key = keyOf(index, input);
        if (journal.has(key)) {
          places.accept(ended(index, input, End.of(journal.value(key))));
          return;
        }
      } catch (RuntimeException failure) {
        places.accept(ended(index, input, new End.Failed(failure)));
        return;
      }
    }
    Object kept = key;
    submission.submit(input, future -> places.accept(new Place<>(index, input, future, kept)));
  }

  private Object keyOf(long index, A input) {
    Object given = input instanceof Both<?, ?> both ? both.asList() : input;
    return Objects.requireNonNull(
        keyOf.apply(given), () -> "The journal's key of input " + index + " is null.");
  }

  private Place<A, R> ended(long index, A input, Object end) {
    BodilessFuture<R> future = BodilessFuture.pending();
    future.settleAndDrain(end);
    return new Place<>(index, input, future, null);
  }

  /** Keeps the result of a place that is done; one that cannot be kept is returned as failed. */
  Place<A, R> keep(Place<A, R> place) {
    Object key = place.key();
    if (journal == null || key == null || place.future().state() != Future.State.SUCCESS) {
      return place;
    }
    try {
      journal.append(key, place.future().resultNow());
      return place;
    } catch (RuntimeException failure) {
      return ended(place.index(), place.input(), new End.Failed(failure));
    }
  }

  /** Returns how many results would be lost by a crash although they were taken. */
  int unsynced() {
    return journal == null ? 0 : journal.unsynced();
  }

  void sync() {
    if (journal != null) {
      journal.sync();
    }
  }

  @Override
  public void close() {
    if (journal != null) {
      journal.close();
    }
  }
}
