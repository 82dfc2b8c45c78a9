package dev.baton.internal;

import dev.baton.BackendOptions;
import dev.baton.Baton;
import dev.baton.MapOptions;
import dev.baton.Results;
import dev.baton.Settled;
import dev.baton.TaskBiFunction;
import dev.baton.TaskContext;
import dev.baton.TaskFunction;
import dev.baton.TaskFuture;
import dev.baton.TaskFutures;
import dev.baton.Until;
import dev.baton.internal.config.Configuration;
import dev.baton.internal.context.EncodedValues;
import dev.baton.internal.executor.Executors;
import dev.baton.internal.future.CompletedFutures;
import dev.baton.internal.future.Gathered;
import dev.baton.internal.future.ManyFutures;
import dev.baton.internal.future.Nanos;
import dev.baton.internal.future.Occupant;
import dev.baton.internal.future.Waits;
import dev.baton.internal.map.Both;
import dev.baton.internal.map.ChunkBody;
import dev.baton.internal.task.CurrentTask;
import dev.baton.internal.task.Visitor;
import dev.baton.internal.timer.Timer;
import dev.baton.spi.AwaitHook;
import dev.baton.spi.RemoteExecutor;
import dev.baton.spi.Slot;
import dev.baton.spi.TaskCall;
import dev.baton.spi.WorkerScope;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** What the static methods of {@code dev.baton} and {@code dev.baton.spi} call. */
public final class Entry {

  private Entry() {}

  /** {@link Baton#open(String)}. */
  public static Baton open(String backend) {
    return Executors.open(Backends.find(Objects.requireNonNull(backend, "backend")));
  }

  /** {@link Baton#open(BackendOptions)}. */
  public static Baton open(BackendOptions options) {
    return Executors.open(Backends.find(options.backend()), options);
  }

  /** {@link Baton#configured(String)}. */
  public static Baton configured(String name) {
    return configured(Configuration.ofEnvironment(name));
  }

  /** {@link Baton#configured(String, Map)}. */
  public static Baton configured(String name, Map<String, String> settings) {
    return configured(Configuration.of(name, settings));
  }

  private static Baton configured(Configuration configuration) {
    return configuration.open(Backends::find, Backends.all());
  }

  /** {@link Baton#over(ExecutorService)}. */
  public static Baton over(ExecutorService executor) {
    return Executors.over(Objects.requireNonNull(executor, "executor"));
  }

  /** {@link Baton#map(MapOptions, TaskBiFunction, Iterable, Iterable)}. */
  public static <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      Results<R> mapBoth(
          Baton baton,
          MapOptions options,
          TaskBiFunction<A, B, R> function,
          Iterable<? extends A> firsts,
          Iterable<? extends B> seconds) {
    Objects.requireNonNull(function, "function");
    return baton.map(options, new Both.Applied<>(function), Both.of(firsts, seconds));
  }

  /** {@link TaskContext#current()}. */
  public static TaskContext currentContext() {
    return CurrentTask.get().context();
  }

  /** {@link WorkerScope#current()}. */
  public static WorkerScope currentScope() {
    return CurrentTask.get().scope();
  }

  /** {@link WorkerScope#call}. */
  public static <T extends @Nullable Object> T callWithin(
      WorkerScope scope, TaskContext context, @Nullable Slot slot, Callable<T> body)
      throws Exception {
    CurrentTask task = new CurrentTask(context, scope);
    Visitor visitor = new Visitor(task, slot, () -> Executors.homeOf(context.baton()));
    return visitor.call(body);
  }

  /** {@link WorkerScope#open}. */
  public static Baton open(RemoteExecutor executor) {
    return Executors.open(executor);
  }

  /** {@link TaskCall.InContext#call()}. */
  public static <T extends @Nullable Object> T callInContext(
      Map<String, byte[]> values, Callable<T> body) throws Exception {
    return EncodedValues.call(values, body);
  }

  /** {@link dev.baton.spi.TaskCall.OfChunk#call}. */
  public static <A extends @Nullable Object, R extends @Nullable Object> byte[] runChunk(
      TaskFunction<A, R> function, List<A> arguments) {
    return ChunkBody.run(function, arguments);
  }

  /** {@link dev.baton.TaskFutures#waitFor}. */
  public static Settled waitFor(
      Collection<? extends TaskFuture<?>> futures, Until until, @Nullable Duration timeout)
      throws InterruptedException {
    return ManyFutures.waitFor(futures, until, timeout == null ? null : Nanos.of(timeout));
  }

  /** {@link dev.baton.TaskFutures#asCompleted}. */
  public static <T extends @Nullable Object> TaskFutures.Completed<T> asCompleted(
      Collection<? extends TaskFuture<T>> futures, @Nullable Duration timeout) {
    return CompletedFutures.of(futures, timeout == null ? null : Nanos.of(timeout));
  }

  /** {@link dev.baton.TaskFutures#gather}. */
  public static <T extends @Nullable Object> TaskFuture<List<T>> gather(
      Collection<? extends TaskFuture<? extends T>> futures) {
    return Gathered.of(futures);
  }

  /** {@link dev.baton.Await#on}. */
  public static <T extends @Nullable Object> T awaitStage(CompletionStage<T> stage)
      throws ExecutionException, InterruptedException {
    return Waits.adopt(stage).get();
  }

  /** {@link dev.baton.Await#sleep}. */
  public static void awaitTime(Duration time) throws InterruptedException {
    if (time.isNegative()) {
      throw new IllegalArgumentException("time must not be negative: " + time);
    }
    hook().sleep(Nanos.of(time));
  }

  /** {@link dev.baton.Await#blocking}. */
  public static <T extends @Nullable Object> T awaitBlocking(Callable<T> call) throws Exception {
    return hook().blocking(CurrentTask.carriedBy(Objects.requireNonNull(call, "call")));
  }

  /** {@link dev.baton.Await#yield()}. */
  public static void awaitTurn() throws InterruptedException {
    hook().sleep(0);
  }

  /** {@link dev.baton.TaskTimeoutException#fillInStackTrace()}. */
  public static boolean isOnTimer() {
    return Timer.isCurrentThread();
  }

  private static AwaitHook hook() {
    Occupant occupant = Occupant.current();
    return occupant == null ? AwaitHook.BLOCKING : occupant.awaitHook();
  }
}
