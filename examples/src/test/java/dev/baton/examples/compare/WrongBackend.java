package dev.baton.examples.compare;

import dev.baton.BackendOptions;
import dev.baton.Capabilities;
import dev.baton.CommonOptions;
import dev.baton.spi.Backend;
import dev.baton.spi.BackendHost;
import dev.baton.spi.BackendProvider;
import dev.baton.spi.Outcome;
import dev.baton.spi.TaskRun;

/** A backend that can do anything, it says, and gives the same wrong result for every task. */
public final class WrongBackend implements BackendProvider {

  static final String NAME = "wrong";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public BackendOptions defaults() {
    return new Options(CommonOptions.lending(0));
  }

  @Override
  public Backend open(BackendOptions options, BackendHost host) {
    host.credit(1);
    return new Answering(host);
  }

  private record Options(CommonOptions common) implements BackendOptions {

    @Override
    public String backend() {
      return NAME;
    }

    @Override
    public Options with(CommonOptions newCommon) {
      return new Options(newCommon);
    }
  }

  private record Answering(BackendHost host) implements Backend {

    @Override
    public Capabilities capabilities() {
      return new Capabilities(true, true, false);
    }

    @Override
    public void start(TaskRun run) {
      if (run.claim()) {
        run.complete(new Outcome.Success("wrong"));
      }
      host.credit(1);
    }

    @Override
    public void close() {}
  }
}
