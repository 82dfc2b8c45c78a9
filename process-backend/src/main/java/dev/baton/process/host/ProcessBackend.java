package dev.baton.process.host;

import dev.baton.CancelMode;
import dev.baton.Capabilities;
import dev.baton.ShutdownMode;
import dev.baton.process.ProcessOptions;
import dev.baton.process.codec.Encoder;
import dev.baton.spi.Backend;
import dev.baton.spi.BackendHost;
import dev.baton.spi.TaskRun;
import java.util.OptionalLong;
import java.util.concurrent.Callable;

/** Encodes tasks on their callers' threads, and finds out what became of those that were sent. */
final class ProcessBackend implements Backend {

  private static final Capabilities CAPABILITIES = new Capabilities(true, true, true);

  private final Encoder encoder;
  private final BackendHost host;
  private final WorkerPool pool;

  private ProcessBackend(BackendHost host, WorkerPool pool) {
    this.host = host;
    this.pool = pool;
    this.encoder = Encoder.ofPieces(pool.pieces());
  }

  /**
   * Opens the backend; the workers start meanwhile.
   *
   * @throws IllegalArgumentException if the options name something that is not there
   */
  static Backend open(ProcessOptions options, BackendHost host) {
    WorkerPool pool = new WorkerPool(options, host, LaunchPlan.of(options, host.executor()));
    pool.open();
    return new ProcessBackend(host, pool);
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  @Override
  public boolean ownsClaim() {
    return true;
  }

  @Override
  public void prepare(TaskRun run) {
    Shipment earlier = Shipment.of(run); // of an attempt that failed
    run.attach(
        earlier == null
            ? shipment(run.task(), run.attempt())
            : new Shipment(earlier.encoded(), run.attempt(), earlier.attemptsBefore()));
  }

  private Shipment shipment(Callable<?> task, int attempt) {
    return task instanceof RelayedTask relayed
        ? new Shipment(relayed.body(), attempt, relayed.attempt() - 1)
        : new Shipment(encoder.encode(task), attempt, 0);
  }

  @Override
  public void start(TaskRun run) {
    Shipment shipment = Shipment.of(run);
    if (shipment == null) {
      host.credit(1); // it was withdrawn on its way
    } else {
      pool.start(run, shipment);
    }
  }

  @Override
  public Withdrawal cancel(TaskRun run, CancelMode mode) {
    Shipment shipment = Shipment.of(run);
    if (shipment == null || shipment.isAfter(run)) {
      return Withdrawal.BEGUN; // and over
    }
    if (pool.withdraw(run, shipment)) {
      return Withdrawal.WITHDRAWN;
    }
    if (shipment.place() instanceof Assignment assignment) {
      assignment.worker().stop(assignment, mode);
    }
    return Withdrawal.BEGUN;
  }

  @Override
  public OptionalLong begunAt(TaskRun run) {
    return Shipment.of(run) instanceof Shipment shipment
            && shipment.place() instanceof Assignment assignment
            && assignment.run() == run // and not one that was lost before it
        ? assignment.begunAt()
        : OptionalLong.empty();
  }

  @Override
  public void lend(TaskRun run) {
    pool.lend(Shipment.of(run));
  }

  @Override
  public void resume(TaskRun run) {
    pool.resume();
  }

  @Override
  public void shutdown(ShutdownMode mode) {
    pool.shutdown();
  }

  @Override
  public void close() {
    pool.close();
  }

  @Override
  public String status() {
    return pool.toString();
  }
}
