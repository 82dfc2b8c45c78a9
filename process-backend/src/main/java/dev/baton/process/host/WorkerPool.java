package dev.baton.process.host;

import dev.baton.BackendException;
import dev.baton.Baton;
import dev.baton.event.BatonEvent;
import dev.baton.process.ProcessOptions;
import dev.baton.process.host.Shipment.Rest;
import dev.baton.spi.BackendHost;
import dev.baton.spi.TaskRun;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The workers of one executor, and which of them gets the next run.
 *
 * <p>Core was given credit for as many runs as there should be workers, and gets one back for each
 * that ends. So a run that finds no idle worker waits for one that is being started.
 */
final class WorkerPool {

  private static final Logger LOG = LoggerFactory.getLogger(WorkerPool.class);

  /** After so many starts in a row that failed, the backend gives up. */
  private static final int MOST_FAILED_STARTS = 3;

  private static final long FIRST_BACKOFF_MILLIS = 100;

  /** For how long a worker stays that nobody needs any more. */
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ProcessOptions options;
  private final BackendHost host;
  private final LaunchPlan plan;
  private final Clock clock;

  /** Guards all that follows; neither core nor a worker's pipe is touched while it is held. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Every worker that has not ended. */
  private final Set<Worker> workers = new LinkedHashSet<>();

  /** Those that are ready and have nothing to do; the one that was busy last is first. */
  private final Deque<Worker> idle = new ArrayDeque<>();

  /** What core has started and no worker was ready for. */
  private final Deque<Unplaced> unplaced = new ArrayDeque<>();

  /** How many runs may begin. */
  private final Slots slots;

  /** Whether a timer is about to look for workers that are too many. */
  private boolean isTrimming;

  private int numbers;
  private int failedStarts;
  private boolean isShutDown;
  private boolean isClosed;

  private record Unplaced(TaskRun run, Shipment shipment) {}

  /** A run and the worker that it is to be sent to. */
  private record Placed(Worker worker, Unplaced what) {}

