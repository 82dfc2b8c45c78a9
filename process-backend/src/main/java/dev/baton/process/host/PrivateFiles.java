package dev.baton.process.host;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Places for files that are shared with a worker, and with nobody else. */
final class PrivateFiles {

  private static final Path MEMORY = Path.of("/dev/shm");

  private PrivateFiles() {}

  /** Returns a path at which there is nothing, in memory where that can be had. */
  static Path newPath(String kind) {
    Path directory =
        Files.isWritable(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
    return directory.resolve(
        "baton-" + kind + "-" + ProcessHandle.current().pid() + "-" + UUID.randomUUID());
  }
}
