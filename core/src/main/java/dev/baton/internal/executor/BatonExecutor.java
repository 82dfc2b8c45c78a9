package dev.baton.internal.executor;

import dev.baton.BackendOptions;
import dev.baton.Baton;
import dev.baton.BatonStats;
import dev.baton.CancelMode;
import dev.baton.Capabilities;
import dev.baton.GroupOptions;
import dev.baton.ShutdownMode;
import dev.baton.TaskFuture;
import dev.baton.TaskGroup;
import dev.baton.TaskOptions;
import dev.baton.TaskRejectedException;
import dev.baton.event.BatonEvent;
import dev.baton.event.BatonListener;
import dev.baton.internal.context.ContextPropagation;
import dev.baton.internal.executor.Lifecycle.State;
import dev.baton.internal.future.Awaited;
import dev.baton.internal.future.Home;
import dev.baton.internal.future.Nanos;
import dev.baton.internal.future.Occupant;
import dev.baton.internal.future.Waits;
import dev.baton.internal.group.Group;
import dev.baton.internal.group.Submitter;
import dev.baton.internal.task.BorrowedThread;
import dev.baton.internal.task.Budget;
import dev.baton.internal.task.ReturnedBody;
import dev.baton.internal.task.SubmittedTask;
import dev.baton.internal.task.TaskOwner;
import dev.baton.internal.task.TravellingBody;
import dev.baton.spi.AwaitHook;
import dev.baton.spi.WorkerScope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An executor: what it admits, what it does for its tasks, and how it is stopped. */
public final class BatonExecutor extends SubmitMethods implements TaskOwner, Submitter {

  private static final Logger LOG = LoggerFactory.getLogger(BatonExecutor.class);

  private final Lifecycle life;
  private final String name;
  private final String backend;
  private final TaskOptions defaults;
  private final List<BatonListener> listeners;
  private final Lending lending;
  private final WorkerScope sharedScope;
  private final Engine engine;
  private final @Nullable Admission admission;
  private final @Nullable Travel travel;
  private final @Nullable ContextPropagation context;

  /** Bodies that go on as open stages, without a thread. */
  private final Set<SubmittedTask<?>> opened = ConcurrentHashMap.newKeySet();

  /** Tasks that their submitters run, and which hold no place. */
  private final Set<SubmittedTask<?>> withCaller = ConcurrentHashMap.newKeySet();

  /**
   * Tasks that wait for their next attempt, with its number. Each is here before it is pending
   * again and until the engine has it, so that no shutdown misses it; by the number it stays here
   * if that attempt has failed meanwhile and it waits again.
   */
  private final Map<SubmittedTask<?>, Integer> pausing = new ConcurrentHashMap<>();

  /** What broke the backend, written before the state leaves OPEN for it. */
  private volatile @Nullable Throwable brokenBy;

  /** Opens an executor. The factory may use it, except for submitting, before this returns. */
  BatonExecutor(String name, BackendOptions options, EngineFactory factory) {
    this.name = name;
    this.life = new Lifecycle(name, this::release);
    this.backend = factory.name();
    Duration timeout = options.common().timeout();
    this.defaults = timeout == null ? TaskOptions.none() : TaskOptions.none().timeout(timeout);
    this.listeners = options.common().listeners();
    this.lending = new Lending(name, options.common().lend());
    this.sharedScope = new WorkerScope(options.common().resources());
    this.admission = factory.admission(options, this);
    this.engine = factory.open(options, this);
    this.travel = options.common().isPortable() ? findTravel(engine) : null;
    this.context = ContextPropagation.find(travel != null || engine.capabilities().encodes());
    emit(new BatonEvent.ExecutorOpened(name, backend));
  }

  /** Finds what copies the bodies of an engine that does not, or closes the engine. */
  private static @Nullable Travel findTravel(Engine engine) {
    if (engine.capabilities().encodes()) {
      return null;
    }
    try {
      return Travel.find();
    } catch (RuntimeException | Error missing) {
      engine.close();
      throw missing;
    }
  }

  /** Puts a limit in front of an engine that takes whatever it is given. */
  public static Engine limited(Engine engine, @Nullable Integer limit) {
    return limit == null ? engine : new Dispatcher(engine, limit, Dispatcher.UNLIMITED);
  }

  @Override
  <T extends @Nullable Object> TaskFuture<T> submitWithin(
      @Nullable Budget budget,
      TaskOptions options,
      Callable<? extends T> body,
      Consumer<? super SubmittedTask<T>> first) {
    TaskOptions effective = withDefaults(options);
    boolean hasPlace = enter(effective);
    SubmittedTask<T> task =
        new SubmittedTask<>(this, countIn(effective, hasPlace), effective, travelling(body));
    tell(first, task, hasPlace);
    begin(task, budget, hasPlace);
    return task;
  }

