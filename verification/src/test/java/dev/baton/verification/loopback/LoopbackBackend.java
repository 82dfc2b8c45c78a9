package dev.baton.verification.loopback;

import dev.baton.Baton;
import dev.baton.CancelMode;
import dev.baton.Capabilities;
import dev.baton.Task;
import dev.baton.WorkerLostException;
import dev.baton.spi.Backend;
import dev.baton.spi.BackendHost;
import dev.baton.spi.Outcome;
import dev.baton.spi.TaskRun;
import dev.baton.spi.WorkerScope;
import dev.baton.verification.loopback.Faults.Moment;
import dev.baton.verification.loopback.Parcel.Place;
import dev.baton.verification.loopback.Parcel.Rest;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Sends encoded tasks to workers, a few ahead to each, and encoded outcomes back.
 *
 * <p>Credit given and not used, and the runs at the workers, always add up to what the workers
 * hold: so a run that is started finds a worker with room, and each run that leaves a worker brings
 * credit for one more.
 */
final class LoopbackBackend implements Backend {

  private final LoopbackOptions options;
  private final BackendHost host;
  private final Faults faults;
  private final Wire wire = new Wire(Thread.currentThread().getContextClassLoader());

  private final Workers workers = new Workers(this::newWorker);

  private final Permits permits;

  /** How many runs may end without credit for another; raised by each waiter that goes on. */
  private final AtomicInteger debt = new AtomicInteger();

  /** Whether the backend broke, and says nothing more of its runs. */
  private volatile boolean broken;

  LoopbackBackend(LoopbackOptions options, BackendHost host) {
    this.options = options;
    this.host = host;
    this.faults = options.faults();
    this.permits = new Permits(options.workers());
  }

  /** Starts the workers. */
  void begin() {
    workers.start(options.workers());
    host.credit(options.workers() * (1 + options.ahead()));
  }

  private LoopbackWorker newWorker(String name) {
    return new LoopbackWorker(
        name, host.executor(), this, wire, faults, new WorkerScope(copiedResources()), permits);
  }

  /** Returns the factories of the resources as a worker gets them. */
  @SuppressWarnings("unchecked") // a copy is of the type of its original
  private Map<Class<?>, Task<?>> copiedResources() {
    try {
      return (Map<Class<?>, Task<?>>) wire.copy(new LinkedHashMap<>(options.common().resources()));
    } catch (IOException | ClassNotFoundException failure) {
      throw new IllegalArgumentException(
          "The factories of resources cannot be encoded: " + failure, failure);
    }
  }

  @Override
  public Capabilities capabilities() {
    return new Capabilities(false, false, true);
  }

  @Override
  public boolean ownsClaim() {
    return true;
  }

  @Override
  public void prepare(TaskRun run) {
    faults.meet(Moment.PREPARE, run);
    run.attach(new Parcel(wire.encodeTask(run.task(), run.name())));
  }

  @Override
  public void start(TaskRun run) {
    faults.meet(Moment.START, run);
    Parcel parcel = (Parcel) run.attachment();
    if (parcel == null || !workers.send(run, parcel)) {
      giveCredit(1); // it was withdrawn on its way
    }
  }

  @Override
  public Withdrawal cancel(TaskRun run, CancelMode mode) {
    Parcel parcel = (Parcel) run.attachment();
    if (parcel == null) {
      return Withdrawal.BEGUN; // and over
    }
    Assignment assignment = withdraw(parcel);
    if (assignment == null) {
      return Withdrawal.WITHDRAWN;
    }
    if (mode == CancelMode.INTERRUPT || mode == CancelMode.KILL) {
      assignment.stop().make(assignment::interrupt);
      faults.meet(Moment.CANCEL, run);
    }
    return Withdrawal.BEGUN;
  }

