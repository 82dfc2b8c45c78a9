package dev.baton.process.host;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what nobody uses from a {@linkplain CacheDirectory cache directory}. */
final class CacheSweep {

  private static final Logger LOG = LoggerFactory.getLogger(CacheSweep.class);

  /** An archive that was not used for so long goes. */
  private static final Duration UNUSED = Duration.ofDays(30);

  /** No more archives stay than those last used; each build of an application may have its own. */
  private static final int MOST = 8;

  /** What was not finished in this time never will be. */
  private static final Duration UNFINISHED = Duration.ofHours(1);

  private record Dated(Path file, FileTime time) {}

  private CacheSweep() {}

  /**
   * Sweeps a directory. A file that cannot be removed, or that somebody else has removed, stays or
   * is gone, and the others are swept.
   *
   * @param needed a jar that stays though there is no archive with it yet, or null
   */
  static void of(Path directory, @Nullable Path needed) throws IOException {
    removeOlder(list(directory, "*.tmp"), UNFINISHED);
    List<Dated> archives = list(directory, "*.jsa");
    archives.sort(Comparator.comparing(Dated::time).reversed());
    List<Dated> many = archives.subList(Math.min(MOST, archives.size()), archives.size());
    removeOlder(archives, UNUSED);
    removeOlder(many, Duration.ZERO);
    for (Dated jar : list(directory, "*.jar")) {
      String name = jar.file().getFileName().toString().replace(".jar", ".jsa");
      if (!jar.file().equals(needed) && !Files.exists(directory.resolve(name))) {
        remove(jar.file());
      }
    }
  }

  private static List<Dated> list(Path directory, String names) throws IOException {
    List<Dated> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, names)) {
      for (Path file : entries) {
        if (dated(file) instanceof Dated found) {
          files.add(found);
        }
      }
    } catch (DirectoryIteratorException unreadable) {
      throw unreadable.getCause();
    }
    return files;
  }

  private static @Nullable Dated dated(Path file) {
    try {
      return new Dated(file, Files.getLastModifiedTime(file));
    } catch (IOException gone) {
      LOG.debug("{} is not swept", file, gone);
      return null;
    }
  }

  private static void removeOlder(List<Dated> files, Duration age) {
    Instant limit = Instant.now().minus(age);
    for (Dated each : files) {
      if (!each.time().toInstant().isAfter(limit)) {
        remove(each.file());
      }
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failure) {
      LOG.debug("{} cannot be removed", file, failure);
    }
  }
}
