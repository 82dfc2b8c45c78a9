package dev.baton.process.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Places for files that are shared with a worker, and with nobody else. */
final class PrivateFiles {

  /** The kind of a {@link RegionFile}. */
  static final String REGION = "region";

  private static final Path MEMORY = Path.of("/dev/shm");

  private PrivateFiles() {}

  /** Returns a path at which there is nothing, in memory where that can be had. */
  static Path newPath(String kind) {
    Path directory =
        Files.isWritable(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
    return newPath(directory, kind);
  }

  /** Returns a path in a directory at which there is nothing. */
  static Path newPath(Path directory, String kind) {
    return directory.resolve(prefix(kind) + ownPid() + UUID.randomUUID());
  }

  static String prefix(String kind) {
    return "baton-" + kind + "-";
  }

  static String ownPid() {
    return ProcessHandle.current().pid() + "-";
  }
}
