package dev.baton.verification.inline;

import dev.baton.BackendOptions;
import dev.baton.spi.Backend;
import dev.baton.spi.BackendHost;
import dev.baton.spi.BackendProvider;

/** Opens the backend {@code "inline"}. */
public final class InlineProvider implements BackendProvider {

  /** Is for {@link java.util.ServiceLoader}. */
  public InlineProvider() {}

  @Override
  public String name() {
    return "inline";
  }

  @Override
  public BackendOptions defaults() {
    return InlineOptions.defaults();
  }

  @Override
  public Backend open(BackendOptions options, BackendHost host) {
    return new InlineBackend(host);
  }
}
