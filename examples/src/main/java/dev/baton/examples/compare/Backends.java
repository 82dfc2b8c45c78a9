package dev.baton.examples.compare;

import dev.baton.spi.BackendProvider;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** The backends that there are. */
final class Backends {

  private Backends() {}

  /** Names those that Baton always has, then those that are found on the class path. */
  static List<String> names() {
    Stream<String> found =
        ServiceLoader.load(BackendProvider.class).stream()
            .map(provider -> provider.get().name())
            .sorted();
    return Stream.concat(Stream.of("threads", "virtual"), found).distinct().toList();
  }
}
