package dev.baton.internal.executor;

import dev.baton.BackendOptions;
import dev.baton.BatonStats;
import dev.baton.Capabilities;
import dev.baton.CommonOptions;
import dev.baton.GroupOptions;
import dev.baton.ShutdownMode;
import dev.baton.TaskFuture;
import dev.baton.TaskGroup;
import dev.baton.TaskOptions;
import dev.baton.internal.future.Home;
import dev.baton.internal.future.Occupant;
import dev.baton.internal.group.Group;
import dev.baton.internal.group.Submitter;
import dev.baton.internal.task.Budget;
import dev.baton.internal.task.SubmittedTask;
import dev.baton.internal.task.Visitor;
import dev.baton.spi.RemoteExecutor;
import dev.baton.spi.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An executor as bodies see it that run where it is not. Futures, waits and timeouts are those of
 * an executor of this JVM whose backend is the way to the real one; shutting down is for the latter
 * alone.
 */
final class NestedBaton extends SubmitMethods implements Submitter {

  private final RemoteExecutor remote;
  private final BatonExecutor here;

  /** Numbers tasks that have no name of their own; guards nothing. */
  private final AtomicLong numbers = new AtomicLong();

  NestedBaton(RemoteExecutor remote) {
    this.remote = remote;
    Options plain = new Options(remote.backend(), CommonOptions.lending(0));
    Duration timeout = remote.timeout();
    Options options = timeout == null ? plain : plain.timeout(timeout);
    this.here = new BatonExecutor(remote.name(), options, new Factory(remote, options));
  }

  /** Returns the executor here and never this: whoever waits has to meet one home, not two. */
  @Override
  public Home home() {
    return here;
  }

  @Override
  <T extends @Nullable Object> TaskFuture<T> submitWithin(
      @Nullable Budget budget,
      TaskOptions options,
      Callable<? extends T> body,
      Consumer<? super SubmittedTask<T>> first) {
    return here.submitWithin(budget, within(budget, options), body, first);
  }

  @Override
  public <T extends @Nullable Object> TaskFuture<T> cancelledMember(
      TaskOptions options, Callable<? extends T> body) {
    return here.cancelledMember(within(Budget.ofCurrentTask(), options), body);
  }

  @Override
  public TaskGroup group(GroupOptions options) {
    return Group.open(this, Objects.requireNonNull(options, "options"));
  }

  @Override
  void acceptLogged(TaskOptions options, Callable<?> body) {
    here.acceptLogged(within(Budget.ofCurrentTask(), options), body);
  }

  /**
   * Gives a task the name under which it is known on both sides, for its ids there and here differ,
   * and the time that it may take: its body, which runs elsewhere, sees that as its deadline.
   */
  private TaskOptions within(@Nullable Budget budget, TaskOptions options) {
    TaskOptions named =
        options.name() == null && Occupant.current() instanceof Visitor parent
            ? options.name(parent.name() + "." + numbers.incrementAndGet())
            : options;
    if (budget == null || !budget.isTighterThan(options.deadline())) {
      return named;
    }
    Duration left = budget.left();
    return named.deadline(left.isZero() ? Duration.ofNanos(1) : left);
  }

  @Override
  public void shutdown() {
    shutdown(ShutdownMode.DRAIN);
  }

  @Override
  public void shutdown(ShutdownMode mode) {
    remote.shutdown(Objects.requireNonNull(mode, "mode"));
  }

  @Override
  public List<Runnable> shutdownNow() {
    remote.shutdownNow();
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return remote.isShutdown();
  }

  /** While anybody can ask here, a worker is there, and so is its executor. */
  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(Duration timeout) throws InterruptedException {
    return here.awaitTermination(timeout);
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return here.awaitTermination(timeout, unit);
  }

  @Override
  public void close() {
    String task = Occupant.current() instanceof Occupant one ? "Task " + one.name() : "A worker";
    throw new IllegalStateException(
        task
            + " cannot close its own executor, which would wait for it: "
            + this
            + ". Close it where it was opened, or call shutdown().");
  }

  @Override
  public String name() {
    return remote.name();
  }

  @Override
  public Capabilities capabilities() {
    return here.capabilities();
  }

  @Override
  public BatonStats stats() {
    return here.stats();
  }

  @Override
  public String dump() {
    return "As seen from a worker: " + here.dump();
  }

  @Override
  public String toString() {
    return here.toString();
  }

  /** Opens the way to the real executor. */
  private record Factory(RemoteExecutor remote, BackendOptions defaults) implements EngineFactory {

    @Override
    public String name() {
      return remote.backend();
    }

    @Override
    public List<Setting> settings() {
      return List.of();
    }

    @Override
    public Engine open(BackendOptions options, BatonExecutor executor) {
      return BackendEngine.direct(executor, remote);
    }
  }

  /** What of the real executor's options counts here too. */
  private record Options(String backend, CommonOptions common)
      implements BackendOptions.Fluent<Options> {

    @Override
    public Options with(CommonOptions newCommon) {
      return new Options(backend, newCommon);
    }
  }
}
