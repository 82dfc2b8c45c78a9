package dev.baton.internal.executor;

import dev.baton.Action;
import dev.baton.AsyncTask;
import dev.baton.Baton;
import dev.baton.CancelMode;
import dev.baton.GroupOptions;
import dev.baton.MapOptions;
import dev.baton.Results;
import dev.baton.Task;
import dev.baton.TaskBiFunction;
import dev.baton.TaskFunction;
import dev.baton.TaskFuture;
import dev.baton.TaskGroup;
import dev.baton.TaskOptions;
import dev.baton.internal.future.BatonFuture;
import dev.baton.internal.future.Home;
import dev.baton.internal.future.Waits;
import dev.baton.internal.map.MappedResults;
import dev.baton.internal.map.Submitter;
import dev.baton.internal.task.Budget;
import dev.baton.internal.task.SubmittedTask;
import dev.baton.spi.TaskCall;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The many ways to submit, each in terms of one. */
abstract class SubmitMethods implements Baton {

  /** Tells clients apart in a worker to which tasks of several JVMs may come. */
  private static final String CLIENT =
      "client-" + Long.toHexString(ThreadLocalRandom.current().nextLong()) + "-";

  private static final AtomicLong CLIENTS = new AtomicLong();

  /**
   * Submits a body, which has no more time than the body on this thread has left.
   *
   * @param budget bounds its time besides, or null
   * @param first is told of the future before the task may begin, even if it is then rejected
   */
  public final <T extends @Nullable Object> TaskFuture<T> submit(
      TaskOptions options,
      Callable<? extends T> body,
      @Nullable Budget budget,
      Consumer<? super SubmittedTask<T>> first) {
    return submitWithin(Budget.tighter(budget, Budget.ofCurrentTask()), options, body, first);
  }

  /**
   * Submits a body that has just this time, whatever time the body on this thread has.
   *
   * @param budget bounds its time, or null
   * @param first is told of the future before the task may begin, even if it is then rejected
   */
  abstract <T extends @Nullable Object> TaskFuture<T> submitWithin(
      @Nullable Budget budget,
      TaskOptions options,
      Callable<? extends T> body,
      Consumer<? super SubmittedTask<T>> first);

  private static void tellNobody(SubmittedTask<?> task) {}

  final <T extends @Nullable Object> TaskFuture<T> accept(
      TaskOptions options, Callable<? extends T> body) {
    return submit(options, body, null, SubmitMethods::tellNobody);
  }

  /** Returns what the futures of all that is submitted here belong to. */
  public abstract Home home();

  @Override
  public final TaskGroup group() {
    return group(GroupOptions.none());
  }

  /** Submits a body whose future nobody will have. */
  abstract void acceptLogged(TaskOptions options, Callable<?> body);

  private static <B> B nonNull(B body) {
    return Objects.requireNonNull(body, "task");
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // a future of Void has null as its only result
  private static TaskFuture<Void> asVoid(TaskFuture<?> future) {
    return (TaskFuture<Void>) future;
  }

  @Override
  public final <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task) {
    return accept(TaskOptions.none(), nonNull(task));
  }

  @Override
  public final TaskFuture<Void> submit(Action action) {
    return asVoid(accept(TaskOptions.none(), new TaskCall.OfAction(nonNull(action))));
  }

  @Override
  public final <T extends @Nullable Object> TaskFuture<T> submit(Callable<T> task) {
    return accept(TaskOptions.none(), nonNull(task));
  }

  @Override
  public final TaskFuture<?> submit(Runnable task) {
    return accept(TaskOptions.none(), callOf(nonNull(task)));
  }

  private static Callable<?> callOf(Runnable task) {
    return task instanceof Action action
        ? new TaskCall.OfAction(action)
        : new TaskCall.OfRunnable<@Nullable Object>(task, null);
  }

  @Override
  public final <T extends @Nullable Object> TaskFuture<T> submit(Runnable task, T result) {
    return accept(TaskOptions.none(), new TaskCall.OfRunnable<>(nonNull(task), result));
  }

  @Override
  public final <A extends @Nullable Object, R extends @Nullable Object> TaskFuture<R> submit(
      TaskFunction<A, R> function, A argument) {
    return accept(
        TaskOptions.none(),
        new TaskCall.OfFunction<>(Objects.requireNonNull(function, "function"), argument));
  }

  @Override
  public final <T extends @Nullable Object> TaskFuture<T> submit(
      TaskOptions options, Task<T> task) {
    return accept(Objects.requireNonNull(options, "options"), nonNull(task));
  }

  @Override
  public final TaskFuture<Void> submit(TaskOptions options, Action action) {
    return asVoid(
        accept(Objects.requireNonNull(options, "options"), new TaskCall.OfAction(nonNull(action))));
  }

  @Override
  public final <T extends @Nullable Object> List<TaskFuture<T>> submitAll(
      Collection<? extends Task<T>> tasks) {
    return acceptAll(tasks);
  }

