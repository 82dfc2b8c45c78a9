package dev.baton.internal.executor;

import dev.baton.BackendException;
import dev.baton.Baton;
import dev.baton.CancelMode;
import dev.baton.Capabilities;
import dev.baton.ShutdownMode;
import dev.baton.event.BatonEvent;
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
final class BackendEngine implements Engine, RunHandle.Source {

  private final BatonExecutor executor;

  /** Whether tasks come here without having waited in the dispatcher. */
  private final boolean isDirect;

  private final HostThread.Crew crew;
  private final Dispatcher dispatcher;
  private final Backend backend;
  private final Map<SubmittedTask<?>, RunHandle> runs = new ConcurrentHashMap<>();

  /** What broke the backend before the executor could hear of it; guarded by this, as is isOpen. */
  private @Nullable Throwable brokenEarly;

  private boolean isOpen;

  private BackendEngine(BatonExecutor executor, Backend backend) {
    this.executor = executor;
    this.isDirect = true;
    this.crew = new HostThread.Crew(executor);
    this.dispatcher = new Dispatcher(this, Dispatcher.UNLIMITED, Dispatcher.UNLIMITED);
    this.backend = backend;
  }

  private BackendEngine(BatonExecutor executor, int limit, Function<BackendHost, Backend> opener) {
    this.executor = executor;
    this.isDirect = false;
    this.crew = new HostThread.Crew(executor);
    this.dispatcher = new Dispatcher(this, limit, 0);
    this.backend =
        Objects.requireNonNull(
            opener.apply(new Host(this)), "The provider opened no backend: null.");
  }

  /** Opens a backend and returns the engine in front of it. */
  static Engine open(
      BatonExecutor executor, @Nullable Integer limit, Function<BackendHost, Backend> opener) {
    int room = limit == null ? Dispatcher.UNLIMITED : limit;
    BackendEngine engine = new BackendEngine(executor, room, opener);
    Throwable cause = engine.open();
    if (cause != null) {
      engine.backend.close();
      throw new BackendException(
          "Backend " + executor.backend() + " broke while it was opened: " + cause, cause);
    }
    return engine.backend.ownsQueue()
        ? BatonExecutor.limited(new OwnQueueEngine(engine.backend, engine.crew), limit)
        : engine.dispatcher;
  }

  /**
   * Returns an engine without a queue, for a backend that takes whatever it is given: a task is
   * with it when its submission returns.
   */
  static Engine direct(BatonExecutor executor, Backend backend) {
    return new BackendEngine(executor, backend);
  }

  private synchronized @Nullable Throwable open() {
    isOpen = true;
    return brokenEarly;
  }

  private void broken(Throwable cause) {
    synchronized (this) {
      if (!isOpen) {
        brokenEarly = cause;
        return;
      }
    }
    executor.broken(
        new BackendException("Backend " + executor.backend() + " broke: " + cause, cause));
  }

  /** Core's side of the backend. */
  private record Host(BackendEngine engine) implements BackendHost {

    @Override
    public String executor() {
      return engine.executor.name();
    }

    @Override
    public Baton baton() {
      return engine.executor;
    }

    @Override
    public void credit(int runs) {
      if (runs < 1) {
        throw new IllegalArgumentException("runs must be at least 1: " + runs);
      }
      engine.dispatcher.credit(runs);
    }

    @Override
    public void emit(BatonEvent event) {
      engine.executor.emit(Objects.requireNonNull(event, "event"));
    }

    @Override
    public Thread newThread(String name, Runnable body) {
      return engine.crew.newThread(
          Objects.requireNonNull(name, "name"), Objects.requireNonNull(body, "body"));
    }

    @Override
    public @Nullable Runnable currentBody() {
      return engine.crew.currentBody();
    }

    @Override
    public void broken(Throwable cause) {
      engine.broken(Objects.requireNonNull(cause, "cause"));
    }
  }

  @Override
  public boolean lend(SubmittedTask<?> task, Lending.Wait wait) {
    return executor.lend(task, wait);
  }

  @Override
  public void startAgain(SubmittedTask<?> task) {
    if (isDirect) {
      startDirectly(task);
    } else {
      dispatcher.startAgain(task);
      executor.stopIfStopping(task);
    }
  }

  /** Submits a task once more where its submission is its start. */
  private void startDirectly(SubmittedTask<?> task) {
    try {
      prepare(task);
      start(task);
    } catch (Throwable refused) {
      task.fail(refused);
    }
  }

  @Override
  public void prepare(SubmittedTask<?> task) {
    backend.prepare(new RunHandle(task, this));
  }

  @Override
  public void start(SubmittedTask<?> task) {
    RunHandle run = new RunHandle(task, this);
    runs.put(task, run);
    if (run.begin(backend.ownsClaim())) {
      backend.start(run);
    } else if (isDirect) {
      // Withdrawn while it was submitted, when the backend could not yet be told. It can now.
      backend.cancel(run, CancelMode.INTERRUPT);
    } else {
      // Withdrawn between the queue and here: the backend never sees it, so its credit is unused.
      dispatcher.credit(1);
    }
    if (task.isBodyOver()) {
      runs.remove(task);
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
  public boolean withdrawSent(SubmittedTask<?> task) {
    RunHandle run = runs.get(task);
    return run != null && backend.cancel(run, CancelMode.IF_PENDING) == Withdrawal.WITHDRAWN;
  }

  @Override
  public void stopSent(SubmittedTask<?> task, int attempt, CancelMode mode) {
    RunHandle run = runs.get(task);
    if (run != null
        && run.attempt() == attempt
        && backend.ownsClaim()
        && backend.cancel(run, mode) == Withdrawal.WITHDRAWN
        && task.isAskedToStop()) {
      task.cancelPending(); // it was on its way to a second attempt
    }
  }

  @Override
  public OptionalLong begunAt(SubmittedTask<?> task) {
    RunHandle run = runs.get(task);
    return run == null ? OptionalLong.empty() : backend.begunAt(run);
  }

  @Override
  public boolean lends() {
    return backend.lends();
  }

  @Override
  public void lend(SubmittedTask<?> task) {
    backend.lend(new RunHandle(task, this));
  }

  @Override
  public void resume(SubmittedTask<?> task) {
    backend.resume(new RunHandle(task, this));
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
    return backend.status();
  }
}
