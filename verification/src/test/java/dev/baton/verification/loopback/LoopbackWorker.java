package dev.baton.verification.loopback;

import dev.baton.spi.WorkerScope;
import dev.baton.verification.loopback.Faults.Moment;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.PriorityBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** A thread that plays a worker in another JVM: it knows tasks as bytes only. */
final class LoopbackWorker {

  private final String name;
  private final LoopbackBackend backend;
  private final Wire wire;
  private final Faults faults;
  private final WorkerScope scope;
  private final Permits permits;
  private final Thread thread;
  private final String threadName;
  private final @Nullable ClassLoader loader = Thread.currentThread().getContextClassLoader();
  private final BlockingQueue<Assignment> queue =
      new PriorityBlockingQueue<>(11, Assignment.OLDEST_FIRST);

  /** What was sent here and is not over. */
  private final Set<Assignment> held = ConcurrentHashMap.newKeySet();

  /** Whether the worker is lost or no longer needed. */
  private volatile boolean ended;

  LoopbackWorker(
      String name,
      String executor,
      LoopbackBackend backend,
      Wire wire,
      Faults faults,
      WorkerScope scope,
      Permits permits) {
    this.name = name;
    this.backend = backend;
    this.wire = wire;
    this.faults = faults;
    this.scope = scope;
    this.permits = permits;
    this.threadName = "baton-" + executor + "-" + name;
    this.thread = Thread.ofPlatform().name(threadName).daemon(true).unstarted(this::work);
  }

  String name() {
    return name;
  }

  void start() {
    thread.start();
  }

  /** Takes a run, to be begun after those that were sent before. */
  void send(Assignment assignment) {
    held.add(assignment);
    queue.add(assignment);
  }

  /** Lets go of a run that is over or was taken back. */
  void forget(Assignment assignment) {
    held.remove(assignment);
    queue.remove(assignment);
  }

  /** Tells how many runs are here. */
  int load() {
    return held.size();
  }

  /** Tells whether a body runs here, after which the worker asks for more. */
  boolean isBusy() {
    return held.stream().anyMatch(Assignment::hasBegun);
  }

  /** Returns what is here, the oldest first. */
  List<Assignment> held() {
    return held.stream().sorted(Assignment.OLDEST_FIRST).toList();
  }

  /** Begins no more runs, interrupts the thread wherever it is, and does not wait. */
  void end() {
    ended = true;
    thread.interrupt();
  }

  /** Begins no more runs. */
  void beginNoMore() {
    ended = true;
  }

  /** Waits until the thread has ended. */
  void join() throws InterruptedException {
    thread.join();
  }

  private void work() {
    try {
      while (!ended) {
        workOnNext();
      }
    } finally {
      scope.close();
    }
  }

  private void workOnNext() {
    Assignment next;
    try {
      backend.idle(this);
      next = queue.take();
    } catch (InterruptedException endedOrNotForUs) {
      return;
    }
    if (ended) {
      return; // who loses this worker sees to what it holds
    }
    permits.acquireUninterruptibly();
    if (!ended && next.claim()) {
      runBody(next);
    } else {
      permits.release();
      forget(next);
    }
  }

  private void runBody(Assignment assignment) {
    backend.began(assignment);
    byte[] outcome = wire.encodeOutcome(() -> call(assignment), assignment.run().name());
    boolean first = assignment.end();
    if (first) {
      permits.release();
    }
    cleanUp();
    faults.meet(Moment.COMPLETE, assignment.run());
    backend.over(assignment, outcome, first);
  }

  private @Nullable Object call(Assignment assignment) throws Exception {
    MDC.setContextMap(assignment.run().loggingContext());
    return scope.call(
        new LoopbackContext(assignment, scope, backend.baton()),
        assignment.run(),
        wire.decodeTask(assignment.parcel().bytes(), assignment.run().name()));
  }

  /** Takes away what a body may leave behind, so that the next one finds the thread as new. */
  private void cleanUp() {
    Thread.interrupted();
    MDC.clear();
    thread.setName(threadName);
    thread.setContextClassLoader(loader);
  }

  @Override
  public String toString() {
    return name + ": " + held();
  }
}
