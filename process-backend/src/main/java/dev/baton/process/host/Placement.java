package dev.baton.process.host;

import dev.baton.process.ProcessOptions;
import dev.baton.process.host.Shipment.Place;
import dev.baton.process.host.Shipment.Rest;
import dev.baton.spi.TaskRun;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which run goes to which worker. A worker that idles gets the oldest; when none idles, workers
 * whose bodies are short get more ahead. What waits at a worker is taken back when another idles,
 * when the body before it turns out long, or lends its slot, or is to be stopped by force.
 *
 * <p>Each method returns what its caller has to do once the lock is free: {@link Sending}.
 */
final class Placement {

  private final ProcessOptions options;
  private final LongSupplier nanoTime;

  /**
   * Guards all that follows, the workloads, and where shipments are. Under it a run is reserved at
   * a worker, offered in the page and queued for the pipe: so a worker gets its frames in the order
   * of its runs, and one that is closed gets nothing more. Nothing is written while it is held.
   */
  private final ReentrantLock lock = new ReentrantLock();

  /** Workers that are ready and have nothing; the one that was busy last is first. */
  private final Deque<Worker> idle = new ArrayDeque<>();

  /** Workers that have something. */
  private final Set<Worker> busy = new LinkedHashSet<>();

  /** What core has started and no worker has, in the order of submission. */
  private final Deque<Unplaced> unplaced = new ArrayDeque<>();

  /** How many workers have something, those not counted whose bodies have lent their slot. */
  private int active;

  /**
   * How many slots are lent. There may be so many workers more than the options say. Written under
   * the lock, and read without it by who counts workers.
   */
  private final AtomicInteger lent = new AtomicInteger();

  /** Whether the executor is closed, and nothing more is placed. */
  private boolean isClosed;

  /** How many runs may end without credit for another: one for each waiter that went on. */
  private int debt;

  Placement(ProcessOptions options, LongSupplier nanoTime) {
    this.options = options;
    this.nanoTime = nanoTime;
  }

  int lent() {
    return lent.get();
  }

  /** Takes a run that core has started, be it once more. */
  Sending start(Unplaced run) {
    lock.lock();
    try {
      if (run.shipment().place() == Rest.WITHDRAWN) {
        return new Sending().credit(1); // it was withdrawn on its way
      }
      run.shipment().moveTo(Rest.HERE);
      add(run);
      return place();
    } finally {
      lock.unlock();
    }
  }

  /** Takes a worker that has shaken hands. */
  Sending ready(Worker worker) {
    lock.lock();
    try {
      if (worker.workload().mayTake()) {
        idle.addFirst(worker);
      }
      return place();
    } finally {
      lock.unlock();
    }
  }

