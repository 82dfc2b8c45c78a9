package dev.baton.process.host;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be done once the lock of {@link Placement} is free: writes to pipes, credit for core,
 * a worker that lacks. It belongs to one thread.
 */
final class Sending implements Executor {

  /** A run that could not be put into frames, so that its worker has not heard of it. */
  record Failed(Assignment assignment, Throwable cause) {}

  private static final Logger LOG = LoggerFactory.getLogger(Sending.class);

  /** What is to be written: mostly nothing or one. */
  private final List<Runnable> writes = new ArrayList<>(1);

  private final List<Failed> failed = new ArrayList<>(0);
  private int credit;
  private boolean lacksWorker;

  /** Queues a run for its worker's pipe. */
  void ship(Assignment assignment) {
    try {
      assignment.worker().ship(assignment, this);
    } catch (RuntimeException | Error unshippable) {
      failed.add(new Failed(assignment, unshippable));
    }
  }

  /** Keeps a write for later. */
  @Override
  public void execute(Runnable write) {
    writes.add(write);
  }

  /** Adds credit that core is to get. */
  Sending credit(int runs) {
    credit += runs;
    return this;
  }

  void lacksWorker(boolean lacks) {
    lacksWorker |= lacks;
  }

  /** Writes what is queued. */
  void write() {
    for (Runnable write : writes) {
      try {
        write.run();
      } catch (RuntimeException | Error broken) {
        LOG.error("A worker could not be written to", broken); // the others are
      }
    }
    writes.clear();
  }

  List<Failed> failed() {
    return failed;
  }

  int credit() {
    return credit;
  }

  boolean lacksWorker() {
    return lacksWorker;
  }
}
