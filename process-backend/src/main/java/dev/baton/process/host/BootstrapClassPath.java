package dev.baton.process.host;

import dev.baton.Baton;
import dev.baton.process.ProcessOptions;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Where the classes are that a worker runs on, before it knows any of the application's. */
final class BootstrapClassPath {

  private BootstrapClassPath() {}

  /**
   * Returns the entries.
   *
   * @throws IllegalStateException if a class of ours was loaded from something other than a file
   */
  static List<String> entries() {
    return Stream.of(Baton.class, ProcessOptions.class, LoggerFactory.class)
        .map(BootstrapClassPath::whereIs)
        .distinct()
        .toList();
  }

  private static String whereIs(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    URL location = source == null ? null : source.getLocation();
    if (location == null || !location.getProtocol().equals("file")) {
      return NestedJars.extract(type, location).toString();
    }
    try {
      return Path.of(location.toURI()).toString();
    } catch (URISyntaxException | IllegalArgumentException strange) {
      throw new IllegalStateException(
          "Cannot tell which file " + type.getName() + " is from: " + location, strange);
    }
  }
}
