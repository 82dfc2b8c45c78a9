package dev.baton.process.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Removes what nobody uses from a {@linkplain CacheDirectory cache directory}. */
final class CacheSweep {

  /** An archive that was not used for so long goes. */
  private static final Duration UNUSED = Duration.ofDays(30);

  /** No more archives stay than those last used; each build of an application may have its own. */
  private static final int MOST = 8;

  /** What was not finished in this time never will be. */
  private static final Duration UNFINISHED = Duration.ofHours(1);

  private record Dated(Path file, FileTime time) {}

  private CacheSweep() {}

  /** Sweeps a directory. */
  static void of(Path directory) throws IOException {
    removeOlder(list(directory, "*.tmp"), UNFINISHED);
    List<Dated> archives = list(directory, "*.jsa");
    archives.sort(Comparator.comparing(Dated::time).reversed());
    List<Dated> many = archives.subList(Math.min(MOST, archives.size()), archives.size());
    removeOlder(archives, UNUSED);
    removeOlder(many, Duration.ZERO);
    for (Dated jar : list(directory, "*.jar")) {
      String name = jar.file().getFileName().toString().replace(".jar", ".jsa");
      if (!Files.exists(directory.resolve(name))) {
        Files.deleteIfExists(jar.file());
      }
    }
  }

  private static List<Dated> list(Path directory, String names) throws IOException {
    List<Dated> files = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, names)) {
      for (Path file : found) {
        files.add(new Dated(file, Files.getLastModifiedTime(file)));
      }
    }
    return files;
  }

  private static void removeOlder(List<Dated> files, Duration age) throws IOException {
    Instant limit = Instant.now().minus(age);
    for (Dated each : files) {
      if (!each.time().toInstant().isAfter(limit)) {
        Files.deleteIfExists(each.file());
      }
    }
  }
}