  WorkerPool(ProcessOptions options, BackendHost host, LaunchPlan plan) {
    this.options = options;
    this.host = host;
    this.plan = plan;
    this.slots = new Slots(options.workers());
    this.clock = new Clock("baton-" + host.executor() + "-clock");
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

  /** Starts the workers, and gives credit for one run each. */
  void open() {
    for (int i = 0; i < options.workers(); i++) {
      launch();
    }
    host.credit(options.workers());
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
    couldNotStart("No thread for a worker: " + failure, failure);
  }

  /** Tells how many workers there are beyond those that are needed; below zero if some lack. */
  private int surplus() {
    int staying = 0;
    for (Worker worker : workers) {
      staying += worker.isLeaving() ? 0 : 1;
    }
    return staying - slots.wantedWorkers();
  }

  /** Sends a run to a worker, or keeps it for the next that is ready. */
  void start(TaskRun run, Shipment shipment) {
    lock.lock();
    try {
      unplaced.addLast(new Unplaced(run, shipment));
    } finally {
      lock.unlock();
    }
    place();
  }

  /** Sends what waits to workers that idle, as far as so many may run. */
  private void place() {
    for (Placed next; (next = takeNext()) != null; ) {
      if (!next.worker().send(next.what().run(), next.what().shipment())) {
        ended(next.worker()); // it was withdrawn on its way
      }
    }
    if (lacksWorker()) {
      launch(); // unless there are enough, which are only not ready yet
    }
  }

  private @Nullable Placed takeNext() {
    lock.lock();
    try {
      if (slots.isFull() || unplaced.isEmpty() || idle.isEmpty()) {
        return null;
      }
      slots.take();
      return new Placed(idle.removeFirst(), unplaced.removeFirst());
    } finally {
      lock.unlock();
    }
  }

  private boolean lacksWorker() {
    lock.lock();
    try {
      return !slots.isFull() && !unplaced.isEmpty() && idle.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Is told that a body waits: another may run meanwhile, in one worker more if need be. */
  void lend() {
    lock.lock();
    try {
      slots.lend();
    } finally {
      lock.unlock();
    }
    place();
    host.credit(1);
  }

  /** Is told that a body goes on, whatever runs; it is made up for when the next run ends. */
  void resume() {
    lock.lock();
    try {
      slots.resume();
      trimLater();
    } finally {
      lock.unlock();
    }
  }

  /** Lets workers that are too many stay for a while, since whoever nests once nests again. */
  private void trimLater() {
    if (!isTrimming && !isClosed && surplus() > 0) {
      isTrimming = true;
      clock.after(LINGER_NANOS, this::trim);
    }
  }

  private void trim() {
    List<Worker> tooMany = new ArrayList<>();
    lock.lock();
    try {
      isTrimming = false;
      for (int more = surplus(); more > 0 && !idle.isEmpty(); more--) {
        tooMany.add(idle.removeLast());
      }
    } finally {
      lock.unlock();
    }
    for (Worker worker : tooMany) {
      worker.leave();
      isLeaving(worker, false);
    }
  }

  /** Drops a withdrawn run that no worker has, and gives its credit back. */
  void forget(Shipment shipment) {
    boolean wasHere;
    lock.lock();
    try {
      wasHere = unplaced.removeIf(waiting -> waiting.shipment() == shipment);
    } finally {
      lock.unlock();
    }
    if (wasHere) {
      host.credit(1);
    }
  }

  /** Is told that a worker has shaken hands. */
  void isReady(Worker worker) {
    lock.lock();
    try {
      failedStarts = 0;
    } finally {
      lock.unlock();
    }
    isFree(worker);
  }

  /** Is told that a run of a worker has ended; core gets credit for it, unless it owes some. */
  void ended(Worker worker) {
    boolean credited = countOut();
    isFree(worker);
    if (credited) {
      host.credit(1);
    }
  }

  /** Counts a run out; returns whether credit is due for it. */
  private boolean countOut() {
    lock.lock();
    try {
      return slots.giveBack();
    } finally {
      lock.unlock();
    }
  }

  /** Lets a worker idle, or gives it what waits the longest. */
  private void isFree(Worker worker) {
    lock.lock();
    try {
      if (!worker.isLeaving() && !isClosed) {
        idle.addFirst(worker);
        trimLater();
      }
    } finally {
      lock.unlock();
    }
    place();
    if (isIdle(worker)) {
      worker.idles();
    }
  }

  private boolean isIdle(Worker worker) {
    lock.lock();
    try {
      return idle.contains(worker);
    } finally {
      lock.unlock();
    }
  }

  /** Is told that a worker is to get nothing more; another takes its place. */
  void isLeaving(Worker worker, boolean replace) {
    boolean needed;
    lock.lock();
    try {
      idle.remove(worker);
      needed = !isClosed && (!unplaced.isEmpty() || (replace && !isShutDown));
    } finally {
      lock.unlock();
    }
    if (needed) {
      launch();
    }
  }

  /** Takes an idle worker out, unless it has been given something; returns whether it did. */
  boolean retire(Worker worker) {
    lock.lock();
    try {
      return idle.remove(worker);
    } finally {
      lock.unlock();
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

  /** Is told that a worker ended before it was ready. */
  void couldNotStart(String how, @Nullable Throwable cause) {
    int failures;
    lock.lock();
    try {
      if (isClosed) {
        return;
      }
      failures = ++failedStarts;
    } finally {
      lock.unlock();
    }
    if (failures >= MOST_FAILED_STARTS) {
      host.broken(new BackendException(how, cause));
      return;
    }
    LOG.warn("{}", how, cause);
    clock.after(
        TimeUnit.MILLISECONDS.toNanos(FIRST_BACKOFF_MILLIS << (failures - 1)), this::launch);
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
      idle.clear();
    } finally {
      lock.unlock();
    }
    all.forEach(Worker::leave);
    all.forEach(Worker::awaitEnd);
    clock.close();
  }

  /** Returns a line for each worker. */
  @Override
  public String toString() {
    lock.lock();
    try {
      String lines =
          workers.stream()
              .map(Worker::describe)
              .collect(Collectors.joining(System.lineSeparator()));
      return unplaced.isEmpty()
          ? lines
          : lines + System.lineSeparator() + unplaced.size() + " tasks wait for a worker to start";
    } finally {
      lock.unlock();
    }
  }

  /** Puts a run that a worker had not begun back to core. */
  void giveBack(Assignment assignment, String reason) {
    assignment.leaveTo(Rest.HERE);
    assignment.run().returnUnstarted(reason);
    if (countOut()) {
      host.credit(1);
    }
    place();
  }
}
