package dev.baton.internal.executor;

import dev.baton.BackendException;
import dev.baton.CancelMode;
import dev.baton.Capabilities;
import dev.baton.ShutdownMode;
import dev.baton.internal.task.SubmittedTask;
import dev.baton.spi.AwaitHook;
import dev.baton.spi.Backend;
import dev.baton.spi.Backend.Withdrawal;
import dev.baton.spi.BackendHost;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Adapts a backend that is plugged in: each task gets a {@link RunHandle} for its way down. */
final class BackendEngine implements Engine {

  private final BatonExecutor executor;
  private final Dispatcher dispatcher;
  private final Backend backend;
  private final Map<SubmittedTask<?>, RunHandle> runs = new ConcurrentHashMap<>();

  private BackendEngine(BatonExecutor executor, int limit, Function<BackendHost, Backend> opener) {
    this.executor = executor;
    this.dispatcher = new Dispatcher(this, limit, 0);
    this.backend =
        Objects.requireNonNull(
            opener.apply(new Host(this)), "The provider opened no backend: null.");
  }

  /** Opens a backend and returns the engine in front of it. */
  static Engine open(
      BatonExecutor executor, @Nullable Integer limit, Function<BackendHost, Backend> opener) {
    int room = limit == null ? Dispatcher.UNLIMITED : limit;
    return new BackendEngine(executor, room, opener).dispatcher;
  }

  /** Core's side of the backend. */
  private record Host(BackendEngine engine) implements BackendHost {

    @Override
    public String executor() {
      return engine.executor.name();
    }

    @Override
    public void credit(int runs) {
      if (runs < 1) {
        throw new IllegalArgumentException("runs must be at least 1: " + runs);
      }
      engine.dispatcher.credit(runs);
    }

    @Override
    public void broken(Throwable cause) {
      Objects.requireNonNull(cause, "cause");
      engine.executor.broken(
          new BackendException("Backend " + engine.executor.backend() + " broke: " + cause, cause));
    }
  }

  private RunHandle run(SubmittedTask<?> task) {
    return runs.computeIfAbsent(task, t -> new RunHandle(t, this));
  }

  void startAgain(SubmittedTask<?> task) {
    dispatcher.startAgain(task);
  }

  @Override
  public void prepare(SubmittedTask<?> task) {
    backend.prepare(run(task));
  }

  @Override
  public void start(SubmittedTask<?> task) {
    RunHandle run = run(task);
    if (run.begin(backend.ownsClaim())) {
      backend.start(run);
    } else {
      // Withdrawn between the queue and here: the backend never sees it, so its credit is unused.
      dispatcher.credit(1);
    }
  }

  @Override
  public void withdrawn(SubmittedTask<?> task) {
    RunHandle run = runs.get(task);
    if (run != null && run.isWithBackend() && !backend.ownsClaim()) {
      backend.cancel(run, CancelMode.IF_PENDING);
    }
  }

  @Override
  public boolean cancelSent(SubmittedTask<?> task, CancelMode mode) {
    return backend.ownsClaim() && backend.cancel(run(task), mode) == Withdrawal.WITHDRAWN;
  }

  @Override
  public OptionalLong begunAt(SubmittedTask<?> task) {
    return backend.begunAt(run(task));
  }

  @Override
  public void lend(SubmittedTask<?> task) {
    backend.lend(run(task));
  }

  @Override
  public void resume(SubmittedTask<?> task) {
    backend.resume(run(task));
  }

  @Override
  public void bodyOver(SubmittedTask<?> task) {
    runs.remove(task);
  }

  @Override
  public AwaitHook awaitHook() {
    return backend.awaitHook();
  }

  @Override
  public Executor callbacks() {
    return backend.callbacks();
  }

  @Override
  public Capabilities capabilities() {
    return backend.capabilities();
  }

  @Override
  public void forEachStarted(Consumer<SubmittedTask<?>> visitor) {
    runs.keySet().forEach(visitor);
  }

  @Override
  public void shutdown(ShutdownMode mode) {
    backend.shutdown(mode);
  }

  @Override
  public void close() {
    backend.close();
  }

  @Override
  public String status() {
    return dispatcher.status() + System.lineSeparator() + backend.status();
  }
}
