package dev.baton.internal.config;

import dev.baton.BackendException;
import dev.baton.BackendOptions;
import dev.baton.Baton;
import dev.baton.internal.executor.Admission;
import dev.baton.internal.executor.BatonExecutor;
import dev.baton.internal.executor.Engine;
import dev.baton.internal.executor.EngineFactory;
import dev.baton.internal.threads.Threads;
import dev.baton.internal.virtual.Virtual;
import dev.baton.spi.Setting;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What a configuration opens, seen from the backend. */
record Opened(String executor, String backend, BackendOptions options) {

  /** Opens an executor with given settings, and closes it. */
  static Opened with(String name, Map<String, String> settings) {
    return of(Configuration.of(name, settings));
  }

  /** Opens what is configured outside, and closes it. */
  static Opened configured(String name) {
    return of(Configuration.ofEnvironment(name));
  }

  private static Opened of(Configuration configuration) {
    AtomicReference<@Nullable Opened> seen = new AtomicReference<>();
    List<EngineFactory> all =
        List.of(new Seen(new Threads(), seen), new Toy(), new Seen(new Virtual(), seen));
    try (Baton baton = configuration.open(name -> find(name, all), all)) {
      return Objects.requireNonNull(seen.get(), baton::toString);
    }
  }

  private static EngineFactory find(String name, List<EngineFactory> all) {
    return all.stream()
        .filter(factory -> factory.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new BackendException("no " + name));
  }

  /** A backend that notes with what it is opened. */
  private record Seen(EngineFactory factory, AtomicReference<@Nullable Opened> seen)
      implements EngineFactory {

    @Override
    public String name() {
      return factory.name();
    }

    @Override
    public BackendOptions defaults() {
      return factory.defaults();
    }

    @Override
    public List<Setting> settings() {
      return factory.settings();
    }

    @Override
    public Engine open(BackendOptions options, BatonExecutor executor) {
      seen.set(new Opened(executor.name(), name(), options));
      return factory.open(options, executor);
    }

    @Override
    public @Nullable Admission admission(BackendOptions options, BatonExecutor executor) {
      return factory.admission(options, executor);
    }
  }

  /** A backend that shares a setting with threads and has one of its own. */
  private record Toy() implements EngineFactory {

    @Override
    public String name() {
      return "toy";
    }

    @Override
    public BackendOptions defaults() {
      return new Virtual().defaults();
    }

    @Override
    public List<Setting> settings() {
      return List.of(
          Setting.integer("workers", BackendOptions.class, (options, n) -> options),
          Setting.integer("paint-shade", BackendOptions.class, (options, n) -> options));
    }

    @Override
    public Engine open(BackendOptions options, BatonExecutor executor) {
      return new Virtual().open(options, executor);
    }
  }
}
