package dev.baton.process.host;

import dev.baton.Baton;
import dev.baton.CancelMode;
import dev.baton.WorkerLostException;
import dev.baton.process.wire.Cancel;
import dev.baton.process.wire.ClaimPage;
import dev.baton.process.wire.Frame;
import dev.baton.process.wire.Opcode;
import dev.baton.process.wire.Ready;
import dev.baton.spi.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
class Worker {

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

  /** What the worker has. */
  private final Workload workload;

  /** What came together and is to be passed on together; this worker's thread's. */
  private final List<Answer> answers = new ArrayList<>();

  /** The name, with the pid once there is one; written as {@link #link} is. */
  private volatile String title;

  /** Process and pipes; set by this worker's thread before anybody else learns of them. */
  private volatile @Nullable Link link;

  /** Why we ended the process, if we did; the first reason stays. */
  private final AtomicReference<@Nullable String> killedBecause = new AtomicReference<>();

  /** What to add to the worker's time to have ours; written before the worker is READY. */
  private volatile long timeOffset;

  /** The start-up archive that it started with, if any; touched by this worker's thread only. */
  private @Nullable StartArchive archive;

  /** Whether it ever was READY; touched by this worker's thread only. */
  private boolean hasBeenReady;

  /** Kills a worker that is not ready in time; set before there is anybody to cancel it. */
  private volatile @Nullable Future<?> startLimit;

  /** Kills a worker that was told to leave and does not; set by who told it. */
  private volatile @Nullable Future<?> leaveLimit;

  private final Thread thread;

  /** Since when there is nothing to do; written before the timer is armed or looks. */
  private volatile long idleSince;

  /** Whether a timer looks for idleness; set by who arms it, cleared by it before it looks. */
  private final AtomicBoolean idleTimer = new AtomicBoolean();

  /** What came of a run. */
  private record Answer(Assignment assignment, Outcome outcome) {}

