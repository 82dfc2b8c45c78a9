package dev.baton.internal.executor;

import dev.baton.BackendException;
import dev.baton.TaskOptions;
import dev.baton.TaskProgress;
import dev.baton.internal.task.BorrowedThread;
import dev.baton.internal.task.SubmittedTask;
import dev.baton.spi.Outcome;
import dev.baton.spi.TaskRun;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One task as a backend sees it. Each start has a handle of its own, so that a late word about an
 * earlier attempt is not taken for one about this.
 */
final class RunHandle implements TaskRun {

  private static final Logger LOG = LoggerFactory.getLogger(RunHandle.class);

  /** The engine that a run comes from. */
  interface Source {

    /** Starts a task once more. */
    void startAgain(SubmittedTask<?> task);

    /** Lends the slot of a task whose body waits elsewhere; returns whether there was one. */
    boolean lend(SubmittedTask<?> task, Lending.Wait wait);
  }

  private static final VarHandle WITH_BACKEND;
  private static final VarHandle LENT;

  static {
    try {
      WITH_BACKEND =
          MethodHandles.lookup().findVarHandle(RunHandle.class, "withBackend", boolean.class);
      LENT = MethodHandles.lookup().findVarHandle(RunHandle.class, "lent", boolean.class);
    } catch (ReflectiveOperationException missing) {
      throw new ExceptionInInitializerError(missing);
    }
  }

  private final SubmittedTask<?> task;
  private final Source engine;
  private final int attempt;

  /**
   * Whether the backend has the run: set when it is given to it, cleared by compare-and-set by
   * whoever first completes it or gives it back, so that a backend that repeats itself is heard
   * once.
   */
  private volatile boolean withBackend;

  /**
   * Whether the body, which runs elsewhere, has lent its slot. Raised before it is looked whether
   * the backend still has the run; the end of the run clears that first and then looks here, and
   * clears by compare-and-set: so one of the two takes the slot back.
   */
  private volatile boolean lent;

  RunHandle(SubmittedTask<?> task, Source engine) {
    this.task = task;
    this.engine = engine;
    this.attempt = task.attempt();
  }

  /** Gives the run to the backend; returns false if it was withdrawn. */
  boolean begin(boolean backendOwnsClaim) {
    WITH_BACKEND.setRelease(this, true);
    return backendOwnsClaim ? task.send() : !task.isBodyOver();
  }

  SubmittedTask<?> submitted() {
    return task;
  }

  boolean isWithBackend() {
    return withBackend;
  }

  @Override
  public long id() {
    return task.id();
  }

  @Override
  public String name() {
    return task.name();
  }

  @Override
  public TaskOptions options() {
    return task.options();
  }

  @Override
  public int attempt() {
    return attempt;
  }

  @Override
  public Callable<?> task() {
    Callable<?> body = task.body();
    if (body == null) {
      throw new IllegalStateException("The body is let go: " + task);
    }
    return body;
  }

  @Override
  public Map<String, String> loggingContext() {
    return task.loggingContext();
  }

  @Override
  public boolean claim() {
    return task.claim();
  }

  @Override
  public void started(String worker, long nanoTime) {
    if (!withBackend) {
      LOG.debug("{} is not with its backend; not started in {}", task, worker);
      return;
    }
    task.startedElsewhere(Objects.requireNonNull(worker, "worker"), nanoTime);
  }

  @Override
  public Outcome call() {
    return task.call();
  }

  @Override
  public void run() {
    HostThread here = HostThread.current();
    if (here != null) {
      here.run(task);
    } else {
      BorrowedThread.run(task);
    }
  }

  @Override
  public void blocksOthers(Duration held, List<StackTraceElement> stack) {
    task.blocksOthers(held, stack);
  }

  @Override
  public void abort(Throwable cause) {
    task.fail(Objects.requireNonNull(cause, "cause"));
  }

  @Override
  public void progress(TaskProgress progress) {
    task.reportProgress(Objects.requireNonNull(progress, "progress"));
  }

  @Override
  public void itemsBegun(int items, byte[] ended) {
    task.itemsBegun(items, Objects.requireNonNull(ended, "ended"));
  }

  @Override
  public boolean complete(Outcome outcome) {
    Objects.requireNonNull(outcome, "outcome");
    if (!WITH_BACKEND.compareAndSet(this, true, false)) {
      LOG.debug("{} was completed before; dropped {}", task, outcome);
      return false;
    }
    resume();
    if (outcome instanceof Outcome.Lost && task.beginAgain()) {
      engine.startAgain(task);
      return true;
    }
    return task.complete(outcome);
  }

  @Override
  public boolean lend(long awaited, String description) {
    Lending.Wait wait = new Lending.Wait(awaited, Objects.requireNonNull(description));
    if (!withBackend || lent || !engine.lend(task, wait)) {
      return false;
    }
    lent = true;
    if (!withBackend) {
      resume(); // the run has ended meanwhile
      return false;
    }
    return true;
  }

  @Override
  public void resume() {
    if (lent && LENT.compareAndSet(this, true, false)) {
      task.owner().resume(task);
    }
  }

  @Override
  public void returnUnstarted(String reason) {
    if (!WITH_BACKEND.compareAndSet(this, true, false)) {
      LOG.debug("{} was completed or returned before; not returned again: {}", task, reason);
    } else if (task.comeBackToQueue()) {
      LOG.debug("{} goes back to the queue: {}", task, reason);
      engine.startAgain(task);
    } else if (!task.isBodyOver()) {
      task.complete(
          new Outcome.Failure(
              new BackendException("Returned as unstarted after it had begun: " + task)));
    }
  }

  @Override
  public void attach(@Nullable Object attachment) {
    task.attach(attachment);
  }

  @Override
  public @Nullable Object attachment() {
    return task.attachment();
  }

  @Override
  public boolean isMember() {
    return task.isFollowed();
  }

  @Override
  public @Nullable Instant deadline() {
    return task.latestEnd();
  }

  @Override
  public String toString() {
    return "TaskRun[" + task + "]";
  }
}
