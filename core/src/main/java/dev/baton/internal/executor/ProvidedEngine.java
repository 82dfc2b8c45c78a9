package dev.baton.internal.executor;

import dev.baton.BackendOptions;
import dev.baton.spi.BackendProvider;
import dev.baton.spi.Setting;
import java.util.List;

/** The factory of a backend that is plugged in. */
public record ProvidedEngine(BackendProvider provider) implements EngineFactory {

  @Override
  public String name() {
    return provider.name();
  }

  @Override
  public BackendOptions defaults() {
    return provider.defaults();
  }

  @Override
  public List<Setting> settings() {
    return provider.settings();
  }

  @Override
  public Engine open(BackendOptions options, BatonExecutor executor) {
    return BackendEngine.open(
        executor, options.common().limit(), host -> provider.open(options, host));
  }
}