  private <T extends @Nullable Object> void tell(
      Consumer<? super SubmittedTask<T>> first, SubmittedTask<T> task, boolean hasPlace) {
    try {
      first.accept(task);
    } catch (Throwable failure) {
      if (!hasPlace) {
        withCaller.add(task);
      }
      task.submitted();
      task.fail(failure);
      throw failure;
    }
  }

  @Override
  public <T extends @Nullable Object> TaskFuture<T> cancelledMember(
      TaskOptions options, Callable<? extends T> body) {
    SubmittedTask<T> task = new SubmittedTask<>(this, countIn(options, false), options, body);
    withCaller.add(task); // it holds no place
    task.submitted();
    task.cancel(CancelMode.IF_PENDING);
    return task;
  }

  @Override
  public TaskGroup group(GroupOptions options) {
    return Group.open(this, Objects.requireNonNull(options, "options"));
  }

  @Override
  void acceptLogged(TaskOptions options, Callable<?> body) {
    TaskOptions effective = withDefaults(options);
    boolean hasPlace = enter(effective);
    long id = countIn(effective, hasPlace);
    LoggedTask<?> task = new LoggedTask<>(this, id, effective, travelling(body));
    begin(task, Budget.ofCurrentTask(), hasPlace);
  }

  private <T extends @Nullable Object> Callable<? extends T> travelling(
      Callable<? extends T> body) {
    Callable<? extends T> whole = context == null ? body : context.around(body);
    return travel == null ? whole : travel.around(whole);
  }

  @SuppressWarnings("ReferenceEquality") // a shortcut for those who ask for nothing
  private TaskOptions withDefaults(TaskOptions options) {
    if (options == TaskOptions.none()) {
      return defaults;
    }
    Duration timeout = defaults.timeout();
    return timeout == null || options.timeout() != null ? options : options.timeout(timeout);
  }

  /**
   * Takes a place if places are bounded; returns false if the caller has to run the task itself.
   */
  private boolean enter(TaskOptions options) {
    if (admission == null || admission.tryEnter()) {
      return true;
    }
    return switch (admission.overflow()) {
      case BLOCK -> {
        awaitPlace(admission, options);
        yield true;
      }
      case REJECT -> {
        life.counts().refuse();
        throw rejection(options, "the queue is full");
      }
      case CALLER_RUNS -> false;
    };
  }

  private void awaitPlace(Admission places, TaskOptions options) {
    Admission.Place place = places.queueUp();
    try {
      Waits.await(place, false, 0);
    } catch (InterruptedException interrupted) {
      place.abandon();
      life.counts().refuse();
      Thread.currentThread().interrupt();
      throw rejection(options, "its submitter was interrupted while it waited for a place");
    } catch (TaskRejectedException cannotLend) {
      place.abandon();
      life.counts().refuse();
      throw cannotLend;
    }
    if (!place.isGranted()) {
      life.counts().refuse();
      throw rejection(options, "the executor was shut down");
    }
  }

  /** Counts a task in and returns its id, or throws if it comes too late. */
  private long countIn(TaskOptions options, boolean hasPlace) {
    long id = life.enter();
    if (id == Lifecycle.TOO_LATE) {
      if (hasPlace) {
        leavePlace();
      }
      throw rejection(options, "the executor is shut down");
    }
    return id;
  }

  private TaskRejectedException rejection(TaskOptions options, String why) {
    String what = options.name() == null ? "A task" : "Task " + options.name();
    return new TaskRejectedException(
        what + " was rejected, because " + why + ": " + this, brokenBy);
  }

  private void begin(SubmittedTask<?> task, @Nullable Budget budget, boolean hasPlace) {
    if (budget != null) {
      task.boundBy(budget);
    }
    if (hasPlace) {
      task.submitted();
      if (task.isBodyOver()) {
        return; // its time was up before it came
      }
      start(task);
      rejectIfStopping(task);
    } else {
      runOnCaller(task);
    }
  }

  /** Takes back a task that a shutdownNow may have missed because it came at the same time. */
  private void rejectIfStopping(SubmittedTask<?> task) {
    if (life.state() == State.STOPPING && task.cancelPendingOrStop(CancelMode.INTERRUPT)) {
      throw rejection(task.options(), "the executor is shut down");
    }
  }

  private void runOnCaller(SubmittedTask<?> task) {
    withCaller.add(task);
    task.submitted();
    rejectIfStopping(task);
    try {
      pack(task);
    } catch (Throwable failure) {
      task.fail(failure);
    }
    BorrowedThread.run(task);
  }

