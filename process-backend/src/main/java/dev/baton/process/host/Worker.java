package dev.baton.process.host;

import dev.baton.Baton;
import dev.baton.CancelMode;
import dev.baton.WorkerLostException;
import dev.baton.process.host.Shipment.Rest;
import dev.baton.process.wire.Cancel;
import dev.baton.process.wire.Frame;
import dev.baton.process.wire.Opcode;
import dev.baton.process.wire.Ready;
import dev.baton.spi.Outcome;
import dev.baton.spi.TaskRun;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One worker JVM as the parent sees it: what it was given, and how far it has come.
 *
 * <pre>
 *   STARTING ──shakes hands──▶ READY ──is to leave, or is lost──▶ LEAVING ──process gone──▶ ENDED
 *       └────────────────is to leave, or cannot start────────────────▲
 * </pre>
 */
final class Worker {

  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

  private enum Phase {
    STARTING,
    READY,
    LEAVING,
    ENDED
  }

  /** For how long a JVM may start, and for how long one that was told to leave may close things. */
  private static final Duration START_PATIENCE = Duration.ofSeconds(60);

  private static final Duration LEAVE_PATIENCE = Duration.ofSeconds(10);

  /** After the end of a process what it has written is read within this time. */
  private static final long END_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** A body's hooks have so long before it is interrupted, and its grace begins. */
  private static final long HOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final WorkerPool pool;
  private final String name;
  private final int index;

