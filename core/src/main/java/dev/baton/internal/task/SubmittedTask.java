package dev.baton.internal.task;

import dev.baton.Action;
import dev.baton.CancelMode;
import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.TaskProgress;
import dev.baton.TaskTimeoutException;
import dev.baton.TaskTimeoutException.Kind;
import dev.baton.event.BatonEvent;
import dev.baton.internal.future.Awaited;
import dev.baton.internal.future.BodilessFuture;
import dev.baton.internal.future.End;
import dev.baton.internal.future.Home;
import dev.baton.internal.future.Needs;
import dev.baton.internal.future.Occupant;
import dev.baton.internal.timer.Timer;
import dev.baton.spi.AwaitHook;
import dev.baton.spi.Outcome;
import dev.baton.spi.TaskCall;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task and its future in one object: how its body is run, ended, stopped and seen.
 *
 * <p>A task whose body runs in this JVM runs itself; it is never handed out as a {@link
 * dev.baton.spi.TaskRun}, so a cast of the future cannot complete it.
 *
 * @param <T> the type of the result
 */
public class SubmittedTask<T extends @Nullable Object> extends KnownTask<T>
    implements Runnable, Occupant {

  private static final Logger LOG = LoggerFactory.getLogger(SubmittedTask.class);

  /**
   * What to call. Let go, by the thread that ends the body or withdraws it, once it is not needed.
   */
  private @Nullable Callable<? extends T> body;

  /**
   * What the body waits for without a time limit, or null. Written by its thread, which looks for a
   * circle afterwards: of the tasks that close one, the last to write sees it.
   */
  volatile @Nullable Awaited waitsFor;

  /** Makes a pending task, with the logging context of the calling thread. */
  public SubmittedTask(TaskOwner owner, long id, TaskOptions options, Callable<? extends T> body) {
    super(owner, id, options);
    this.body = body;
  }

  /** Says, before the submission, what time whoever submits the task has left. */
  public final void boundBy(Budget budget) {
    extras().budget = budget;
  }

  /** Begins what counts from the submission, where anything does. */
  public final void submitted() {
    if (!isTimed()) {
      return;
    }
    extras().submitted = Moments.now();
    if (owner.hasListeners()) {
      owner.emit(new BatonEvent.TaskSubmitted(info()));
    }
    if (isLimited()) {
      TimeLimit limits = TimeLimit.listOf(this, options, budget());
      extras().limits = limits;
      if (limits != null) {
        limits.submitted();
      }
    }
  }

  /** Returns the body, or null if it is let go. */
  public final @Nullable Callable<? extends T> body() {
    return body;
  }

  /** Claims the body for this thread; returns false if it was withdrawn. */
  public final boolean claim() {
    if (!begin()) {
      return false;
    }
    if (extras != null) {
      began(false, System.nanoTime());
    }
    return true;
  }

  /** Does what {@link #run} does, with a body that was asked to stop before it began. */
  public final void runAskedToStop() {
    Occupant before = Occupant.enter(this);
    try {
      if (claim()) {
        requestStop(CancelMode.INTERRUPT);
        runBody();
      }
    } finally {
      Occupant.enter(before);
    }
  }

  /** Does all that a thread has to do for a task, callbacks included. Nothing is thrown. */
  @Override
  public final void run() {
    Occupant before = Occupant.enter(this);
    try {
      runHere();
    } finally {
      Occupant.enter(before);
    }
  }

  /** Does what {@link #run} does, on a thread that this task occupies already. */
  public final void runHere() {
    if (claim()) {
      runBody();
    }
  }

  private void runBody() {
    Object end;
    LoggingContext.install(loggingContext);
    try {
      Callable<? extends T> call = arrivedBody();
      if (call instanceof TaskCall.OfStage<?> async) {
        CompletionStage<?> stage = async.begin();
        LoggingContext.install(null);
        goOnAs(stage);
        return;
      }
      end = arrivedEnd(End.of(call.call()));
    } catch (Throwable failure) {
      end = arrivedEnd(new End.Failed(failure));
    }
    LoggingContext.install(null);
    end = afterExpiry(end);
    if (isWorthAnother(end) && tryAgainFromHere((End.Failed) end)) {
      return;
    }
    if (leave()) {
      rememberWorker(end instanceof End.Failed);
      over(end, false);
    }
  }

  /** Returns what to call: the body itself, or the copy of it that has arrived. */
  private Callable<? extends T> arrivedBody() {
    Callable<? extends T> call = Objects.requireNonNull(body, "a claimed task has a body");
    return call instanceof TravellingBody<? extends T> travelling ? travelling.unpack() : call;
  }

  /** Returns what the body came to: that itself, or the copy of it that has arrived. */
  private Object arrivedEnd(Object end) {
    return body instanceof TravellingBody<?> travelling ? travelling.carryBack(end) : end;
  }

  /** Calls the body and says what came of it, without ending it. */
  public final Outcome call() {
    Occupant before = Occupant.enter(this);
    LoggingContext.install(loggingContext);
    try {
      return outcomeOf(arrivedEnd(End.of(arrivedBody().call())));
    } catch (Throwable failure) {
      return outcomeOf(arrivedEnd(new End.Failed(failure)));
    } finally {
      LoggingContext.install(null);
      leaveOpen();
      rememberWorker(true);
      Occupant.enter(before);
    }
  }

  private static Outcome outcomeOf(Object end) {
    return end instanceof End.Failed failed
        ? new Outcome.Failure(failed.cause())
        : new Outcome.Success(End.value(end));
  }

  /** Keeps pooled threads as they are, and of a thread that ends with its task at most the name. */
  private void rememberWorker(boolean isOfInterest) {
    Thread thread = lastRunner();
    if (thread == null || thread instanceof Occupant.Carrier) {
      return;
    }
    if (isOfInterest || extras != null) {
      TaskExtras x = extras();
      if (x.attempt.worker == null) {
        x.attempt.worker = nameOf(thread);
      }
    }
    forgetRunner();
  }

  /** Goes on without a thread, until the stage that the body returned ends. */
  private void goOnAs(CompletionStage<?> stage) {
    Attempt attempt = extras().attempt;
    attempt.stage = stage;
    owner.opened(this);
    leaveOpen();
    rememberWorker(true);
    if (attempt.isAskedToStop()) {
      cancelStage(stage);
    }
    try {
      stage.handle(
          (value, failure) -> { // and not whenComplete, which would wrap the failure once more
            stageEnded(End.ofStage(value, failure));
            return null;
          });
    } catch (Throwable refused) {
      stageEnded(new End.Failed(refused));
    }
  }

  private void stageEnded(Object told) {
    Object end = arrivedEnd(told);
    if (end instanceof End.Failed failed && mayTryAgain()) {
      extras().attempt.stage = null;
      attemptOver();
      Thread.startVirtualThread(() -> judge(failed));
    } else if (endOpen()) {
      over(isDone() ? withoutTheCancel(end) : end, true);
    }
  }

  /**
   * Leaves out of a late end of a stage that it was cancelled, for the end of the task did that.
   */
  private static Object withoutTheCancel(Object end) {
    return end instanceof End.Failed failed && failed.cause() instanceof CancellationException
        ? new End.Cancelled(() -> "The stage was cancelled.")
        : end;
  }

  /** Tells whether another attempt may follow a failure of this one. */
  private boolean mayTryAgain() {
    return options.retries() >= attempt() && !isUnwanted();
  }

  private boolean isWorthAnother(Object end) {
    if (!(end instanceof End.Failed failed) || !mayTryAgain()) {
      return false;
    }
    boolean isDecided = extras instanceof TaskExtras x && x.attempt.expired == failed.cause();
    return isDecided || RetryPolicy.isWorthAnother(options, failed.cause());
  }

  /**
   * Puts the time limit that the attempt exceeded in the place of what it threw when stopped, or of
   * the word that it was stopped elsewhere.
   */
  private Object afterExpiry(Object end) {
    TaskTimeoutException expired = extras instanceof TaskExtras x ? x.attempt.expired : null;
    if (expired == null) {
      return end;
    }
    return switch (end) {
      case End.Failed late -> {
        suppress(late.cause(), expired);
        yield new End.Failed(expired);
      }
      case End.Cancelled stopped -> new End.Failed(expired);
      default -> end;
    };
  }

  /** Gives the capacity of an attempt back, whatever will come of the task. */
  private void attemptOver() {
    if (extras instanceof TaskExtras x && x.limits instanceof TimeLimit limits) {
      limits.attemptOver();
    }
    owner.attemptOver(this);
  }

  /** Decides, on a thread that may run the user's code, whether a failed attempt is the last. */
  private void judge(Object end) {
    Object actual = afterExpiry(end);
    if (isWorthAnother(actual)) {
      int last = renewAttempt();
      owner.aboutToPause(this);
      if (comeBack()) {
        tryAgain((End.Failed) actual, last);
        return;
      }
      owner.pausing(this);
    }
    if (endAnyhow()) {
      over(actual, true);
    }
  }

  /** Gives the body back on the thread that ran it; returns false if it is over anyway. */
  private boolean tryAgainFromHere(End.Failed failed) {
    int last = renewAttempt();
    owner.aboutToPause(this);
    if (!leavePending()) {
      owner.pausing(this);
      return false;
    }
    forgetRunner();
    attemptOver();
    tryAgain(failed, last);
    return true;
  }

  /** Makes the slate clean while nobody else can begin the body; returns the last number. */
  private int renewAttempt() {
    TaskExtras x = extras();
    Attempt over = x.attempt;
    x.started = Moments.NEVER;
    x.attempt = new Attempt(over.number + 1);
    over.over();
    return over.number;
  }

  /**
   * Waits for the next attempt, as a pending task. A cancel settles the future before it looks at
   * the phase; this looks at the future after it has changed the phase: so one of the two sees the
   * other. A shutdown is seen by the owner in the same way.
   */
  private void tryAgain(End.Failed failed, int last) {
    if (isUnwanted()) {
      withdraw(shutdownEnd(), true);
      return;
    }
    long pause = RetryPolicy.pauseAfter(options, last);
    if (owner.hasListeners()) {
      owner.emit(new BatonEvent.TaskRetried(info(), failed.cause(), Duration.ofNanos(pause)));
    }
    owner.pausing(this);
    Attempt next = extras().attempt;
    if (pause == 0) {
      Thread.startVirtualThread(this::startAgain);
    } else {
      next.pause = Timer.after(pause, () -> Thread.startVirtualThread(this::startAgain));
    }
    if (isBodyOver()) {
      next.letGo();
    }
  }

  private void startAgain() {
    if (isBodyPending()) {
      owner.startAgain(this);
    }
  }

  /** Cancels a stage, on another thread because whoever depends on it is called back there. */
  private void cancelStage(CompletionStage<?> stage) {
    owner
        .callbacks()
        .execute(
            () -> {
              try {
                cancelFuture(stage.toCompletableFuture());
              } catch (Throwable refused) {
                LOG.info("The stage of {} cannot be cancelled", this, refused);
              }
            });
  }

  /** Cancels a future of the JDK's own as its method does, but for the stack trace. */
  private static void cancelFuture(CompletableFuture<?> future) {
    if (future.getClass() == CompletableFuture.class) {
      future.completeExceptionally(new StageCancelled());
    } else {
      future.cancel(true);
    }
  }

  /** Hands the task to a backend that owns the claim; returns false if it is not to be run. */
  public final boolean send() {
    if (!moveToSent()) {
      return false;
    }
    if (isUnwanted() && comeBackUnbegun()) {
      withdraw(shutdownEnd(), true);
      return false;
    }
    if (extras instanceof TaskExtras x && x.limits instanceof TimeLimit limits) {
      limits.sent();
    }
    return true;
  }

  /** Tells when an attempt began, as of {@link System#nanoTime()}; null if it has not. */
  final @Nullable Long begunAt(Attempt attempt) {
    Long told = attempt.begunAt;
    OptionalLong asked = told == null ? owner.begunAt(this) : OptionalLong.of(told);
    return asked.isEmpty() ? null : asked.getAsLong();
  }

  /** Takes the task back from a backend before its body began; returns false if it is too late. */
  public final boolean comeBackToQueue() {
    return comeBackUnbegun() || isBodyPending();
  }

  /**
   * Prepares the one more attempt at a body whose worker died; returns false if it may not be made.
   * A cancel settles the future before it looks at the phase; this looks at the future after it has
   * changed the phase: so one of the two sees the other. A stop hits the lost attempt before that
   * is over, which is seen here, or finds the next.
   */
  public final boolean beginAgain() {
    if (!options.isIdempotent() || options.retries() > 0 || isUnwanted() || attempt() > 1) {
      return false;
    }
    Attempt lost = extras().attempt;
    renewAttempt();
    boolean cameBack = comeBack();
    if (cameBack && (isUnwanted() || lost.isAskedToStop())) {
      withdraw(shutdownEnd(), true);
    }
    return cameBack;
  }

  private boolean isUnwanted() {
    boolean isExpired = extras instanceof TaskExtras x && x.attempt.expired != null;
    return isDone() || (isAskedToStop() && !isExpired);
  }

  /** Is told that the body began elsewhere. */
  public final void startedElsewhere(@Nullable String worker, long nanoTime) {
    TaskExtras x = extras();
    if (beginElsewhere()) {
      x.attempt.worker = worker;
      x.attempt.begunAt = nanoTime;
      began(true, nanoTime);
    }
  }

  @Override
  public final void lookWhetherBegun() {
    if (isBodySent()) {
      owner.begunAt(this).ifPresent(time -> startedElsewhere(null, time));
    }
  }

  /** Keeps what a backend attaches to the task for as long as its body is needed. */
  public final void attach(@Nullable Object attachment) {
    extras().attachment = attachment;
    if (isBodyOver()) {
      extras().attachment = null;
    }
  }

  /** Returns what a backend attached, or null. */
  public final @Nullable Object attachment() {
    return extras instanceof TaskExtras x ? x.attachment : null;
  }

  /** Is told that the body is over; returns false if that was known. */
  public final boolean complete(Outcome outcome) {
    if (isTryable(outcome) && mayTryAgain()) {
      return completeAttempt(outcome);
    }
    if (!endAnyhow()) {
      return false;
    }
    if (outcome instanceof Outcome.Encoded encoded) {
      freeBody();
      receive(encoded);
    } else {
      over(endOf(outcome), true);
    }
    return true;
  }

  /**
   * Tells whether an end of an attempt may be followed by another. A time limit that was enforced
   * elsewhere counts as one that is enforced here: that of the attempt, if the body may begin again
   * after it was stopped.
   */
  private boolean isTryable(Outcome outcome) {
    return outcome instanceof Outcome.Expired expired
        ? options.isIdempotent() && expired.cause().kind() == Kind.RUN
        : !(outcome instanceof Outcome.Success);
  }

  /** Leaves it to a thread that may run the user's code what comes of the end of an attempt. */
  private boolean completeAttempt(Outcome outcome) {
    if (isBodyOver()) {
      return false;
    }
    attemptOver();
    if (outcome instanceof Outcome.Encoded encoded) {
      receive(encoded);
    } else {
      Thread.startVirtualThread(() -> judge(endOf(outcome)));
    }
    return true;
  }

  private Object endOf(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Success success -> End.of(success.value());
      case Outcome.Failure failure -> new End.Failed(failure.cause());
      case Outcome.Expired expired -> new End.Failed(expired.cause());
      case Outcome.Cancelled cancelled -> new End.Cancelled(cancelled::message);
      case Outcome.Lost lost ->
          isAskedToStop() && extras().attempt.expired == null
              ? new End.Cancelled(() -> "Task " + name() + " was stopped by force in a shutdown.")
              : new End.Failed(lost.cause());
      case Outcome.Encoded nested ->
          new End.Failed(new IllegalStateException("A decoder returned an encoded outcome."));
    };
  }

  /** Keeps a result for whoever decodes it first: a thread that waits, or a virtual thread. */
  private void receive(Outcome.Encoded encoded) {
    extras().keep(encoded);
    Thread.startVirtualThread(this::help);
    wake();
  }

  /** Decodes a result that has arrived, unless another thread does. */
  @Override
  public final boolean help() {
    TaskExtras x = extras;
    Outcome.Encoded encoded = x == null ? null : x.takeEncoded();
    if (encoded == null) {
      return false;
    }
    Object end;
    try {
      end = endOf(encoded.decoder().call());
    } catch (Throwable failure) {
      end = new End.Failed(failure);
    }
    if (isBodyOver()) {
      decide(end, true);
    } else {
      judge(end);
    }
    return true;
  }

  /** Ends the task after its body. */
  private void over(Object end, boolean elsewhere) {
    freeBody();
    decide(end, elsewhere);
  }

  /** Lets go of what only an unfinished body needs, and gives its capacity back. */
  private void freeBody() {
    body = null;
    TaskExtras x = extras;
    if (x != null) {
      x.letGo();
    }
    owner.bodyOver(this);
  }

  /**
   * Completes {@link #terminated()} when the body is over and the future is done, in this order.
   */
  private void tellTerminated() {
    if (extras instanceof TaskExtras x && x.terminated() instanceof BodyEnd terminated) {
      terminated.settleAndDrainElsewhere(End.NULL);
    }
  }

  /** Decides the future after the end of the body, unless a cancel or a timeout has. */
  private void decide(Object end, boolean elsewhere) {
    boolean decided = settleAt(end);
    tellTerminated();
    if (decided) {
      announce(elsewhere, true);
      return;
    }
    if (end instanceof End.Failed late
        && end() instanceof End.Failed first
        && first.cause() instanceof TaskTimeoutException expired) {
      suppress(late.cause(), expired);
    }
    if (elsewhere && owner.hasListeners()) {
      owner.callbacks().execute(this::tellOfOverrun);
    } else {
      tellOfOverrun();
    }
  }

  /** Attaches what a body threw when it was stopped, unless that is just its interrupt. */
  private static void suppress(Throwable late, TaskTimeoutException expired) {
    if (late != expired && !(late instanceof InterruptedException)) {
      expired.addSuppressed(late);
    }
  }

  private void tellOfOverrun() {
    if (owner.hasListeners() && extras instanceof TaskExtras x && x.ended != Moments.NEVER) {
      Duration overrun = Duration.ofNanos(Moments.now() - x.ended);
      owner.emit(new BatonEvent.TaskTerminated(info(), overrun));
    }
    owner.ended(this);
  }

  /** Decides the future's end and notes the time of it. */
  private boolean settleAt(Object end) {
    TaskExtras x = extras;
    if (x != null && x.submitted != Moments.NEVER && !isDone()) {
      x.ended = Moments.now();
    }
    return settle(end);
  }

  /**
   * Calls back and tells the listeners, on this thread or on another.
   *
   * @param last whether nothing more will happen to the task
   */
  private void announce(boolean elsewhere, boolean last) {
    noteFailure();
    if (!elsewhere) {
      tell(last);
    } else if (owner.hasListeners() || leavesCallbacks()) {
      owner.callbacks().execute(() -> tell(last));
    } else {
      drainElsewhere(); // which lets go of those that were told as the future was settled
      if (last) {
        owner.ended(this);
      }
    }
  }

  private void tell(boolean last) {
    try {
      drain();
      if (owner.hasListeners()) {
        Throwable failure = end() instanceof End.Failed failed ? failed.cause() : null;
        owner.emit(new BatonEvent.TaskDone(info(), failure));
      }
    } finally {
      if (last) {
        owner.ended(this);
      }
    }
  }

  /** Is called when the future is done; a task without a reader of its future logs its failure. */
  protected void noteFailure() {}

  @Override
  public final boolean cancel(CancelMode mode) {
    Objects.requireNonNull(mode, "mode");
    End end = new End.Cancelled(() -> "Task " + name() + " was cancelled.");
    if (withdraw(end, false)) {
      return true;
    }
    if (mode != CancelMode.IF_PENDING) {
      endBegun(end, mode, false);
    }
    return isCancelled();
  }

  /** Ends a task whose body has not begun, and never will; returns false if it has. */
  private boolean withdraw(Object end, boolean elsewhere) {
    if (!takeBack()) {
      return false;
    }
    endWithdrawn(settleAt(end), elsewhere);
    return true;
  }

  /**
   * Sees to it that the body never begins, if it has not. A backend that owns the claim is asked;
   * it may be giving the task back at the same time, and then the queue's word counts.
   */
  private boolean takeBack() {
    while (isBodyPending() || isBodySent()) {
      boolean sent = isBodySent();
      boolean released = sent && owner.withdrawSent(this);
      if (withdrawPending() || (released && withdrawSent())) {
        return true;
      }
      if (sent && !released && isBodySent()) {
        return false;
      }
    }
    awaitEndIfWithdrawn();
    return false;
  }

  /** Waits for another thread that has withdrawn the task and is about to say how it ends. */
  @SuppressWarnings("ThreadPriorityCheck") // the wait is for a few instructions
  private void awaitEndIfWithdrawn() {
    while (isWithdrawn() && !isDone()) {
      Thread.yield();
    }
  }

  private void endWithdrawn(boolean decided, boolean elsewhere) {
    owner.withdrawn(this);
    freeBody();
    tellTerminated();
    if (decided) {
      announce(elsewhere, true);
    } else {
      owner.ended(this);
    }
  }

  /** Ends the future of a task whose body has begun, and asks the body to stop. */
  private void endBegun(End end, CancelMode mode, boolean elsewhere) {
    boolean decided = settleAt(end);
    if (decided && takeBack()) { // its worker died and it was about to begin again
      endWithdrawn(true, elsewhere);
      return;
    }
    if (mode != CancelMode.ABANDON && (decided || isCancelled())) {
      requestStop(mode);
    }
    if (decided) {
      announce(elsewhere, false);
    }
  }

  /** Cancels the task in a shutdown if its body has not begun. */
  public final boolean cancelPending() {
    return withdraw(shutdownEnd(), false);
  }

  /** Cancels the task in a shutdown if its body has not begun, and else asks the body to stop. */
  public final boolean cancelPendingOrStop(CancelMode mode) {
    if (withdraw(shutdownEnd(), false)) {
      return true;
    }
    requestStop(mode);
    return false;
  }

  private End shutdownEnd() {
    return new End.Cancelled(
        () ->
            "Task " + name() + " was cancelled by the shutdown of executor " + owner.name() + ".");
  }

  /**
   * Fails the task because a time is up, or sees to it that another attempt follows. Runs on the
   * timer's thread.
   *
   * @param attempt whose time is up, or null if it is that of the whole task
   * @param what says what the task did too long, and how long it may
   */
  final void expire(@Nullable Attempt attempt, Kind kind, String what) {
    if (isDone() || (attempt != null && attempt != extras().attempt)) {
      return;
    }
    TaskTimeoutException expired =
        new TaskTimeoutException("Task " + name() + " " + what + ".", kind);
    if (attempt != null && options.isIdempotent() && mayTryAgain()) {
      Thread.startVirtualThread(() -> expireAttempt(attempt, expired));
    } else {
      failBy(expired);
    }
  }

  private void expireAttempt(Attempt attempt, TaskTimeoutException expired) {
    if (!RetryPolicy.isWorthAnother(options, expired)) {
      failBy(expired);
      return;
    }
    attempt.expired = expired;
    requestStop(attempt, CancelMode.INTERRUPT);
  }

  private void failBy(TaskTimeoutException expired) {
    End end = new End.Failed(expired);
    if (expired.kind() == Kind.QUEUE) {
      if (attempt() == 1) {
        withdraw(end, true);
      }
    } else if (!withdraw(end, true)) {
      endBegun(end, CancelMode.INTERRUPT, true);
    }
  }

  /**
   * Fails the task because its backend broke or refused it. Nothing more is expected from
   * elsewhere; a body in this JVM is asked to stop.
   */
  public final void fail(Throwable cause) {
    End end = new End.Failed(cause);
    while (isBodyPending() || isBodySent()) {
      if (withdrawPending() || withdrawSent()) {
        endWithdrawn(settleAt(end), true);
        return;
      }
    }
    awaitEndIfWithdrawn();
    if (isBodyOpen() && !hasStage() && endAnyhow()) {
      over(end, true);
    } else {
      endBegun(end, CancelMode.INTERRUPT, true);
    }
  }

  /** Tells whether the body goes on as a stage in this JVM, and not elsewhere. */
  private boolean hasStage() {
    return extras instanceof TaskExtras x && x.attempt.stage != null;
  }

  /** Asks a body that has begun to stop; the future is left alone. */
  private void requestStop(CancelMode mode) {
    Attempt attempt;
    do {
      attempt = extras().attempt;
      requestStop(attempt, mode);
    } while (extras().attempt != attempt); // it was lost meanwhile, and the next one is meant
  }

  /** Asks one attempt at a body to stop, and no other. */
  private void requestStop(Attempt attempt, CancelMode mode) {
    if (isBodyOver()) {
      return;
    }
    attempt.stop().request(() -> interruptBody(attempt));
    if (extras().attempt == attempt && (isBodySent() || isBodyOpen())) {
      owner.stopSent(this, attempt.number, mode);
    }
  }

  /** Interrupts the body if it is still running in this attempt, and nothing else. */
  private void interruptBody(Attempt attempt) {
    if (!interrupt(() -> extras().attempt == attempt)
        && attempt.stage instanceof CompletionStage<?> stage) {
      cancelStage(stage);
    }
  }

  final void addCancelHook(Action hook) {
    extras().attempt.stop().add(hook);
  }

  /** Tells the listeners that the body keeps others from running. */
  public final void blocksOthers(Duration held, List<StackTraceElement> stack) {
    if (owner.hasListeners()) {
      owner.emit(new BatonEvent.TaskBlocksLoop(info(), held, stack));
    }
  }

  /** Passes on what the body says of its progress. */
  public final void reportProgress(TaskProgress progress) {
    extras().progress(owner.callbacks()).report(progress);
    noteWord();
  }

  private void noteWord() {
    if (options.stallTimeout() != null) {
      extras().attempt.lastWord = System.nanoTime();
    }
  }

  /** Keeps what is said of the items of a chunk; each word before the end of the body. */
  public final void itemsBegun(int items, byte[] ended) {
    Attempt present = extras().attempt;
    present.chunkWord = new ChunkWord(items, ended, present.chunkWord);
    noteWord();
  }

  /** Takes what was said of the items of a chunk, the last word first; null if nothing was. */
  public final @Nullable ChunkWord takeChunkWord() {
    TaskExtras x = extras;
    if (x == null) {
      return null;
    }
    Attempt ended = x.attempt;
    ChunkWord last = ended.chunkWord;
    ended.chunkWord = null;
    return last;
  }

  /** Notes the start of the body, arms its timeout and tells the listeners. */
  private void began(boolean elsewhere, long nanoTime) {
    TaskExtras x = extras();
    if (x.submitted != Moments.NEVER) {
      long ago = System.nanoTime() - nanoTime; // first: a pause here must not make it too early
      x.started = Moments.now() - ago;
    }
    if (x.limits instanceof TimeLimit limits) {
      if (isEachAttemptLimited()) {
        x.attempt.begunAt = nanoTime;
      }
      limits.begun(elsewhere);
    }
    if (owner.hasListeners()) {
      owner.emit(new BatonEvent.TaskStarted(info()));
    }
  }

  @Override
  public final boolean isOf(Home executor) {
    return owner == executor;
  }

  @Override
  public final boolean lendFor(Awaited awaited) {
    return awaited.involves(owner) && owner.lend(this, awaited);
  }

  @Override
  public final void resume(Awaited awaited) {
    owner.resume(this);
  }

  @Override
  public final @Nullable Awaited beginWait(Awaited awaited) {
    if (!isOfBody()) {
      return null;
    }
    Awaited before = waitsFor;
    waitsFor = awaited;
    return before;
  }

  /** Tells whether this thread is in the body, and not in a callback. */
  private boolean isOfBody() {
    return runner() == Thread.currentThread();
  }

  @Override
  public final void refuseCircle(Awaited awaited, boolean isLate) {
    if (isOfBody()) {
      WaitGraph.refuseCircle(this, awaited, isLate);
    }
  }

  /** Needs what its body waits for. */
  @Override
  public final Needs needs() {
    return Needs.of(waitsFor);
  }

  @Override
  public final void endWait(@Nullable Awaited before) {
    waitsFor = before;
  }

  @Override
  public final AwaitHook awaitHook() {
    return owner.awaitHook();
  }

  @Override
  public final TaskFuture<Void> terminated() {
    BodyEnd shared = extras().terminated(this);
    if (isBodyOver() && isDone()) {
      shared.settleAndDrain(End.NULL);
    }
    return asVoid(shared);
  }

  /** The future of the body's end, which everybody shares and nobody can cancel. */
  static final class BodyEnd extends BodilessFuture<@Nullable Void> {

    private final SubmittedTask<?> task;

    BodyEnd(SubmittedTask<?> task) {
      super("end of the body of", task);
      this.task = task;
    }

    /** Returns the task, which is needed until its body is over, though its future may be done. */
    SubmittedTask<?> task() {
      return task;
    }

    @Override
    public Needs needs() {
      return task.needs();
    }

    /** May do so when the body heeds that it is asked to stop. */
    @Override
    public boolean mayEndInSeveralWays() {
      return true;
    }

    @Override
    public boolean cancel(CancelMode mode) {
      Objects.requireNonNull(mode, "mode");
      return false;
    }
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // a future of Void has null as its only result
  private static TaskFuture<Void> asVoid(TaskFuture<?> future) {
    return (TaskFuture<Void>) future;
  }

  @Override
  public final TaskFuture<T> onProgress(Consumer<? super TaskProgress> listener) {
    extras().progress(owner.callbacks()).add(Objects.requireNonNull(listener, "listener"));
    return this;
  }
}