  private <T extends @Nullable Object> List<TaskFuture<T>> acceptAll(
      Collection<? extends Callable<T>> tasks) {
    tasks.forEach(SubmitMethods::nonNull);
    List<TaskFuture<T>> futures = new ArrayList<>(tasks.size());
    boolean accepted = false;
    try {
      for (Callable<T> task : tasks) {
        futures.add(accept(TaskOptions.none(), task));
      }
      accepted = true;
      return futures;
    } finally {
      if (!accepted) {
        cancelAll(futures);
      }
    }
  }

  private static void cancelAll(List<? extends TaskFuture<?>> futures) {
    futures.reversed().forEach(future -> future.cancel(CancelMode.INTERRUPT));
  }

  @Override
  public final <T extends @Nullable Object> TaskFuture<T> submitAsync(AsyncTask<T> task) {
    return accept(TaskOptions.none(), new TaskCall.OfStage<>(nonNull(task)));
  }

  @Override
  public final <T extends @Nullable Object> TaskFuture<T> submitAsync(
      TaskOptions options, AsyncTask<T> task) {
    return accept(
        Objects.requireNonNull(options, "options"), new TaskCall.OfStage<>(nonNull(task)));
  }

  @Override
  public final void execute(Runnable task) {
    acceptLogged(TaskOptions.none(), callOf(nonNull(task)));
  }

  @Override
  public final void execute(Action action) {
    acceptLogged(TaskOptions.none(), new TaskCall.OfAction(nonNull(action)));
  }

  @Override
  public final <A extends @Nullable Object, R extends @Nullable Object> Results<R> map(
      TaskFunction<A, R> function, Iterable<? extends A> inputs) {
    return map(MapOptions.none(), function, inputs);
  }

  @Override
  public final <A extends @Nullable Object, R extends @Nullable Object> Results<R> map(
      MapOptions options, TaskFunction<A, R> function, Iterable<? extends A> inputs) {
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(function, "function");
    return MappedResults.begin(new MapSubmitter(), options, function, inputs);
  }

  /** This executor as a map sees it. */
  private class MapSubmitter implements Submitter {

    @Override
    public <T extends @Nullable Object> BatonFuture<T> submit(
        TaskOptions options, Callable<? extends T> body, Consumer<? super BatonFuture<T>> first) {
      return Waits.adopt(SubmitMethods.this.submit(options, body, null, first));
    }

    @Override
    public final Submitter asOfThisThread() {
      return new StandIn(SubmitterContext.ofThisThread());
    }

    @Override
    public final Home home() {
      return SubmitMethods.this.home();
    }

    @Override
    public final boolean encodes() {
      return capabilities().encodes();
    }
  }

  /** Submits as another thread would have. */
  private final class StandIn extends MapSubmitter {

    private final SubmitterContext context;

    StandIn(SubmitterContext context) {
      this.context = context;
    }

    @Override
    public <T extends @Nullable Object> BatonFuture<T> submit(
        TaskOptions options, Callable<? extends T> body, Consumer<? super BatonFuture<T>> first) {
      return context.get(() -> Waits.adopt(submitWithin(context.budget(), options, body, first)));
    }
  }

  @Override
  public final <A extends @Nullable Object, R extends @Nullable Object>
      Function<A, TaskFuture<R>> bind(TaskFunction<A, R> function) {
    return bind(TaskOptions.none(), function);
  }

  @Override
  public final <A extends @Nullable Object, R extends @Nullable Object>
      Function<A, TaskFuture<R>> bind(TaskOptions options, TaskFunction<A, R> function) {
    Objects.requireNonNull(options, "options");
    Objects.requireNonNull(function, "function");
    return argument -> accept(options, new TaskCall.OfFunction<>(function, argument));
  }

  @Override
  public final <C, A extends @Nullable Object, R extends @Nullable Object>
      Function<A, TaskFuture<R>> bind(Task<C> perWorker, TaskBiFunction<C, A, R> function) {
    Objects.requireNonNull(perWorker, "perWorker");
    Objects.requireNonNull(function, "function");
    String key = CLIENT + CLIENTS.incrementAndGet();
    return argument ->
        accept(TaskOptions.none(), new TaskCall.OfClient<>(key, perWorker, function, argument));
  }

  @Override
  public final <T extends @Nullable Object> List<Future<T>> invokeAll(
      Collection<? extends Callable<T>> tasks) throws InterruptedException {
    return Invocations.all(acceptAll(tasks), null);
  }

  @Override
  public final <T extends @Nullable Object> List<Future<T>> invokeAll(
      Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException {
    long nanos = unit.toNanos(timeout);
    return Invocations.all(acceptAll(tasks), nanos);
  }

  @Override
  public final <T extends @Nullable Object> T invokeAny(Collection<? extends Callable<T>> tasks)
      throws InterruptedException, ExecutionException {
    try {
      return Invocations.any(acceptAll(tasks), null);
    } catch (TimeoutException impossible) {
      throw new AssertionError("There was no time limit.", impossible);
    }
  }

  @Override
  public final <T extends @Nullable Object> T invokeAny(
      Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit)
      throws InterruptedException, ExecutionException, TimeoutException {
    long nanos = unit.toNanos(timeout);
    return Invocations.any(acceptAll(tasks), nanos);
  }
}
