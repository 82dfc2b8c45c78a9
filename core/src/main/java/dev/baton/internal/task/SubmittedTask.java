package dev.baton.internal.task;

import dev.baton.Action;
import dev.baton.CancelMode;
import dev.baton.TaskFuture;
import dev.baton.TaskInfo;
import dev.baton.TaskOptions;
import dev.baton.TaskProgress;
import dev.baton.TaskTimeoutException;
import dev.baton.TaskTimeoutException.Kind;
import dev.baton.event.BatonEvent;
import dev.baton.internal.future.Awaited;
import dev.baton.internal.future.BatonFuture;
import dev.baton.internal.future.BodilessFuture;
import dev.baton.internal.future.End;
import dev.baton.internal.future.Home;
import dev.baton.internal.future.Nanos;
import dev.baton.internal.future.Occupant;
import dev.baton.spi.AwaitHook;
import dev.baton.spi.Outcome;
import dev.baton.spi.TaskCall;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A task and its future in one object. The future's end is {@link BatonFuture}'s affair; this class
 * adds the body, whose phase is a second field because it ends on its own:
 *
 * <pre>
 *   PENDING ──claim──────────────▶ BEGUN ──────────────────────────▶ OVER
 *      │  │                         │ ▲ └──returns a stage──▶ OPEN ──▶ OVER
 *      │  │                         ▼ │
 *      │  │                    INTERRUPTING   (while its thread is being interrupted)
 *      │  └──send──▶ SENT ──starts elsewhere──▶ OPEN ──────────────▶ OVER
 *      │             │  └──────────────────────────────────────────▶ OVER
 *      └──withdraw───┴──▶ WITHDRAWN            SENT ──returned──▶ PENDING
 * </pre>
 *
 * <p>A thread leaves BEGUN only when nobody is INTERRUPTING, and then clears its interrupt flag: so
 * no late interrupt hits the thread's next task. A task whose body runs in this JVM runs itself; it
 * is never handed out as a {@link dev.baton.spi.TaskRun}, so a cast of the future cannot complete
 * it.
 *
 * @param <T> the type of the result
 */
