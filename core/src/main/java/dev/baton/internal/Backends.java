package dev.baton.internal;

import dev.baton.BackendException;
import dev.baton.internal.config.OwnBackends;
import dev.baton.internal.executor.EngineFactory;
import dev.baton.internal.executor.ProvidedEngine;
import dev.baton.internal.threads.Threads;
import dev.baton.internal.virtual.Virtual;
import dev.baton.spi.BackendProvider;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** Knows the backends: those built in, and those that are found. */
final class Backends {

  private static final List<EngineFactory> BUILT_IN = List.of(new Threads(), new Virtual());

  private Backends() {}

  /** Returns the backend of a name. */
  static EngineFactory find(String name) {
    Map<String, EngineFactory> all = byName();
    EngineFactory found = all.get(name);
    if (found != null) {
      return found;
    }
    String artifact = OwnBackends.ARTIFACTS.get(name);
    String cure =
        artifact == null
            ? "Found: " + String.join(", ", all.keySet()) + "."
            : "Add " + artifact + " to the class path.";
    throw new BackendException("No backend named \"" + name + "\". " + cure);
  }

  /** Returns all backends, by name. */
  static List<EngineFactory> all() {
    return List.copyOf(byName().values());
  }

  /** Looks with the thread's loader and with Baton's own, which differ in a container. */
  private static Map<String, EngineFactory> byName() {
    Map<String, EngineFactory> all = new TreeMap<>();
    BUILT_IN.forEach(backend -> all.put(backend.name(), backend));
    try {
      ServiceLoader.load(BackendProvider.class).forEach(p -> add(all, p));
      ServiceLoader.load(BackendProvider.class, Backends.class.getClassLoader())
          .forEach(p -> add(all, p));
    } catch (ServiceConfigurationError broken) {
      throw new BackendException("A backend could not be loaded: " + broken.getMessage(), broken);
    }
    return all;
  }

  private static void add(Map<String, EngineFactory> all, BackendProvider provider) {
    all.putIfAbsent(provider.name(), new ProvidedEngine(provider));
  }
}