  /** Withdraws a parcel wherever it is; returns the assignment that has begun, or null. */
  private @Nullable Assignment withdraw(Parcel parcel) {
    for (; ; ) {
      Place place = parcel.place();
      if (place instanceof Assignment assignment) {
        if (assignment.takeBack()) {
          parcel.move(assignment, Rest.WITHDRAWN);
          assignment.worker().forget(assignment);
          giveCredit(1);
          return null;
        }
        if (assignment.hasBegun()) {
          return assignment;
        }
        Thread.onSpinWait(); // it is coming back from a lost worker
      } else if (place == Rest.WITHDRAWN || parcel.move(Rest.HERE, Rest.WITHDRAWN)) {
        return null;
      }
    }
  }

  /** Gives credit for runs that have ended, less what is owed. */
  private void giveCredit(int room) {
    int owed = debt.getAndUpdate(d -> Math.max(0, d - room));
    if (room > owed) {
      host.credit(room - owed);
    }
  }

  /** Returns the executor, to which bodies submit as if they were here. */
  Baton baton() {
    return host.baton();
  }

  @Override
  public void lend(TaskRun run) {
    workers.lend(options.workers());
    permits.release();
    host.credit(1);
  }

  @Override
  public void resume(TaskRun run) {
    workers.resume();
    permits.take();
    debt.incrementAndGet();
  }

  @Override
  public OptionalLong begunAt(TaskRun run) {
    return run.attachment() instanceof Parcel parcel
            && parcel.place() instanceof Assignment assignment
            && !faults.haveForgottenStarts()
        ? assignment.begunAt()
        : OptionalLong.empty();
  }

  /** Is told by a worker that it has nothing to do. */
  void idle(LoopbackWorker worker) {
    workers.share(worker);
  }

  /** Is told by a worker that a body begins. */
  void began(Assignment assignment) {
    workers.shareWithIdle();
    if (!faults.areSilentAboutStarts()) {
      long at = assignment.begunAt().orElseThrow();
      String worker = assignment.worker().name();
      assignment.run().started(worker, at);
      if (faults.repeat()) {
        assignment.run().started(worker, at);
      }
    }
  }

  /**
   * Is told by a worker that a body is over.
   *
   * @param first whether the run was not over before, because the worker was lost
   */
  void over(Assignment assignment, byte[] outcome, boolean first) {
    TaskRun run = assignment.run();
    String name = run.name();
    Outcome encoded = new Outcome.Encoded(() -> wire.decodeOutcome(outcome, name));
    if (broken) {
      return;
    }
    if (first) {
      assignment.worker().forget(assignment);
      run.complete(encoded);
      giveCredit(1);
    }
    if (first ? faults.repeat() : faults.letTheLostSpeak()) {
      faults.spoke(run.complete(encoded));
    }
  }

  /** Loses a worker: what it had begun is lost, what it had not goes back. Another takes over. */
  void lose(String name, String how) {
    LoopbackWorker worker = workers.replace(name);
    worker.beginNoMore();
    List<Assignment> held = worker.held();
    long room = held.stream().filter(assignment -> returned(assignment, how)).count();
    room += held.stream().filter(assignment -> lost(assignment, how)).count();
    worker.end();
    if (room > 0) {
      giveCredit((int) room);
    }
  }

  private boolean returned(Assignment assignment, String how) {
    if (!assignment.takeBack()) {
      return false;
    }
    assignment.parcel().move(assignment, Rest.HERE);
    faults.meet(Moment.RETURN, assignment.run());
    assignment.run().returnUnstarted(assignment.worker().name() + " was lost: " + how);
    return true;
  }

  private boolean lost(Assignment assignment, String how) {
    if (!assignment.end()) {
      return false;
    }
    permits.release();
    assignment.parcel().move(assignment, Rest.HERE);
    TaskRun run = assignment.run();
    String message =
        "Task " + run.name() + " was lost with worker " + assignment.worker().name() + ": " + how;
    Outcome gone = new Outcome.Lost(new WorkerLostException(message));
    run.complete(gone);
    if (faults.repeat()) {
      faults.spoke(run.complete(gone));
    }
    return true;
  }

  /** Gives up, and says nothing more of what the workers have. */
  void breakDown(Throwable cause) {
    broken = true;
    host.broken(cause);
  }

  @Override
  public void close() {
    workers.close();
  }

  @Override
  public String status() {
    return workers.toString();
  }
}