public class SubmittedTask<T extends @Nullable Object> extends BatonFuture<T>
    implements Runnable, Occupant {

  private static final int PENDING = 0;
  private static final int SENT = 1;
  private static final int BEGUN = 2;
  private static final int INTERRUPTING = 3;
  private static final int OPEN = 4;
  private static final int OVER = 5;
  private static final int WITHDRAWN = 6;

  private static final VarHandle PHASE;
  private static final VarHandle EXTRAS;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      PHASE = lookup.findVarHandle(SubmittedTask.class, "phase", int.class);
      EXTRAS = lookup.findVarHandle(SubmittedTask.class, "extras", TaskExtras.class);
    } catch (ReflectiveOperationException missing) {
      throw new ExceptionInInitializerError(missing);
    }
  }

  /** The body's phase, as above; changed by compare-and-set except where only one thread can. */
  private volatile int phase;

  /** The rare things; created by compare-and-set by whoever first needs one. */
  private volatile @Nullable TaskExtras extras;

  private final TaskOwner owner;
  private final long id;
  private final TaskOptions options;
  private final @Nullable Map<String, String> loggingContext;

  /**
   * What to call. Let go, by the thread that ends the body or withdraws it, once it is not needed.
   */
  private @Nullable Callable<? extends T> body;

  /** The thread that runs the body. Written by the claiming thread before the phase says BEGUN. */
  private @Nullable Thread runner;

  /** Makes a pending task, with the logging context of the calling thread. */
  public SubmittedTask(TaskOwner owner, long id, TaskOptions options, Callable<? extends T> body) {
    this.owner = owner;
    this.id = id;
    this.options = options;
    this.body = body;
    this.loggingContext = LoggingContext.capture();
  }

  /** Begins what counts from the submission, where anything does. */
  public final void submitted() {
    if (options == TaskOptions.none() && !owner.hasListeners()) {
      return;
    }
    if (isTimed()) {
      extras().submitted = Instant.now();
    }
    if (owner.hasListeners()) {
      owner.emit(new BatonEvent.TaskSubmitted(info()));
    }
    Duration deadline = options.deadline();
    if (deadline != null) {
      extras().armDeadline(Timer.after(Nanos.of(deadline), () -> expire(Kind.DEADLINE, deadline)));
    }
  }

  private boolean isTimed() {
    return options.isTimed()
        || options.timeout() != null
        || options.deadline() != null
        || owner.hasListeners();
  }

  private TaskExtras extras() {
    TaskExtras present = extras;
    if (present == null) {
      EXTRAS.compareAndSet(this, null, new TaskExtras(new ProgressRelay(owner.callbacks())));
      present = Objects.requireNonNull(extras);
    }
    return present;
  }

  // What the task is.

  @Override
  public final long id() {
    return id;
  }

  @Override
  protected final @Nullable String givenName() {
    return options.name();
  }

  @Override
  protected final Home home() {
    return owner;
  }

  /** Returns the executor. */
  public final TaskOwner owner() {
    return owner;
  }

  /** Returns the name under which the task appears in messages. */
  public final String name() {
    return nameOf(id, options.name());
  }

  /** Returns what the task asks for. */
  public final TaskOptions options() {
    return options;
  }

  /** Returns the logging context of its submission. */
  public final Map<String, String> loggingContext() {
    return loggingContext == null ? Map.of() : loggingContext;
  }

  /** Tells which attempt at the body this is. */
  public final int attempt() {
    TaskExtras x = extras;
    return x == null ? 1 : x.attempt;
  }

  /** Returns the body, or null if it is let go. */
  public final @Nullable Callable<? extends T> body() {
    return body;
  }

  /** Tells whether the body has begun and is not over. */
  public final boolean isBodyActive() {
    int p = phase;
    return p == BEGUN || p == INTERRUPTING || p == OPEN;
  }

  /** Tells whether the body is over or will never begin. */
  public final boolean isBodyOver() {
    return phase >= OVER;
  }

  /** Returns the thread that runs the body now, or null. */
  public final @Nullable Thread runner() {
    int p = phase;
    return p == BEGUN || p == INTERRUPTING ? runner : null;
  }

  // How the body is run in this JVM.

  /** Claims the body for this thread; returns false if it was withdrawn. */
  public final boolean claim() {
    if (phase != PENDING) {
      return false;
    }
    runner = Thread.currentThread();
    if (!PHASE.compareAndSet(this, PENDING, BEGUN)) {
      return false;
    }
    if (extras != null) {
      began(null, System.nanoTime());
    }
    return true;
  }

  /** Does all that a thread has to do for a task, callbacks included. Nothing is thrown. */
  @Override
  public final void run() {
    Occupant before = Occupant.enter(this);
    try {
      if (claim()) {
        runBody();
      }
    } finally {
      Occupant.enter(before);
    }
  }

  private void runBody() {
    Object end;
    LoggingContext.install(loggingContext);
    try {
      Callable<? extends T> call = Objects.requireNonNull(body, "a claimed task has a body");
      if (call instanceof TaskCall.OfStage<?> async) {
        CompletionStage<?> stage = async.begin();
        LoggingContext.install(null);
        leaveOpen(stage);
        return;
      }
      end = End.of(call.call());
    } catch (Throwable failure) {
      end = new End.Failed(failure);
    }
    LoggingContext.install(null);
    leave(OVER);
    over(end, false);
  }

  /** Calls the body and says what came of it, without ending it. */
  public final Outcome call() {
    Occupant before = Occupant.enter(this);
    LoggingContext.install(loggingContext);
    try {
      Callable<? extends T> call = Objects.requireNonNull(body, "a claimed task has a body");
      return new Outcome.Success(call.call());
    } catch (Throwable failure) {
      return new Outcome.Failure(failure);
    } finally {
      LoggingContext.install(null);
      leave(OPEN);
      Occupant.enter(before);
    }
  }

  /** Takes this thread out of the body; from here on no interrupt can be meant for the body. */
  private void leave(int next) {
    while (!PHASE.compareAndSet(this, BEGUN, next)) {
      Thread.yield(); // another thread is between two instructions of interruptBody()
    }
    forgetRunner();
    Thread.interrupted();
  }

  /** Keeps the name of a thread that does not outlive its task, and pooled threads as they are. */
  private void forgetRunner() {
    Thread thread = runner;
    if (thread != null && !(thread instanceof Occupant.Carrier)) {
      if (extras instanceof TaskExtras x && x.worker == null) {
        x.worker = nameOf(thread);
      }
      runner = null;
    }
  }

  private static String nameOf(Thread thread) {
    return thread.getName().isEmpty() ? "virtual thread #" + thread.threadId() : thread.getName();
  }

  private void leaveOpen(CompletionStage<?> stage) {
    TaskExtras x = extras();
    x.stage = stage;
    owner.opened(this);
    leave(OPEN);
    if (x.stop.isRequested()) {
      cancelStage(stage);
    }
    try {
      stage.whenComplete((value, failure) -> stageEnded(End.ofStage(value, failure)));
    } catch (Throwable refused) {
      stageEnded(new End.Failed(refused));
    }
  }

  private void stageEnded(Object end) {
    if (PHASE.compareAndSet(this, OPEN, OVER)) {
      over(end, true);
    }
  }

  private static void cancelStage(CompletionStage<?> stage) {
    try {
      stage.toCompletableFuture().cancel(true);
    } catch (UnsupportedOperationException cannotBeCancelled) {
      // The stage's author decided so; the body is over when the stage is.
    }
  }

  // How a backend that runs bodies elsewhere says what happens.

  /** Hands the task to a backend that owns the claim; returns false if it was withdrawn. */
  public final boolean send() {
    if (!PHASE.compareAndSet(this, PENDING, SENT)) {
      return false;
    }
    Duration timeout = options.timeout();
    if (timeout != null) {
      watch(timeout, Nanos.of(timeout));
    }
    return true;
  }

  /** Looks, after a time, whether a body that runs elsewhere has run for too long. */
  private void watch(Duration timeout, long nanos) {
    extras().armTimeout(Timer.after(nanos, () -> lookAtTimeout(timeout)));
  }

  private void lookAtTimeout(Duration timeout) {
    OptionalLong begun = owner.begunAt(this);
    long limit = Nanos.of(timeout);
    long left = begun.isEmpty() ? limit : begun.getAsLong() + limit - System.nanoTime();
    if (left > 0) {
      watch(timeout, left);
    } else {
      expire(Kind.RUN, timeout);
    }
  }

  /** Takes the task back from a backend before its body began; returns false if it is too late. */
  public final boolean unsend() {
    return PHASE.compareAndSet(this, SENT, PENDING);
  }

  /**
   * Prepares the one more attempt at a body whose worker died; returns false if it may not be made.
   */
  public final boolean beginAgain() {
    if (!options.isIdempotent() || isDone() || attempt() > 1) {
      return false;
    }
    extras().attempt = 2;
    return PHASE.compareAndSet(this, SENT, PENDING) || PHASE.compareAndSet(this, OPEN, PENDING);
  }

  /** Is told that the body began elsewhere. */
  public final void startedElsewhere(String worker, long nanoTime) {
    extras().worker = worker;
    if (PHASE.compareAndSet(this, SENT, OPEN)) {
      began(worker, nanoTime);
    }
  }

  /** Is told that the body is over; returns false if that was known. */
  public final boolean complete(Outcome outcome) {
    for (; ; ) {
      int p = phase;
      if (p >= OVER) {
        return false;
      }
      if (PHASE.compareAndSet(this, p, OVER)) {
        break;
      }
    }
    if (outcome instanceof Outcome.Encoded encoded) {
      receive(encoded);
    } else {
      over(endOf(outcome), true);
    }
    return true;
  }

  private Object endOf(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Success success -> End.of(success.value());
      case Outcome.Failure failure -> new End.Failed(failure.cause());
      case Outcome.Lost lost ->
          isAskedToStop()
              ? new End.Cancelled("Task " + name() + " was stopped by force in a shutdown.")
              : new End.Failed(lost.cause());
      case Outcome.Encoded nested ->
          new End.Failed(new IllegalStateException("A decoder returned an encoded outcome."));
    };
  }

  /** Keeps a result for whoever decodes it first: a thread that waits, or a virtual thread. */
  private void receive(Outcome.Encoded encoded) {
    freeBody();
    extras().encoded.set(encoded);
    Thread.startVirtualThread(this::help);
    wake();
  }

  /** Decodes a result that has arrived, unless another thread does. */
  @Override
  public final boolean help() {
    TaskExtras x = extras;
    Outcome.Encoded encoded = x == null ? null : x.encoded.getAndSet(null);
    if (encoded == null) {
      return false;
    }
    Object end;
    try {
      end = endOf(encoded.decoder().call());
    } catch (Throwable failure) {
      end = new End.Failed(failure);
    }
    decide(end, true);
    owner.ended(this);
    return true;
  }

  // How the task ends.

  /** Ends the task after its body. */
  private void over(Object end, boolean elsewhere) {
    freeBody();
    decide(end, elsewhere);
    owner.ended(this);
  }

  /** Lets go of what only an unfinished body needs, and gives its capacity back. */
  private void freeBody() {
    body = null;
    TaskExtras x = extras;
    if (x != null) {
      x.disarm();
      x.stage = null;
      Instant done = x.ended;
      if (done != null && owner.hasListeners()) {
        owner.emit(new BatonEvent.TaskTerminated(info(), Duration.between(done, Instant.now())));
      }
    }
    owner.bodyOver(this);
    if (x != null && x.terminated.get() instanceof BodilessFuture<?> terminated) {
      terminated.settleAndDrainElsewhere(End.NULL);
    }
  }

  private void decide(Object end, boolean elsewhere) {
    if (settleAt(end)) {
      announce(elsewhere);
    } else if (end instanceof End.Failed late
        && end() instanceof End.Failed first
        && first.cause() instanceof TaskTimeoutException
        && !(late.cause() instanceof InterruptedException)) {
      first.cause().addSuppressed(late.cause());
    }
  }

  /** Decides the future's end and notes the time of it. */
  private boolean settleAt(Object end) {
    TaskExtras x = extras;
    if (x != null && x.submitted != null && !isDone()) {
      x.ended = Instant.now();
    }
    return settle(end);
  }

  /** Calls back and tells the listeners, on this thread or on another. */
  private void announce(boolean elsewhere) {
    noteFailure();
    if (!owner.hasListeners()) {
      if (elsewhere) {
        drainElsewhere();
      } else {
        drain();
      }
    } else if (elsewhere) {
      owner.callbacks().execute(this::drainAndTell);
    } else {
      drainAndTell();
    }
  }

  private void drainAndTell() {
    drain();
    Throwable failure = end() instanceof End.Failed failed ? failed.cause() : null;
    owner.emit(new BatonEvent.TaskDone(info(), failure));
  }

  /** Is called when the future is done; a task without a reader of its future logs its failure. */
  protected void noteFailure() {}

  // How the task is stopped.

  @Override
  public final boolean cancel(CancelMode mode) {
    Objects.requireNonNull(mode, "mode");
    if (withdraw(new End.Cancelled(cancelMessage()), mode, false)) {
      return true;
    }
    if (mode == CancelMode.IF_PENDING) {
      return isCancelled();
    }
    boolean decided = settleAt(new End.Cancelled(cancelMessage()));
    if (isCancelled() && mode != CancelMode.ABANDON) {
      requestStop();
    }
    if (decided) {
      announce(false);
    }
    return isCancelled();
  }

  private String cancelMessage() {
    return "Task " + name() + " was cancelled.";
  }

  /**
   * Ends a task whose body has not begun, and never will; returns false if it has.
   *
   * @param mode what a backend that owns the claim does if the body has begun
   */
  public final boolean withdraw(Object end, CancelMode mode, boolean elsewhere) {
    if (!takeBack(mode)) {
      return false;
    }
    settleAt(end);
    owner.withdrawn(this);
    freeBody();
    announce(elsewhere);
    owner.ended(this);
    return true;
  }

  /** Cancels the task in a shutdown if its body has not begun. */
  public final boolean cancelPending() {
    return withdraw(shutdownEnd(), CancelMode.IF_PENDING, false);
  }

  /** Cancels the task in a shutdown if its body has not begun, and else asks the body to stop. */
  public final boolean cancelPendingOrStop(CancelMode mode) {
    if (withdraw(shutdownEnd(), mode, false)) {
      return true;
    }
    requestStop();
    return false;
  }

  private End shutdownEnd() {
    return new End.Cancelled("Task " + name() + " was cancelled by the shutdown of " + owner + ".");
  }

  private boolean takeBack(CancelMode mode) {
    if (PHASE.compareAndSet(this, PENDING, WITHDRAWN)) {
      return true;
    }
    int p = phase;
    boolean mayAsk = p == SENT || (p == OPEN && runsElsewhere());
    return mayAsk && owner.cancelSent(this, mode) && PHASE.compareAndSet(this, SENT, WITHDRAWN);
  }

  /** An open body without a stage and without a thread is one that runs elsewhere. */
  private boolean runsElsewhere() {
    return extras instanceof TaskExtras x && x.stage == null;
  }

  /** Fails the task because a time is up. Runs on the timer's thread. */
  private void expire(Kind kind, Duration limit) {
    if (isDone()) {
      return;
    }
    String what =
        kind == Kind.DEADLINE
            ? "was not over within its deadline of "
            : "ran longer than its timeout of ";
    End end =
        new End.Failed(new TaskTimeoutException("Task " + name() + " " + what + limit + ".", kind));
    if (withdraw(end, CancelMode.INTERRUPT, true)) {
      return;
    }
    if (settleAt(end)) {
      requestStop();
      announce(true);
    }
  }

  /** Fails the task because its backend broke; a body in this JVM is asked to stop. */
  public final void fail(Throwable cause) {
    End end = new End.Failed(cause);
    if (PHASE.compareAndSet(this, PENDING, WITHDRAWN)
        || PHASE.compareAndSet(this, SENT, WITHDRAWN)) {
      settleAt(end);
      owner.withdrawn(this);
      freeBody();
      announce(true);
      owner.ended(this);
    } else if (settleAt(end)) {
      requestStop();
      announce(true);
    }
  }

  /** Asks a body that has begun to stop; the future is left alone. */
  public final void requestStop() {
    if (!isBodyOver()) {
      extras().stop.request(this::interruptBody);
    }
  }

  /** Interrupts the body if it is still running, and nothing else. */
  private void interruptBody() {
    while (!PHASE.compareAndSet(this, BEGUN, INTERRUPTING)) {
      int p = phase;
      if (p == OPEN && extras instanceof TaskExtras x && x.stage instanceof CompletionStage<?> s) {
        cancelStage(s);
        return;
      }
      if (p != BEGUN) {
        return;
      }
    }
    try {
      Objects.requireNonNull(runner, "a begun body has a thread").interrupt();
    } finally {
      phase = BEGUN;
    }
  }

  // What the body sees and says.

  public final boolean isAskedToStop() {
    return extras instanceof TaskExtras x && x.stop.isRequested();
  }

  final void addCancelHook(Action hook) {
    extras().stop.add(hook);
  }

  final @Nullable Instant latestEnd() {
    TaskExtras x = extras;
    Instant submitted = x == null ? null : x.submitted;
    Instant started = x == null ? null : x.started;
    Instant byTimeout = plus(started, options.timeout());
    Instant byDeadline = plus(submitted, options.deadline());
    if (byTimeout == null || byDeadline == null) {
      return byTimeout == null ? byDeadline : byTimeout;
    }
    return byTimeout.isBefore(byDeadline) ? byTimeout : byDeadline;
  }

  private static @Nullable Instant plus(@Nullable Instant from, @Nullable Duration time) {
    return from == null || time == null ? null : from.plus(time);
  }

  /** Passes on what the body says of its progress. */
  public final void reportProgress(TaskProgress progress) {
    extras().progress.report(progress);
  }

  /** Notes the start of the body, arms its timeout and tells the listeners. */
  private void began(@Nullable String worker, long nanoTime) {
    TaskExtras x = extras();
    if (x.submitted != null) {
      x.started = Instant.now().minusNanos(System.nanoTime() - nanoTime);
    }
    Duration timeout = options.timeout();
    if (timeout != null && worker == null) {
      x.armTimeout(Timer.after(Nanos.of(timeout), () -> expire(Kind.RUN, timeout)));
    }
    if (owner.hasListeners()) {
      owner.emit(new BatonEvent.TaskStarted(info()));
    }
  }

  // How the body waits.

  @Override
  public final boolean lendFor(Awaited awaited) {
    return awaited.involves(owner) && owner.lend(this, awaited);
  }

  @Override
  public final void resume(Awaited awaited) {
    owner.resume(this);
  }

  @Override
  public final AwaitHook awaitHook() {
    return owner.awaitHook();
  }

  // What the future shows.

  @Override
  public final TaskFuture<Void> terminated() {
    TaskExtras x = extras();
    BodilessFuture<@Nullable Void> mine = new BodilessFuture<>("end of the body of", this);
    BodilessFuture<@Nullable Void> shared =
        x.terminated.compareAndSet(null, mine) ? mine : Objects.requireNonNull(x.terminated.get());
    if (isBodyOver()) {
      shared.settleAndDrain(End.NULL);
    }
    return asVoid(shared.thenRun(() -> {}));
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // a future of Void has null as its only result
  private static TaskFuture<Void> asVoid(TaskFuture<?> future) {
    return (TaskFuture<Void>) future;
  }

  @Override
  public final boolean isRunning() {
    return !isDone() && isBodyActive();
  }

  @Override
  public final TaskFuture<T> onProgress(Consumer<? super TaskProgress> listener) {
    extras().progress.add(Objects.requireNonNull(listener, "listener"));
    return this;
  }

  @Override
  public final TaskInfo info() {
    TaskExtras x = extras;
    return new TaskInfo(
        id,
        name(),
        owner.name(),
        owner.backend(),
        worker(),
        infoPhase(),
        x == null ? null : x.submitted,
        x == null ? null : x.started,
        x == null || !isDone() ? null : x.ended);
  }

  private TaskInfo.Phase infoPhase() {
    return switch (state()) {
      case RUNNING ->
          isRunning() || phase == OVER ? TaskInfo.Phase.RUNNING : TaskInfo.Phase.PENDING;
      case SUCCESS -> TaskInfo.Phase.SUCCESS;
      case FAILED -> TaskInfo.Phase.FAILED;
      case CANCELLED -> TaskInfo.Phase.CANCELLED;
    };
  }

  private @Nullable String worker() {
    TaskExtras x = extras;
    String elsewhere = x == null ? null : x.worker;
    if (elsewhere != null || phase == PENDING || phase == WITHDRAWN) {
      return elsewhere;
    }
    Thread thread = runner;
    return thread == null ? null : nameOf(thread);
  }

  @Override
  protected final String failureMessage(Throwable cause) {
    String worker = worker();
    String where = worker == null ? "" : " in " + worker;
    return "Task " + name() + " of executor " + owner.name() + " failed" + where + ": " + cause;
  }

  @Override
  public final String toString() {
    String worker = worker();
    String body = isDone() && isBodyActive() ? ", its body still runs" : "";
    return "TaskFuture["
        + name()
        + " of "
        + owner.name()
        + ", "
        + (isDone() ? describeEnd() : isRunning() ? "running" : "pending")
        + body
        + (worker == null ? "" : " in " + worker)
        + "]";
  }
}
