package dev.baton.internal.virtual;

import dev.baton.BackendOptions;
import dev.baton.VirtualOptions;
import dev.baton.internal.executor.BatonExecutor;
import dev.baton.internal.executor.Engine;
import dev.baton.internal.executor.EngineFactory;
import dev.baton.spi.Setting;
import java.util.List;

/** The factory of the backend {@code virtual}. */
public final class Virtual implements EngineFactory {

  @Override
  public String name() {
    return "virtual";
  }

  @Override
  public BackendOptions defaults() {
    return VirtualOptions.defaults();
  }

  @Override
  public List<Setting> settings() {
    return List.of();
  }

  @Override
  public Engine open(BackendOptions options, BatonExecutor executor) {
    int lend = options.common().lend();
    if (options.common().limit() == null && lend != defaults().common().lend()) {
      throw new IllegalArgumentException(
          "lend is "
              + lend
              + ", which would be ignored: without a limit nothing is lent. Set limit too.");
    }
    return BatonExecutor.limited(new VirtualThreads(), options.common().limit());
  }
}
