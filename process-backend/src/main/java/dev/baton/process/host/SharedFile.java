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

  /** Null if the program was ending already. */
  private final @Nullable Thread atExit;

  /** Plans a file at a path where there is nothing yet. */
  SharedFile(Path path) {
    this.path = path;
    this.atExit = removeAtExit();
  }

  private @Nullable Thread removeAtExit() {
    Thread hook = new Thread(this::delete, "baton-remove-" + path.getFileName());
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      return hook;
    } catch (IllegalStateException ending) {
      LOG.debug("{} stays, should the program end before it is opened", path, ending);
      return null;
    }
  }

  Path path() {
    return path;
  }

  /** Removes it, if it is there; who has it open keeps it. */
  void remove() {
    delete();
    if (atExit != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(atExit);
      } catch (IllegalStateException ending) {
        LOG.trace("{} is removed twice, as the program ends", path, ending);
      }
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
