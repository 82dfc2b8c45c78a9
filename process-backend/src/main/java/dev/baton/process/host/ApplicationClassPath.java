package dev.baton.process.host;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the application's classes are. */
final class ApplicationClassPath {

  private ApplicationClassPath() {}

  /**
   * Returns the entries, absolute.
   *
   * @param given what the options say, or null for this JVM's own paths
   * @throws IllegalArgumentException if a given entry is missing
   */
  static List<String> of(@Nullable List<Path> given) {
    if (given == null) {
      return Stream.of("java.class.path", "jdk.module.path")
          .map(key -> System.getProperty(key, ""))
          .flatMap(path -> Arrays.stream(path.split(File.pathSeparator)))
          .filter(entry -> !entry.isEmpty())
          .map(entry -> Path.of(entry).toAbsolutePath().toString())
          .distinct()
          .toList();
    }
    for (Path entry : given) {
      if (!Files.exists(entry)) {
        throw new IllegalArgumentException("class-path has an entry that is missing: " + entry);
      }
    }
    return given.stream().map(entry -> entry.toAbsolutePath().toString()).toList();
  }
}
