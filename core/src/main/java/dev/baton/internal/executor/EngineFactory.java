package dev.baton.internal.executor;

import dev.baton.BackendOptions;
import dev.baton.spi.Setting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Opens one kind of engine: built in, or made from a provider that was found. */
public interface EngineFactory {

  /** Names the backend. */
  String name();

  /** Returns the options of a user who names none. */
  BackendOptions defaults();

  /** Lists the settings beyond the common ones. */
  List<Setting> settings();

  /** Opens an engine for an executor. */
  Engine open(BackendOptions options, BatonExecutor executor);

  /** Bounds what the executor holds at once, where the options ask for that. */
  default @Nullable Admission admission(BackendOptions options, BatonExecutor executor) {
    return null;
  }
}
