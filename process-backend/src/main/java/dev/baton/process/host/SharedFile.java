package dev.baton.process.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is there only until both sides have opened it. If the program ends before that, it is
 * removed then; if the program is killed, {@link FileSweep} finds it.
 */
final class SharedFile {

  private static final Logger LOG = LoggerFactory.getLogger(SharedFile.class);

  private final Path path;
  private final Thread atExit = new Thread(this::delete, "baton-remove-file");

  private SharedFile(Path path) {
    this.path = path;
  }

  /**
   * Plans a file at a path where there is nothing yet.
   *
   * @return null if the program is ending already, so that nobody would remove it
   */
  static @Nullable SharedFile plan(Path path) {
    SharedFile file = new SharedFile(path);
    try {
      Runtime.getRuntime().addShutdownHook(file.atExit);
      return file;
    } catch (IllegalStateException ending) {
      LOG.debug("There is no {}, since the program ends", path, ending);
      return null;
    }
  }

  Path path() {
    return path;
  }

  /** Removes it, if it is there; who has it open keeps it. */
  void remove() {
    delete();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException ending) {
      LOG.trace("{} is removed twice, as the program ends", path, ending);
    }
  }

  private void delete() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException | RuntimeException failure) {
      LOG.warn("{} could not be removed", path, failure);
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