  private static void pack(SubmittedTask<?> task) {
    if (task.body() instanceof TravellingBody<?> body) {
      body.pack();
    }
  }

  private void start(SubmittedTask<?> task) {
    try {
      pack(task);
      engine.prepare(task);
      engine.start(task);
    } catch (TaskRejectedException rejected) {
      task.fail(rejected);
      throw rejected;
    } catch (Throwable failure) {
      task.fail(failure);
    }
  }

  @Override
  public Baton baton() {
    return this;
  }

  @Override
  public Home home() {
    return this;
  }

  @Override
  public void withdrawn(SubmittedTask<?> task) {
    engine.withdrawn(task);
  }

  @Override
  public boolean withdrawSent(SubmittedTask<?> task) {
    return engine.withdrawSent(task);
  }

  @Override
  public void stopSent(SubmittedTask<?> task, int attempt, CancelMode mode) {
    engine.stopSent(task, attempt, mode);
  }

  @Override
  public OptionalLong begunAt(SubmittedTask<?> task) {
    return engine.begunAt(task);
  }

  @Override
  public boolean lend(SubmittedTask<?> task, Awaited awaited) {
    return lend(task, Lending.Wait.of(awaited));
  }

  /** Lends the slot of a task that waits here or elsewhere; returns whether there is one. */
  boolean lend(SubmittedTask<?> task, Lending.Wait wait) {
    if (!engine.lends()) {
      return false;
    }
    lending.lend(task, wait);
    if (admission != null) {
      admission.leave();
    }
    engine.lend(task);
    return true;
  }

  @Override
  public void resume(SubmittedTask<?> task) {
    engine.resume(task);
    if (admission != null) {
      admission.shrink();
    }
    lending.resume(task);
  }

  @Override
  public AwaitHook awaitHook() {
    return engine.awaitHook();
  }

  @Override
  public boolean isWorthALook(long id) {
    return engine.isWorthALook(life.counts().entered() - id);
  }

  @Override
  public Executor callbacks() {
    return engine.callbacks();
  }

  @Override
  public WorkerScope sharedScope() {
    return sharedScope;
  }

  @Override
  public void opened(SubmittedTask<?> task) {
    opened.add(task);
    engine.opened(task);
  }

  @Override
  public void attemptOver(SubmittedTask<?> task) {
    opened.remove(task);
    engine.bodyOver(task);
  }

  @Override
  public void aboutToPause(SubmittedTask<?> task) {
    pausing.put(task, task.attempt());
  }

  @Override
  public void pausing(SubmittedTask<?> task) {
    stopIfStopping(task);
    if (task.isBodyOver()) {
      pausing.remove(task);
    }
  }

  /** Stops a task that goes back to where it waits, and may be missed there by a shutdown. */
  void stopIfStopping(SubmittedTask<?> task) {
    if (life.state() != State.STOPPING) {
      return;
    }
    Throwable cause = brokenBy;
    if (cause == null) {
      task.cancelPendingOrStop(CancelMode.INTERRUPT);
    } else {
      task.fail(cause);
    }
  }

  @Override
  public void startAgain(SubmittedTask<?> task) {
    int attempt = task.attempt();
    try {
      engine.prepare(task);
      engine.start(task);
    } catch (Throwable failure) {
      task.fail(failure);
    } finally {
      pausing.remove(task, attempt);
    }
    stopIfStopping(task);
  }

  @Override
  public void bodyOver(SubmittedTask<?> task) {
    if (!opened.isEmpty()) {
      opened.remove(task);
    }
    if (!pausing.isEmpty()) {
      pausing.remove(task);
    }
    if (withCaller.isEmpty() || !withCaller.remove(task)) {
      leavePlace();
    }
    engine.bodyOver(task);
  }

  private void leavePlace() {
    if (admission != null) {
      admission.leave();
    }
  }

  @Override
  public void ended(SubmittedTask<?> task) {
    life.exit(task);
  }

  @Override
  public boolean hasListeners() {
    return !listeners.isEmpty();
  }

  @Override
  public void emit(BatonEvent event) {
    for (BatonListener listener : listeners) {
      try {
        listener.on(event);
      } catch (Throwable failure) {
        LOG.error("A listener of {} threw at {}", name, event, failure);
      }
    }
  }

  @Override
  public void shutdown() {
    shutdown(ShutdownMode.DRAIN);
  }

  @Override
  public void shutdown(ShutdownMode mode) {
    Objects.requireNonNull(mode, "mode");
    switch (mode) {
      case DRAIN -> moveTo(State.DRAINING, mode);
      case CANCEL_PENDING -> {
        moveTo(State.DRAINING, mode);
        forEachUnfinished(SubmittedTask::cancelPending);
      }
      case TERMINATE -> stopAll(CancelMode.KILL);
    }
    life.terminateIfIdle();
  }

