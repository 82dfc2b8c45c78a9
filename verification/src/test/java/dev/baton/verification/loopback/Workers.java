package dev.baton.verification.loopback;

import dev.baton.spi.TaskRun;
import dev.baton.verification.loopback.Parcel.Rest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The workers of one backend, and which of them is sent the next run. */
final class Workers {

  private final Function<String, LoopbackWorker> maker;

  /** Guards all that follows; core is not called while it is held. */
  private final ReentrantLock lock = new ReentrantLock();

  private final List<LoopbackWorker> present = new ArrayList<>();
  private final List<LoopbackWorker> lost = new ArrayList<>();
  private int numbers;

  /** How many bodies wait and have lent their worker. */
  private int lent;

  /** Makes a place for workers. The maker makes one of a given name. */
  Workers(Function<String, LoopbackWorker> maker) {
    this.maker = maker;
  }

  void start(int count) {
    lock.lock();
    try {
      for (int i = 0; i < count; i++) {
        present.add(startOne());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Sees to it that there is a worker for what runs meanwhile; it stays. */
  void lend(int workers) {
    lock.lock();
    try {
      if (present.size() < workers + ++lent) {
        present.add(startOne());
      }
    } finally {
      lock.unlock();
    }
  }

  void resume() {
    lock.lock();
    try {
      lent--;
    } finally {
      lock.unlock();
    }
  }

  private LoopbackWorker startOne() {
    LoopbackWorker worker = maker.apply("loopback-" + ++numbers);
    worker.start();
    return worker;
  }

  /** Sends a run to the worker that has least to do; returns false if it was withdrawn. */
  boolean send(TaskRun run, Parcel parcel) {
    lock.lock();
    try {
      LoopbackWorker idlest =
          Collections.min(present, Comparator.comparingInt(LoopbackWorker::load));
      Assignment assignment = new Assignment(run, parcel, idlest);
      boolean sent = parcel.move(Rest.HERE, assignment);
      if (sent) {
        idlest.send(assignment);
      }
      return sent;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Gives an idle worker the oldest of all runs that wait, whichever worker's body it waits behind:
   * so none waits while a worker is idle, and they begin in their order.
   */
  void share(LoopbackWorker idle) {
    lock.lock();
    try {
      if (present.contains(idle)) {
        for (Assignment oldest : waiting(idle)) {
          if (oldest.worker() == idle || oldest.moveTo(idle)) {
            return;
          }
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Shares what waits behind a body that has just begun with workers that have nothing. They may
   * have asked before it began, when it was not behind a body yet.
   */
  void shareWithIdle() {
    lock.lock();
    try {
      present.stream().filter(worker -> worker.load() == 0).forEach(this::share);
    } finally {
      lock.unlock();
    }
  }

  /** Returns the runs of the idle worker and those that wait behind a body, the oldest first. */
  private List<Assignment> waiting(LoopbackWorker idle) {
    return present.stream()
        .flatMap(worker -> waitingAt(worker, idle))
        .sorted(Assignment.OLDEST_FIRST)
        .toList();
  }

  /**
   * Returns what another worker can spare. The first run at one that idles is about to begin there,
   * and all others wait behind it: taken away, it would leave that worker asleep while they wait.
   */
  private static Stream<Assignment> waitingAt(LoopbackWorker worker, LoopbackWorker idle) {
    Stream<Assignment> waiting = worker.held().stream().filter(Assignment::isWaiting);
    return worker == idle || worker.isBusy() ? waiting : waiting.skip(1);
  }

  /** Puts a new worker in the place of one, which is returned and is sent nothing more. */
  LoopbackWorker replace(String name) {
    lock.lock();
    try {
      for (int i = 0; i < present.size(); i++) {
        if (present.get(i).name().equals(name)) {
          LoopbackWorker old = present.set(i, startOne());
          lost.add(old);
          return old;
        }
      }
      throw new IllegalArgumentException("There is no worker " + name + " among " + present + ".");
    } finally {
      lock.unlock();
    }
  }

  /** Ends all workers and waits for their threads, those of lost ones too. */
  void close() {
    List<LoopbackWorker> all = new ArrayList<>();
    lock.lock();
    try {
      all.addAll(present);
      all.addAll(lost);
    } finally {
      lock.unlock();
    }
    all.forEach(LoopbackWorker::end);
    try {
      for (LoopbackWorker worker : all) {
        worker.join();
      }
    } catch (InterruptedException impatient) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns a line for each worker. */
  @Override
  public String toString() {
    lock.lock();
    try {
      return present.stream()
          .map(LoopbackWorker::toString)
          .collect(Collectors.joining(System.lineSeparator()));
    } finally {
      lock.unlock();
    }
  }
}
