package dev.baton.async.loop;

import dev.baton.BackendOptions;
import dev.baton.async.AsyncOptions;
import dev.baton.spi.Backend;
import dev.baton.spi.BackendHost;
import dev.baton.spi.BackendProvider;
import dev.baton.spi.Setting;
import java.util.List;

/** The provider of the backend {@code async}. */
public final class AsyncProvider implements BackendProvider {

  /** Makes a provider, for {@link java.util.ServiceLoader}. */
  public AsyncProvider() {}

  @Override
  public String name() {
    return "async";
  }

  @Override
  public BackendOptions defaults() {
    return AsyncOptions.defaults();
  }

  @Override
  public List<Setting> settings() {
    return List.of(
        Setting.integer("loops", AsyncOptions.class, AsyncOptions::loops),
        Setting.duration("slow-task", AsyncOptions.class, AsyncOptions::slowTask),
        Setting.choice(
            "strict",
            AsyncOptions.class,
            Strictness.class,
            (options, strict) -> options.strict(strict == Strictness.TRUE)));
  }

  /** The values of the setting {@code strict}. */
  private enum Strictness {
    TRUE,
    FALSE
  }

  @Override
  public Backend open(BackendOptions options, BackendHost host) {
    AsyncOptions chosen = (AsyncOptions) options;
    int lend = options.common().lend();
    if (options.common().limit() == null && lend != defaults().common().lend()) {
      throw new IllegalArgumentException(
          "lend is "
              + lend
              + ", which would be ignored: without a limit a loop lends nothing. Set limit too.");
    }
    return new AsyncBackend(chosen, host);
  }
}