  /** Frees the slots of runs of one worker whose results have come together. */
  Sending answered(Worker worker, List<Assignment> runs) {
    lock.lock();
    try {
      worker.workload().answered(runs, nanoTime.getAsLong());
      runs.forEach(this::free);
      return place().credit(due(runs.size()));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Sees to it that a run is never sent again, if its body has not begun.
   *
   * @param run the run, which may be on its way here after an earlier one was lost
   * @return what is to be done, or null if it has begun
   */
  @Nullable Sending withdraw(TaskRun run, Shipment shipment) {
    lock.lock();
    try {
      Place place = shipment.place();
      if (place instanceof Assignment assignment && !assignment.isBefore(run)) {
        if (!assignment.withdraw()) {
          return null;
        }
        shipment.moveTo(Rest.WITHDRAWN);
        free(assignment);
        return place().credit(due(1));
      }
      shipment.moveTo(Rest.WITHDRAWN);
      boolean wasHere = unplaced.removeIf(waiting -> waiting.shipment() == shipment);
      return new Sending().credit(wasHere ? due(1) : 0);
    } finally {
      lock.unlock();
    }
  }

  /** Is told that a body waits: another may run meanwhile, in one worker more if need be. */
  Sending lend(@Nullable Shipment shipment) {
    lock.lock();
    try {
      active--;
      lent.incrementAndGet();
      if (shipment != null && shipment.place() instanceof Assignment waiter) {
        Workload load = waiter.worker().workload();
        load.setLender(waiter);
        takeBack(load, waiter);
      }
      return place().credit(1);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Is told that a body goes on, whatever runs; it is made up for when the next run ends. So that
   * one does end, nothing waits behind the bodies that run.
   */
  void resume() {
    lock.lock();
    try {
      active++;
      lent.decrementAndGet();
      debt++;
      if (active > options.workers()) {
        for (Worker worker : busy) {
          takeBack(worker.workload(), worker.workload().oldestFirst().iterator().next());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Tells whether a worker is to be killed to end a body. It gets nothing more then, and has
   * nothing else: so the kill can hit no other body. If a later one has begun, this one is over.
   */
  boolean condemn(Assignment culprit, Sending sending) {
    lock.lock();
    try {
      Workload load = culprit.worker().workload();
      if (culprit.isOver()) {
        return false;
      }
      load.setClosed(true);
      takeBack(load, culprit);
      boolean isLast = load.newestFirst().iterator().next() == culprit;
      load.setClosed(isLast);
      place(sending);
      return isLast;
    } finally {
      lock.unlock();
    }
  }

  /** Places nothing more at a worker, and elsewhere what it has not begun. */
  Sending close(Worker worker) {
    lock.lock();
    try {
      worker.workload().setClosed(true);
      idle.remove(worker);
      takeBack(worker.workload(), null);
      return place();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Places nothing more, and drops what has not begun, whose futures a broken backend has failed.
   */
  void close() {
    lock.lock();
    try {
      isClosed = true;
      List.copyOf(busy).forEach(worker -> takeBack(worker.workload(), null));
      idle.clear();
      unplaced.clear();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends what a worker has that is gone, and places elsewhere what it had not begun.
   *
   * @param lost gets the run whose body had begun; it is {@linkplain #removeLost removed} once core
   *     has been told
   */
  Sending gone(Worker worker, List<Assignment> lost) {
    lock.lock();
    try {
      Workload load = worker.workload();
      load.setClosed(true);
      takeBack(load, null);
      for (Assignment begun : load.oldestFirst()) {
        if (begun.lose()) {
          lost.add(begun);
        }
      }
      return place();
    } finally {
      lock.unlock();
    }
  }

  /** Frees the slots of runs that were lost, after core was told, which may have resumed them. */
  Sending removeLost(List<Assignment> lost) {
    lock.lock();
    try {
      lost.forEach(this::free);
      return place().credit(due(lost.size()));
    } finally {
      lock.unlock();
    }
  }

  /** Frees the slot of a run that could not be put into frames. */
  Sending failed(Assignment unshippable) {
    lock.lock();
    try {
      free(unshippable);
      return place().credit(due(1));
    } finally {
      lock.unlock();
    }
  }

  /** Takes idle workers out, those that were busy last at last. */
  List<Worker> retire(int most) {
    List<Worker> retired = new ArrayList<>();
    lock.lock();
    try {
      while (retired.size() < most && !idle.isEmpty()) {
        retired.add(idle.removeLast());
      }
    } finally {
      lock.unlock();
    }
    return retired;
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

  boolean isIdle(Worker worker) {
    lock.lock();
    try {
      return idle.contains(worker);
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many runs no worker has. */
  int unplaced() {
    lock.lock();
    try {
      return unplaced.size();
    } finally {
      lock.unlock();
    }
  }

  private Sending place() {
    Sending sending = new Sending();
    place(sending);
    return sending;
  }

  /** Gives workers what they may have. */
  private void place(Sending sending) {
    if (isClosed) {
      return;
    }
    long now = nanoTime.getAsLong();
    takeBackStuck(now);
    while (active < options.workers() && !idle.isEmpty() && hasUnplaced()) {
      Worker worker = idle.removeFirst();
      active++;
      busy.add(worker);
      assign(worker, now, sending);
    }
    boolean ahead = false;
    if (active <= options.workers()) {
      for (Worker next; !unplaced.isEmpty() && (next = leastBusy(now)) != null; ahead = true) {
        assign(next, now, sending);
      }
    }
    sending.lacksWorker(
        active < options.workers() && idle.isEmpty() && (ahead || somethingWaits()));
  }

  /** Tells whether a worker more would have something to do, be it only what waits at another. */
  private boolean somethingWaits() {
    return !unplaced.isEmpty() || oldestWaiting() != null;
  }

  /** Puts back what waits behind bodies that take long: it is older than what came since. */
  private void takeBackStuck(long now) {
    for (Worker worker : busy) {
      Workload load = worker.workload();
      if (load.size() > 1 && load.isStuck(now)) {
        takeBack(load, load.oldestFirst().iterator().next());
      }
    }
  }

  /** Tells whether something is left for a worker that idles, be it from what waits at another. */
  private boolean hasUnplaced() {
    for (Assignment oldest; unplaced.isEmpty() && (oldest = oldestWaiting()) != null; ) {
      if (!takeBack(oldest) && !oldest.hasBegun()) {
        break; // its slot of the page is damaged: it would be found again and again
      }
    }
    return !unplaced.isEmpty();
  }

  private @Nullable Assignment oldestWaiting() {
    Assignment oldest = null;
    for (Worker worker : busy) {
      Assignment waiting = worker.page() == null ? null : worker.workload().firstWaiting();
      if (waiting != null && (oldest == null || waiting.run().id() < oldest.run().id())) {
        oldest = waiting;
      }
    }
    return oldest;
  }

  private @Nullable Worker leastBusy(long now) {
    Unplaced next = unplaced.getFirst();
    Worker least = null;
    for (Worker worker : busy) {
      if (worker.workload().takesAhead(next, now)
          && (least == null || worker.workload().size() < least.workload().size())) {
        least = worker;
      }
    }
    return least;
  }

  private void assign(Worker worker, long now, Sending sending) {
    Assignment assignment = worker.workload().add(unplaced.removeFirst(), now);
    sending.ship(assignment);
  }

  /** Takes back what a worker was sent after a run, or all if that is null, and has not begun. */
  private void takeBack(Workload load, @Nullable Assignment last) {
    for (Assignment sent : List.copyOf(load.newestFirst())) {
      if (sent == last) {
        break;
      }
      takeBack(sent);
    }
  }

  /** Takes a run back, unless it has begun; returns whether it did. */
  private boolean takeBack(Assignment assignment) {
    if (!assignment.withdraw()) {
      return false;
    }
    free(assignment);
    assignment.shipment().moveTo(Rest.HERE);
    putBack(new Unplaced(assignment.run(), assignment.shipment()));
    return true;
  }

  /** Puts a run where its submission puts it: last, unless it begins again. */
  private void add(Unplaced run) {
    if (unplaced.isEmpty() || unplaced.getLast().run().id() < run.run().id()) {
      unplaced.addLast(run);
    } else {
      putBack(run);
    }
  }

  /** Puts a run where its submission puts it, which mostly is first. */
  private void putBack(Unplaced run) {
    Deque<Unplaced> earlier = new ArrayDeque<>();
    while (!unplaced.isEmpty() && unplaced.getFirst().run().id() < run.run().id()) {
      earlier.addFirst(unplaced.removeFirst());
    }
    unplaced.addFirst(run);
    earlier.forEach(unplaced::addFirst);
  }

  private void free(Assignment assignment) {
    Worker worker = assignment.worker();
    worker.workload().remove(assignment);
    if (worker.workload().isEmpty() && busy.remove(worker)) {
      active--;
      if (worker.workload().mayTake()) {
        idle.addFirst(worker);
      }
    }
  }

  /** Returns how much credit core gets for so many runs. */
  private int due(int runs) {
    int paid = Math.min(debt, runs);
    debt -= paid;
    return runs - paid;
  }
}
