package dev.baton.verification.loopback;

import dev.baton.BackendOptions;
import dev.baton.spi.Backend;
import dev.baton.spi.BackendHost;
import dev.baton.spi.BackendProvider;
import dev.baton.spi.Setting;
import java.util.List;

/** Opens the backend {@code "loopback"}. */
public final class LoopbackProvider implements BackendProvider {

  /** Is for {@link java.util.ServiceLoader}. */
  public LoopbackProvider() {}

  @Override
  public String name() {
    return "loopback";
  }

  @Override
  public BackendOptions defaults() {
    return LoopbackOptions.defaults();
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.integer("workers", LoopbackOptions.class, LoopbackOptions::workers),
        Setting.integer("ahead", LoopbackOptions.class, LoopbackOptions::ahead));
  }

  @Override
  public Backend open(BackendOptions options, BackendHost host) {
    LoopbackOptions ours = (LoopbackOptions) options;
    LoopbackBackend backend = new LoopbackBackend(ours, host);
    ours.faults().command(backend);
    backend.begin();
    return backend;
  }
}
