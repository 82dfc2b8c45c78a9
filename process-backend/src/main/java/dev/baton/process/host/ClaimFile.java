package dev.baton.process.host;

import dev.baton.process.wire.ClaimPage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The claim page of one worker, and its file, which is removed as soon as both sides have mapped
 * it.
 *
 * @param file the file
 * @param page the page
 */
record ClaimFile(SharedFile file, ClaimPage page) {

  private static final Logger LOG = LoggerFactory.getLogger(ClaimFile.class);

  /** Makes one, or returns null if there is no place for it: then nothing can be taken back. */
  static @Nullable ClaimFile create() {
    SharedFile file =
        SharedFile.plan(PrivateFiles.newPath(PrivateFiles.directory(), PrivateFiles.CLAIMS));
    if (file == null) {
      return null;
    }
    try {
      return new ClaimFile(file, ClaimPage.create(file.path(), Workload.DEPTH));
    } catch (IOException | RuntimeException noPlace) {
      LOG.info("No claim page: a task that was sent cannot be taken back. {}", noPlace.toString());
      file.remove();
      return null;
    }
  }

  /** Removes the file; who has it mapped keeps it. */
  void remove() {
    file.remove();
    try {
      page.unlock();
    } catch (IOException failure) {
      LOG.debug("{} stays open", file, failure);
    }
  }
}