  @Override
  public List<Runnable> shutdownNow() {
    List<Runnable> returned = stopAll(CancelMode.INTERRUPT);
    life.terminateIfIdle();
    return returned;
  }

  /** Returns what never began, in the order of submission. */
  private List<Runnable> stopAll(CancelMode mode) {
    moveTo(State.STOPPING, ShutdownMode.TERMINATE);
    SortedMap<Long, Runnable> returned = new TreeMap<>();
    List<SubmittedTask<?>> begun = new ArrayList<>();
    forEachUnfinished(
        task -> {
          if (!takeBack(task, SubmittedTask::cancelPending, returned)) {
            begun.add(task);
          }
        });
    // Only now: what a backend lets wait behind a body must not begin because that was stopped.
    begun.forEach(task -> takeBack(task, each -> each.cancelPendingOrStop(mode), returned));
    return new ArrayList<>(returned.values());
  }

  private static boolean takeBack(
      SubmittedTask<?> task,
      Predicate<SubmittedTask<?>> cancel,
      SortedMap<Long, Runnable> returned) {
    Callable<?> body = task.body();
    boolean cancelled = cancel.test(task);
    if (cancelled && body != null) {
      returned.put(task.id(), new ReturnedBody(body));
    }
    return cancelled;
  }

  private void moveTo(State next, ShutdownMode mode) {
    if (life.moveTo(next)) {
      emit(new BatonEvent.ExecutorShutdown(name));
      if (admission != null) {
        admission.close();
      }
    }
    engine.shutdown(mode);
  }

  /** Is told that the backend cannot go on. */
  void broken(Throwable cause) {
    if (life.isIdle()) {
      LOG.debug("The backend of {}, which has no tasks, broke", this, cause);
    } else {
      LOG.error("The backend of {} broke", this, cause);
    }
    brokenBy = cause;
    moveTo(State.STOPPING, ShutdownMode.TERMINATE);
    forEachUnfinished(task -> task.fail(cause));
    life.terminateIfIdle();
  }

  /**
   * Visits them in the order in which they move on, so that none is missed; those that move back to
   * pausing meanwhile may be visited twice.
   */
  private void forEachUnfinished(Consumer<SubmittedTask<?>> visitor) {
    pausing.keySet().forEach(visitor);
    engine.forEachWaiting(visitor);
    engine.forEachStarted(visitor);
    opened.forEach(visitor);
    withCaller.forEach(visitor);
    pausing.keySet().forEach(visitor);
  }

  private void release() {
    try (sharedScope) {
      engine.close();
    } catch (Throwable failure) {
      LOG.error("Closing the backend of {} failed", this, failure);
    }
    emit(new BatonEvent.ExecutorTerminated(name));
  }

  @Override
  public boolean isShutdown() {
    return life.state() != State.OPEN;
  }

  @Override
  public boolean isTerminated() {
    return life.state() == State.TERMINATED;
  }

  @Override
  public boolean awaitTermination(Duration timeout) throws InterruptedException {
    return life.await(Nanos.of(timeout));
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    return life.await(unit.toNanos(timeout));
  }

  @Override
  public void close() {
    Occupant occupant = Occupant.current();
    if (occupant instanceof HostThread.Crew crew && crew.isOf(this)) {
      throw new IllegalStateException(
          "A callback on a thread of its executor cannot close it, which would wait for the"
              + " callback: "
              + this);
    }
    if (occupant instanceof Occupant task && task.isOf(this)) {
      throw new IllegalStateException(
          "Task "
              + task.name()
              + " cannot close its own executor, which would wait for it: "
              + this);
    }
    shutdown();
    life.awaitEnd(this::shutdownNow);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String backend() {
    return backend;
  }

  @Override
  public Capabilities capabilities() {
    Capabilities below = engine.capabilities();
    return travel == null
        ? below
        : new Capabilities(below.separateProcess(), below.forcedStop(), true);
  }

  private List<SubmittedTask<?>> running() {
    Set<SubmittedTask<?>> running = new LinkedHashSet<>();
    engine.forEachStarted(running::add);
    running.addAll(opened);
    running.addAll(withCaller);
    running.forEach(SubmittedTask::lookWhetherBegun);
    running.removeIf(task -> !task.isBodyActive());
    return List.copyOf(running);
  }

  @Override
  public BatonStats stats() {
    return Report.stats(life.counts(), running().size(), lending.lent());
  }

  @Override
  public String dump() {
    return Report.dump(this + System.lineSeparator() + engine.status(), running());
  }

  @Override
  public String toString() {
    String head = name + " on " + backend + ", " + life.state();
    return Report.line(head, stats(), running());
  }
}
