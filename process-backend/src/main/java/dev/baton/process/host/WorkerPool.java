package dev.baton.process.host;

import dev.baton.BackendException;
import dev.baton.Baton;
import dev.baton.event.BatonEvent;
import dev.baton.process.ProcessOptions;
import dev.baton.process.codec.PiecePool;
import dev.baton.process.host.Shipment.Place;
import dev.baton.spi.BackendHost;
import dev.baton.spi.Outcome;
import dev.baton.spi.TaskRun;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers of one executor: how many there are, when one is started, and when one leaves.
 *
 * <p>Core was given credit for more runs than its workers can have, and gets one back for each that
 * ends. So there is something to send on when results come, without asking core first.
 */
final class WorkerPool {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerPool.class);

  /** After so many starts in a row that failed, the backend gives up. */
  private static final int MOST_FAILED_STARTS = 3;

  /**
   * The same for workers that somebody killed, if that went on for so long, too: a kill says little
   * of whether the next worker can start.
   */
  private static final int MOST_KILLED_STARTS = 10;

  private static final long LONGEST_KILLING_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final long FIRST_BACKOFF_MILLIS = 100;
  private static final int MOST_DOUBLINGS = 3;

  /** As many as a worker may have, and as many again to follow them. */
  private static final int CREDIT_PER_WORKER = 2 * Workload.DEPTH;

  /** For how long a worker stays that nobody needs any more. */
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** What killed programs have left in memory is removed when the first tasks had their time. */
  private static final long SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** Memory for large arrays that nobody has used for so long goes back to the system. */
  private static final long PIECES_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** The archive is made when the first worker has had so much time for its first tasks. */
  private static final long ARCHIVE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final ProcessOptions options;
  private final BackendHost host;
  private final LaunchPlan plan;
  private final Clock clock;
  private final Placement placement;

  /** Memory for the large arrays in bodies. */
  private final PiecePool pieces = new PiecePool(this::trimPiecesLater);

  /** Whether a timer is about to trim that memory; set by who arms it, cleared before it trims. */
  private final AtomicBoolean isTrimmingPieces = new AtomicBoolean();

  /** Makes the start-up archive if there is none; null if there is to be none. */
  private final @Nullable ArchiveMaker archiveMaker;

  /** Guards all that follows; neither core nor a worker's pipe is touched while it is held. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Every worker that has not ended. */
  private final Set<Worker> workers = new LinkedHashSet<>();

  /** Whether a timer is about to look for workers that are too many. */
  private boolean isTrimming;

  private int numbers;
  private int failedStarts;
  private int killedStarts;

  /** When the first of those was killed. */
  private long killingSince;

  private boolean isShutDown;
  private boolean isClosed;

  WorkerPool(ProcessOptions options, BackendHost host, LaunchPlan plan) {
    this.options = options;
    this.host = host;
    this.plan = plan;
    this.clock = new Clock("baton-" + host.executor() + "-clock");
    this.placement = new Placement(options, System::nanoTime);
    this.archiveMaker =
        plan.archive() instanceof StartArchive archive && !archive.isThere()
            ? new ArchiveMaker(archive, "baton-" + host.executor() + "-archive")
            : null;
  }

  Clock clock() {
    return clock;
  }

  ProcessOptions options() {
    return options;
  }

  LaunchPlan plan() {
    return plan;
  }

  Placement placement() {
    return placement;
  }

  PiecePool pieces() {
    return pieces;
  }

  /**
   * Is told that no worker reads a body any more. One that was withdrawn, or is too large for its
   * worker, may yet be on its way to one, which drops it: it takes no harm when other bytes come.
   */
  void release(Shipment shipment) {
    shipment.encoded().release();
  }

  private void trimPiecesLater() {
    if (isTrimmingPieces.compareAndSet(false, true)) {
      clock.after(
          PIECES_NANOS,
          () -> {
            isTrimmingPieces.set(false);
            if (pieces.trim(PIECES_NANOS)) {
              trimPiecesLater();
            }
          });
    }
  }

  String executor() {
    return host.executor();
  }

  Baton baton() {
    return host.baton();
  }

  /** Tells the listeners of a line that a worker printed. */
  void printed(Worker worker, @Nullable String task, String line) {
    host.emit(new BatonEvent.WorkerPrinted(executor(), worker.toString(), task, line));
  }

  /** Starts the workers, and gives credit. */
  void open() {
    for (int i = 0; i < options.workers(); i++) {
      launch();
    }
    host.credit(options.workers() * CREDIT_PER_WORKER);
    clock.after(SWEEP_NANOS, () -> Thread.startVirtualThread(this::sweep));
  }

  /** Removes what programs have left that were killed. */
  private void sweep() {
    Stream.of(PrivateFiles.directory(), options.sharedMemory())
        .filter(Objects::nonNull)
        .distinct()
        .forEach(FileSweep::of);
  }

  private void launch() {
    Throwable failure;
    lock.lock();
    try {
      if (isClosed || surplus() >= 0) {
        return;
      }
      Worker worker = new Worker(this, ++numbers);
      workers.add(worker);
      worker.begin();
      return;
    } catch (RuntimeException | Error noThread) {
      failure = noThread;
      workers.removeIf(made -> !made.hasBegun());
    } finally {
      lock.unlock();
    }
    couldNotStart("No thread for a worker: " + failure, failure, null);
  }

  /** Tells how many workers there are beyond those that are needed; below zero if some lack. */
  private int surplus() {
    int staying = 0;
    for (Worker worker : workers) {
      staying += worker.isLeaving() ? 0 : 1;
    }
    return staying - options.workers() - placement.lent();
  }

  /** Sends a run to a worker, or keeps it for the next that may have it. */
  void start(TaskRun run, Shipment shipment) {
    carryOut(placement.start(new Unplaced(run, shipment)));
  }

  /** Does what has to be done about a change, but not under the lock. */
  void carryOut(Sending sending) {
    sending.write();
    for (Sending.Failed failed : sending.failed()) {
      Assignment assignment = failed.assignment();
      if (assignment.end()) {
        assignment.run().complete(new Outcome.Failure(failed.cause()));
        carryOut(placement.failed(assignment));
      }
    }
    if (sending.lacksWorker()) {
      launch(); // unless there are enough, which are only not ready yet
    }
    if (sending.credit() > 0) {
      host.credit(sending.credit());
    }
  }

  /** Takes a run back; returns false if its body has begun. */
  boolean withdraw(TaskRun run, Shipment shipment) {
    Place place = shipment.place();
    Sending sending = placement.withdraw(run, shipment);
    if (sending == null) {
      return false;
    }
    carryOut(sending);
    if (place instanceof Assignment was) {
      lookWhetherIdle(was.worker());
    }
    return true;
  }

  /** Tells whether a worker is to be killed for a body that does not stop. */
  boolean condemns(Assignment culprit) {
    Sending sending = new Sending();
    boolean condemned = placement.condemn(culprit, sending);
    carryOut(sending);
    return condemned;
  }

  /** Is told that a body waits: another may run meanwhile, in one worker more if need be. */
  void lend(@Nullable Shipment shipment) {
    carryOut(placement.lend(shipment));
  }

  /** Is told that a body goes on, whatever runs; it is made up for when the next run ends. */
  void resume() {
    placement.resume();
    trimLater();
  }

  /** Lets workers that are too many stay for a while, since whoever nests once nests again. */
  private void trimLater() {
    lock.lock();
    try {
      if (!isTrimming && !isClosed && surplus() > 0) {
        isTrimming = true;
        clock.after(LINGER_NANOS, this::trim);
      }
    } finally {
      lock.unlock();
    }
  }

  private void trim() {
    int tooMany;
    lock.lock();
    try {
      isTrimming = false;
      tooMany = surplus();
    } finally {
      lock.unlock();
    }
    for (Worker worker : placement.retire(tooMany)) {
      worker.leave();
      isLeaving(worker, false);
    }
    trimLater(); // some may have been busy
  }

  /** Is told that a worker has shaken hands, and what start-up archive it started with. */
  void isReady(Worker worker, @Nullable StartArchive archive) {
    lock.lock();
    try {
      failedStarts = 0;
      killedStarts = 0;
    } finally {
      lock.unlock();
    }
    carryOut(placement.ready(worker));
    lookWhetherIdle(worker);
    plan.hasStarted(archive);
    if (archiveMaker != null) {
      clock.after(ARCHIVE_NANOS, archiveMaker::begin);
    }
  }

  /** Lets a worker count the time for which it has nothing to do. */
  void lookWhetherIdle(Worker worker) {
    if (options.idleTimeout() != null && placement.isIdle(worker)) {
      worker.idles();
    }
  }

  /** Is told that a worker is to get nothing more; another takes its place. */
  void isLeaving(Worker worker, boolean replace) {
    carryOut(placement.close(worker));
    boolean hasWork = placement.unplaced() > 0;
    boolean needed;
    lock.lock();
    try {
      needed = !isClosed && (hasWork || (replace && !isShutDown));
    } finally {
      lock.unlock();
    }
    if (needed) {
      launch();
    }
  }

  /** Is told that a worker's process is gone and all its runs are settled. */
  void isGone(Worker worker) {
    lock.lock();
    try {
      workers.remove(worker);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Is told that a worker ended before it was ready. With an archive that counts for nothing: the
   * next starts without, and shows whether it was the archive's fault.
   */
  void couldNotStart(String how, @Nullable Throwable cause, @Nullable StartArchive archive) {
    int failures;
    lock.lock();
    try {
      if (isClosed) {
        return;
      }
      failures = archive == null ? ++failedStarts : failedStarts;
    } finally {
      lock.unlock();
    }
    if (archive != null) {
      plan.giveUp(archive);
      LOG.debug("Workers start without the start-up archive: {}", how, cause);
      launch();
      return;
    }
    tryAgain(how, cause, failures, failures >= MOST_FAILED_STARTS);
  }

  /** Is told that somebody, or the system for want of memory, killed a worker as it started. */
  void wasKilledAtItsStart(String how) {
    int kills;
    boolean isTooLong;
    lock.lock();
    try {
      if (isClosed) {
        return;
      }
      long now = System.nanoTime();
      killingSince = killedStarts == 0 ? now : killingSince;
      kills = ++killedStarts;
      isTooLong = now - killingSince > LONGEST_KILLING_NANOS;
    } finally {
      lock.unlock();
    }
    tryAgain(how, null, kills, kills >= MOST_KILLED_STARTS && isTooLong);
  }

  private void tryAgain(String how, @Nullable Throwable cause, int failures, boolean isEnough) {
    if (isEnough) {
      host.broken(new BackendException(how, cause));
      return;
    }
    LOG.warn("{}", how, cause);
    long millis = FIRST_BACKOFF_MILLIS << Math.min(failures - 1, MOST_DOUBLINGS);
    clock.after(TimeUnit.MILLISECONDS.toNanos(millis), this::launch);
  }

  void shutdown() {
    lock.lock();
    try {
      isShutDown = true;
    } finally {
      lock.unlock();
    }
  }

  /** Ends all workers, and returns when no process and no thread is left. */
  void close() {
    List<Worker> all;
    lock.lock();
    try {
      isClosed = true;
      all = new ArrayList<>(workers);
    } finally {
      lock.unlock();
    }
    placement.close();
    if (archiveMaker != null) {
      archiveMaker.stop();
    }
    all.forEach(Worker::leave);
    all.forEach(Worker::awaitEnd);
    clock.close();
    if (archiveMaker != null) {
      archiveMaker.awaitEnd();
    }
  }

  /** Returns a line for each worker. */
  @Override
  public String toString() {
    int waiting = placement.unplaced();
    lock.lock();
    try {
      String lines =
          workers.stream()
              .map(Worker::describe)
              .collect(Collectors.joining(System.lineSeparator()));
      return waiting == 0
          ? lines
          : lines + System.lineSeparator() + waiting + " tasks wait for a worker";
    } finally {
      lock.unlock();
    }
  }
}
