package dev.baton.verification.inline;

import dev.baton.spi.Backend;
import dev.baton.spi.BackendHost;
import dev.baton.spi.TaskRun;

/** Runs each body at once, on the thread that hands it over, one after the other. */
final class InlineBackend implements Backend {

  private final BackendHost host;

  InlineBackend(BackendHost host) {
    this.host = host;
    host.credit(1);
  }

  @Override
  public void start(TaskRun run) {
    run.run();
    host.credit(1);
  }

  /** Has nothing to let go of. */
  @Override
  public void close() {}
}
