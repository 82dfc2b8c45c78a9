package dev.baton.process.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Copies of jars that lie in another jar, as in an executable one, for a JVM that cannot read them
 * there. Each is made once, and removed at the exit of this JVM.
 */
final class NestedJars {

  private static final Map<String, Path> COPIES = new ConcurrentHashMap<>();

  private NestedJars() {}

  /** Tells whether a file is such a copy. */
  static boolean isCopy(Path file) {
    return COPIES.containsValue(file);
  }

  /**
   * Returns the copy of the jar that a class is from.
   *
   * @throws IllegalStateException if the class is from no jar
   */
  static Path extract(Class<?> type, @Nullable URL location) {
    if (location == null || !location.getProtocol().equals("jar")) {
      throw new IllegalStateException(
          "A worker cannot read "
              + type.getName()
              + " from where it is: "
              + location
              + ". Put Baton's jars on the class path.");
    }
    String jar = location.toString().substring("jar:".length());
    String nested = jar.endsWith("!/") ? jar.substring(0, jar.length() - 2) : jar;
    return COPIES.computeIfAbsent(nested, NestedJars::copy);
  }

  private static Path copy(String nested) {
    try (InputStream in = URI.create(nested).toURL().openStream()) {
      Path copy = Files.createTempFile("baton-", ".jar"); // only its owner may read it
      copy.toFile().deleteOnExit();
      Files.write(copy, in.readAllBytes());
      return copy;
    } catch (IOException failure) {
      throw new UncheckedIOException("Cannot copy " + nested + " for a worker", failure);
    }
  }
}
