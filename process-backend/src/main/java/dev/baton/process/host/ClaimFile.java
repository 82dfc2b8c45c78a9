package dev.baton.process.host;

import dev.baton.process.wire.ClaimPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The claim page of one worker, and its file, which is removed as soon as both sides have mapped
 * it.
 *
 * @param path where the file is
 * @param page the page
 */
record ClaimFile(Path path, ClaimPage page) {

  private static final Logger LOG = LoggerFactory.getLogger(ClaimFile.class);

  /** Makes one, or returns null if there is no place for it: then nothing can be taken back. */
  static @Nullable ClaimFile create() {
    Path path = PrivateFiles.newPath("claims");
    try {
      return new ClaimFile(path, ClaimPage.create(path, Workload.DEPTH));
    } catch (IOException | RuntimeException noPlace) {
      LOG.info("No claim page: a task that was sent cannot be taken back. {}", noPlace.toString());
      return null;
    }
  }

  /** Removes the file; who has it mapped keeps it. */
  void remove() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException | RuntimeException failure) {
      LOG.warn("The claim page {} could not be removed", path, failure);
    }
  }
}
