package dev.baton.process.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;

/** Places for files that are shared with a worker, and with nobody else. */
final class PrivateFiles {

  /** The kind of a {@link RegionFile}. */
  static final String REGION = "region";

  /** The kind of a {@link ClaimFile}. */
  static final String CLAIMS = "claims";

  private static final Path MEMORY = Path.of("/dev/shm");

  private PrivateFiles() {}

  /** Returns where small files go: in memory where that can be had. */
  static Path directory() {
    return Files.isWritable(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
  }

  /** Returns a path in a directory at which there is nothing. */
  static Path newPath(Path directory, String kind) {
    return directory.resolve(prefix(kind) + ownPid() + UUID.randomUUID());
  }

  private static String prefix(String kind) {
    return "baton-" + kind + "-";
  }

  private static String ownPid() {
    return ProcessHandle.current().pid() + "-";
  }

  /**
   * Tells by its name whether another process has made a file. One that this process has locked is
   * not to be opened: to close it again would end the lock.
   */
  static boolean isOfAnotherProcess(Path file) {
    String name = file.getFileName().toString();
    return Stream.of(REGION, CLAIMS)
        .map(PrivateFiles::prefix)
        .anyMatch(prefix -> name.startsWith(prefix) && !name.startsWith(prefix + ownPid()));
  }
}