  Worker(WorkerPool pool, int index) {
    this.pool = pool;
    this.workload = new Workload(this, pool.options().maxTasksPerWorker());
    this.index = index;
    this.name = "worker-" + index;
    this.title = name;
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
      archive = pool.plan().archiveToUse();
      Link own = Link.launch(this, pool.plan(), archive);
      title = name + " (pid " + own.pid() + ")";
      link = own;
      if (isLeaving()) {
        own.kill();
      }
      startLimit = pool.clock().after(START_PATIENCE.toNanos(), this::killUnlessReady);
      own.onExit(() -> pool.clock().after(END_NANOS, this::endLeftovers));
      own.shakeHands();
      readFrom(own);
    } catch (IOException | RuntimeException | Error broken) {
      failure = broken;
      kill("reading from it failed: " + broken);
    } finally {
      end(failure);
    }
  }

  private void readFrom(Link own) throws IOException {
    try {
      own.read();
    } finally {
      passAnswersOn(); // those before the damage, if there is any
    }
  }

  /** Ends what holds the pipes of a process that is gone, so that the reader finds their end. */
  private void endLeftovers() {
    if (phase.get() != Phase.ENDED) {
      Thread.startVirtualThread(link()::endLeftovers);
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
    link().hasShakenHands(ready.hasRegion());
    cancel(startLimit);
    if (phase.compareAndSet(Phase.STARTING, Phase.READY)) {
      hasBeenReady = true;
      pool.isReady(this, archive);
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

  Workload workload() {
    return workload;
  }

  /** Returns the claim page, or null if there is none. */
  @Nullable ClaimPage page() {
    return link().page();
  }

  /**
   * Queues a run for the pipe. What is lost with the pipe is settled at the worker's end.
   *
   * @param writer writes, if nobody does; what might not fit into the pipe is written on a virtual
   *     thread
   */
  void ship(Assignment assignment, Executor writer) {
    link().ship(assignment, writer);
  }

  /** Returns how many bytes were written into the pipe. */
  long writtenBytes() {
    return link().writtenBytes();
  }

  /** Returns about how many bytes will have been written with what is offered by now. */
  long offeredBytes() {
    return link().offeredBytes();
  }

  /** Returns process and pipes, which a worker that has been READY has. */
  private Link link() {
    Link present = link;
    if (present == null) {
      throw new IllegalStateException("Not started: " + this);
    }
    return present;
  }

  /** Returns what the worker runs, as far as that is known, or null. */
  @Nullable Assignment present() {
    return workload.current();
  }

  /** Returns the run that the worker has under an id, or null. */
  @Nullable Assignment assigned(long id) {
    return workload.find(id);
  }

  /** Is told, by its own thread, what came of a run; it is passed on with others. */
  void completed(Assignment assignment, Outcome outcome) {
    assignment.begunAt();
    if (assignment.end()) {
      answers.add(new Answer(assignment, outcome));
    }
  }

  /** Is told, by its own thread, that there is no more just now. The worker is served first. */
  void passAnswersOn() {
    if (answers.isEmpty()) {
      return;
    }
    List<Answer> batch = List.copyOf(answers);
    answers.clear();
    Sending sending =
        pool.placement().answered(this, batch.stream().map(Answer::assignment).toList());
    sending.write();
    try {
      complete(batch);
    } finally {
      if (workload.isUsedUp() && !isLeaving()) {
        leave();
        pool.isLeaving(this, true);
      }
      pool.carryOut(sending);
      pool.lookWhetherIdle(this);
    }
  }

  /** Completes all, also when one fails. */
  private void complete(List<Answer> batch) {
    for (Answer answer : batch) {
      try {
        complete(answer);
      } catch (RuntimeException | Error broken) {
        LOG.error("{} could not be completed", answer.assignment(), broken);
      }
    }
  }

  /** Completes a run, and lets go of its body unless that is to be sent again. */
  private void complete(Answer answer) {
    Assignment assignment = answer.assignment();
    assignment.run().complete(answer.outcome());
    if (Shipment.of(assignment.run()) == null) {
      pool.release(assignment.shipment());
    }
  }

  /** Stops a body that has begun, as far as the mode goes. */
  void stop(Assignment assignment, CancelMode mode) {
    switch (mode) {
      case IF_PENDING, ABANDON -> {}
      case INTERRUPT -> {
        Cancel cancel = new Cancel(mode, assignment.attempt());
        link().offer(cancel.frame(assignment.run().id()));
        long grace = HOOK_NANOS + pool.options().grace().toNanos();
        assignment.stopByForceWith(pool.clock().after(grace, () -> killIfStillAt(assignment)));
      }
      case KILL -> killIfStillAt(assignment);
    }
  }

  private void killIfStillAt(Assignment assignment) {
    if (pool.condemns(assignment)) {
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
    } else if (pool.placement().retire(this)) {
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
      what += "It was started by " + pool.plan().commandLine(archive);
      if (wasKilledByOthers()) {
        pool.wasKilledAtItsStart(what);
      } else {
        pool.couldNotStart(what, failure, archive);
      }
    }
  }

  private boolean wasKilledByOthers() {
    return killedBecause.get() == null && link instanceof Link was && was.wasKilled();
  }

  private static void cancel(@Nullable Future<?> timer) {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  /** Says that the run is lost whose body had begun; what had not begun runs elsewhere. */
  private void settleRest(boolean wasReady, @Nullable Throwable failure) {
    List<Assignment> lost = new ArrayList<>(1);
    pool.carryOut(pool.placement().gone(this, lost));
    try {
      lost.forEach(this::lose);
    } finally {
      pool.carryOut(pool.placement().removeLost(lost));
    }
    if (lost.isEmpty() && wasReady) {
      LOG.warn("{}", how(), failure);
    }
  }

  private void lose(Assignment assignment) {
    assignment.begunAt();
    String message = "Task " + assignment.run().name() + " of executor " + pool.executor();
    assignment
        .run()
        .complete(
            new Outcome.Lost(
                new WorkerLostException(message + " was lost with its worker: " + how())));
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
    return this + ": " + (phase.get() == Phase.READY ? workload : phase.get());
  }

  @Override
  public String toString() {
    return title;
  }
}
