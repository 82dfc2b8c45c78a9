package dev.baton.internal.map;

import dev.baton.MapOptions;
import dev.baton.TaskFunction;
import dev.baton.TaskOptions;
import dev.baton.internal.future.BatonFuture;
import dev.baton.spi.TaskCall;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the chunks of one map have in common. */
final class Chunks<A extends @Nullable Object, R extends @Nullable Object> {

  private final Submitter executor;
  private final TaskFunction<A, R> function;
  private final boolean isIdempotent;
  private final ChunkSize size;

  Chunks(Submitter executor, TaskFunction<A, R> function, MapOptions options) {
    this.executor = executor;
    this.function = function;
    this.isIdempotent = options.isIdempotent();
    this.size = ChunkSize.of(options);
  }

  ChunkSize size() {
    return size;
  }

  boolean isIdempotent() {
    return isIdempotent;
  }

  /** Makes the future of an item that is to join a chunk. */
  ChunkItem<A, R> item(long index, A input) {
    return new ChunkItem<>(executor.home(), index, input);
  }

  /** Returns what submits as this thread does now. */
  Submitter submitter() {
    return executor.asOfThisThread();
  }

  /**
   * Submits inputs as one task.
   *
   * @param first is told of it before it may begin, even if it is then rejected
   */
  BatonFuture<byte[]> submit(
      Submitter submitter, List<A> inputs, Consumer<? super BatonFuture<byte[]>> first) {
    return submitter.submit(TaskOptions.none(), new TaskCall.OfChunk<>(function, inputs), first);
  }

  /** Decodes results with the classes that the function sees. */
  ChunkOutcomes decode(byte[] encoded) {
    return ChunkOutcomes.of(encoded, loaderOf(function));
  }

  /** Returns what finds the classes that a function works with. */
  static ClassLoader loaderOf(TaskFunction<?, ?> function) {
    return Objects.requireNonNullElse(
        givenOf(function).getClass().getClassLoader(), ClassLoader.getSystemClassLoader());
  }

  /** Returns the function that the user gave. */
  static Object givenOf(TaskFunction<?, ?> function) {
    return function instanceof Both.Applied<?, ?, ?> of ? of.function() : function;
  }
}