  /** Moves forward only, by compare-and-set or in {@link #end}. */
  private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.STARTING);

  /**
   * What the worker has. Written by who sends, before it looks at the phase; taken, after the phase
   * says ENDED, by who settles what is left: so one of the two finds a run that came too late.
   */
  private final AtomicReference<@Nullable Assignment> present = new AtomicReference<>();

  /** Process and pipes; set by this worker's thread before anybody else learns of them. */
  private volatile @Nullable Link link;

  /** Why we ended the process, if we did; the first reason stays. */
  private final AtomicReference<@Nullable String> killedBecause = new AtomicReference<>();

  /** What to add to the worker's time to have ours; written before the worker is READY. */
  private volatile long timeOffset;

  /** Whether it ever was READY; touched by this worker's thread only. */
  private boolean hasBeenReady;

  /** Kills a worker that is not ready in time; set before there is anybody to cancel it. */
  private volatile @Nullable Future<?> startLimit;

  /** Kills a worker that was told to leave and does not; set by who told it. */
  private volatile @Nullable Future<?> leaveLimit;

  private final Thread thread;

  /** How many runs have ended here. */
  private final AtomicInteger done = new AtomicInteger();

  /** Since when there is nothing to do; written before the timer is armed or looks. */
  private volatile long idleSince;

  /** Whether a timer looks for idleness; set by who arms it, cleared by it before it looks. */
  private final AtomicBoolean idleTimer = new AtomicBoolean();

  Worker(WorkerPool pool, int index) {
    this.pool = pool;
    this.index = index;
    this.name = "worker-" + index;
    this.thread = Thread.ofPlatform().name(threadName("")).daemon(true).unstarted(this::live);
  }

  int index() {
    return index;
  }

  /** Is told of a line that the process printed while a task ran there, or none did. */
  void printed(@Nullable String task, String line) {
    pool.printed(this, task, line);
  }

  /** Returns the name of a thread that serves this worker. */
  String threadName(String suffix) {
    return "baton-" + pool.executor() + "-" + name + suffix;
  }

  /** Starts the thread that starts the JVM and reads from it. */
  void begin() {
    thread.start();
  }

  boolean hasBegun() {
    return thread.getState() != Thread.State.NEW;
  }

  private void live() {
    @Nullable Throwable failure = null;
    try {
      if (isLeaving()) {
        return;
      }
      Link own = Link.launch(this, pool.plan());
      link = own;
      if (isLeaving()) {
        own.kill();
      }
      startLimit = pool.clock().after(START_PATIENCE.toNanos(), this::killUnlessReady);
      own.onExit(() -> pool.clock().after(END_NANOS, this::endLeftovers));
      own.shakeHands();
      own.read();
    } catch (IOException | RuntimeException | Error broken) {
      failure = broken;
      kill("reading from it failed: " + broken);
    } finally {
      end(failure);
    }
  }

  /** Ends what holds the pipes of a process that is gone, so that the reader finds their end. */
  private void endLeftovers() {
    if (phase.get() != Phase.ENDED) {
      Thread.startVirtualThread(link()::kill);
    }
  }

  private void killUnlessReady() {
    if (phase.get() == Phase.STARTING) {
      kill("it was not ready within " + START_PATIENCE.toSeconds() + " s");
    }
  }

  /** Is told, by its own thread, that the worker has answered. */
  void isReady(Ready ready) {
    long now = System.nanoTime();
    long askedAt = ready.parentNanoTime();
    long theirs = ready.workerNanoTime();
    boolean sameClock = askedAt - theirs <= 0 && theirs - now <= 0;
    timeOffset = sameClock ? 0 : now - theirs;
    link().removeClaimFile();
    cancel(startLimit);
    if (phase.compareAndSet(Phase.STARTING, Phase.READY)) {
      hasBeenReady = true;
      pool.isReady(this);
    }
  }

  long toOurTime(long workerNanoTime) {
    return workerNanoTime + timeOffset;
  }

  long toItsTime(long ourNanoTime) {
    return ourNanoTime - timeOffset;
  }

  /** Returns the executor, for what bodies submit to it. */
  Baton executor() {
    return pool.baton();
  }

  boolean isLeaving() {
    return phase.get().compareTo(Phase.LEAVING) >= 0;
  }

  /** Sends a run to this worker, which has none; returns false if it was withdrawn. */
  boolean send(TaskRun run, Shipment shipment) {
    Link to = link();
    Assignment assignment = new Assignment(run, shipment, this, 0, to.page());
    present.set(assignment);
    if (!shipment.move(Rest.HERE, assignment)) {
      assignment.end();
      present.compareAndSet(assignment, null);
      return false;
    }
    try {
      if (!to.ship(assignment) || phase.get() == Phase.ENDED) {
        settle(assignment);
      }
    } catch (RuntimeException | Error unshippable) {
      fail(assignment, unshippable);
    }
    return true;
  }

  /** Fails a run that could not be put into frames; the worker has not heard of it. */
  private void fail(Assignment assignment, Throwable cause) {
    if (assignment.end()) {
      present.compareAndSet(assignment, null);
      assignment.run().complete(new Outcome.Failure(cause));
      pool.ended(this);
    }
  }

  /** Returns process and pipes, which a worker that has been READY has. */
  private Link link() {
    Link present = link;
    if (present == null) {
      throw new IllegalStateException("Not started: " + this);
    }
    return present;
  }

  /** Returns what the worker has, or null. */
  @Nullable Assignment present() {
    return present.get();
  }

  /** Returns the run that the worker has under an id, or null. */
  @Nullable Assignment assigned(long id) {
    Assignment assignment = present.get();
    return assignment != null && assignment.run().id() == id ? assignment : null;
  }

  /** Is told, by its own thread, what came of a run. */
  void completed(Assignment assignment, Outcome outcome) {
    assignment.begunAt();
    if (!assignment.end()) {
      return;
    }
    present.compareAndSet(assignment, null);
    try {
      assignment.run().complete(outcome);
    } finally {
      Integer most = pool.options().maxTasksPerWorker();
      if (done.incrementAndGet() == (most == null ? 0 : most) || assignment.isDoomed()) {
        leave();
        pool.isLeaving(this, true);
      }
      pool.ended(this);
    }
  }

  /** Takes a run back whose body has not begun; returns false if it has. */
  boolean withdraw(Assignment assignment, Rest rest) {
    if (!assignment.withdraw()) {
      return false;
    }
    present.compareAndSet(assignment, null);
    assignment.leaveTo(rest);
    pool.ended(this);
    return true;
  }

  /** Stops a body that has begun, as far as the mode goes. */
  void stop(Assignment assignment, CancelMode mode) {
    switch (mode) {
      case IF_PENDING, ABANDON -> {}
      case INTERRUPT -> {
        link().offer(new Cancel(mode).frame(assignment.run().id()));
        long grace = HOOK_NANOS + pool.options().grace().toNanos();
        assignment.stopByForceWith(pool.clock().after(grace, () -> killIfStillAt(assignment)));
      }
      case KILL -> killIfStillAt(assignment);
    }
  }

  private void killIfStillAt(Assignment assignment) {
    if (assignment.doom()) {
      kill("task " + assignment.run().name() + " did not stop when it was asked to");
    }
  }

  /**
   * Ends the process by force, with those that it has started. It does not wait.
   *
   * @param why what to say, or null if the process itself will show
   */
  void kill(@Nullable String why) {
    if (phase.get() == Phase.ENDED) {
      return;
    }
    if (why != null) {
      killedBecause.compareAndSet(null, why);
    }
    boolean wasReady = phase.compareAndSet(Phase.READY, Phase.LEAVING);
    phase.compareAndSet(Phase.STARTING, Phase.LEAVING);
    Link running = link;
    if (running != null) {
      Thread.startVirtualThread(running::kill);
    }
    if (wasReady) {
      pool.isLeaving(this, true);
    }
  }

  /** Lets the worker close what it has and go. It does not wait. */
  void leave() {
    if (phase.compareAndSet(Phase.STARTING, Phase.LEAVING)) {
      kill("it is no longer needed");
    } else if (phase.compareAndSet(Phase.READY, Phase.LEAVING)) {
      link().offer(Frame.of(Opcode.GOODBYE, 0));
      leaveLimit =
          pool.clock().after(LEAVE_PATIENCE.toNanos(), () -> kill("it did not leave when told to"));
    }
  }

  /** Is told that the worker has closed all; a JVM takes a third of a second to see to its end. */
  void hasClosed() {
    if (isLeaving()) {
      link().endProcess();
    }
  }

  /** Is told that there is nothing to do. */
  void idles() {
    Duration most = pool.options().idleTimeout();
    if (most != null) {
      idleSince = System.nanoTime();
      lookForIdleness(most.toNanos(), most.toNanos());
    }
  }

  /** Looks after a time whether the worker has been idle for long enough; one timer does. */
  private void lookForIdleness(long most, long after) {
    if (idleTimer.compareAndSet(false, true)) {
      pool.clock()
          .after(
              after,
              () -> {
                idleTimer.set(false);
                leaveIfIdleFor(most);
              });
    }
  }

  private void leaveIfIdleFor(long most) {
    long left = most - (System.nanoTime() - idleSince);
    if (left > 0) {
      lookForIdleness(most, left);
    } else if (pool.retire(this)) {
      leave();
      pool.isLeaving(this, false);
    }
  }

  /** Settles everything when nothing more is to be read. */
  private void end(@Nullable Throwable failure) {
    boolean wasReady = phase.compareAndSet(Phase.READY, Phase.LEAVING);
    try {
      if (hasBeenReady) {
        pool.isLeaving(this, wasReady);
      }
      if (link instanceof Link was) {
        was.awaitExit();
      }
    } finally {
      phase.set(Phase.ENDED);
      cancel(startLimit);
      cancel(leaveLimit);
      try {
        settleRest(wasReady, failure);
      } finally {
        pool.isGone(this);
      }
    }
    if (!hasBeenReady) {
      String what = "Worker " + this + " could not start: " + how() + System.lineSeparator();
      pool.couldNotStart(what + "It was started by " + pool.plan(), failure);
    }
  }

  private static void cancel(@Nullable Future<?> timer) {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  /** Settles what the worker has; if its sender is yet to place it, the sender will. */
  private void settleRest(boolean wasReady, @Nullable Throwable failure) {
    Assignment left = present.get();
    if (left != null && left.shipment().place() == left) {
      settle(left);
    } else if (left == null && wasReady) {
      LOG.warn("{}", how(), failure);
    }
  }

  /** Gives a run back that had not begun, and else says that it is lost. */
  private void settle(Assignment assignment) {
    if (assignment.withdraw()) {
      present.compareAndSet(assignment, null);
      pool.giveBack(assignment, this + " is gone");
    } else if (assignment.endIfClaimed()) {
      present.compareAndSet(assignment, null);
      assignment.begunAt();
      String message = "Task " + assignment.run().name() + " of executor " + pool.executor();
      assignment.leaveTo(Rest.HERE); // it may be sent once more
      assignment
          .run()
          .complete(
              new Outcome.Lost(
                  new WorkerLostException(message + " was lost with its worker: " + how())));
      pool.ended(this);
    }
  }

  /** Says how the process ended, and what it said last. */
  private String how() {
    Link was = link;
    String reason = killedBecause.get();
    return (was == null ? "no process was started" : was.describeEnd())
        + (reason == null ? "" : " It was killed because " + reason + ".");
  }

  /** Waits until process and threads are gone, deaf to interrupts. */
  void awaitEnd() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException goOn) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Says what the worker does, in a line. */
  String describe() {
    Assignment assignment = present.get();
    String work = assignment == null ? "idle" : assignment.toString();
    return this + ": " + (phase.get() == Phase.READY ? work : phase.get());
  }

  @Override
  public String toString() {
    Link started = link;
    return started == null ? name : name + " (pid " + started.pid() + ")";
  }
}
