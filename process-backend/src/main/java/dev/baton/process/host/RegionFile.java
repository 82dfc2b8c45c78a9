package dev.baton.process.host;

import dev.baton.process.wire.Region;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The region of one worker, through which large payloads go, and its file, which is removed as soon
 * as both sides have opened it.
 *
 * @param file the file
 * @param region the region
 */
record RegionFile(SharedFile file, Region region) {

  private static final Logger LOG = LoggerFactory.getLogger(RegionFile.class);

  /** Makes one, or returns null if there is no place for it: then all goes through the pipe. */
  static @Nullable RegionFile create(@Nullable Path directory) {
    if (directory == null) {
      return null;
    }
    SharedFile file = SharedFile.plan(PrivateFiles.newPath(directory, PrivateFiles.REGION));
    if (file == null) {
      return null;
    }
    try {
      return new RegionFile(file, Region.create(file.path()));
    } catch (IOException | RuntimeException noPlace) {
      file.remove();
      LOG.debug("No shared memory in {}: large payloads go through the pipe", directory, noPlace);
      return null;
    }
  }

  /** Removes the file; who has it open keeps it. */
  void remove() {
    file.remove();
  }

  /**
   * Gives the memory back, when the worker is gone, all that it has said is read, and nobody writes
   * to it any more.
   */
  void close() {
    remove();
    try {
      region.discard();
    } catch (IOException failure) {
      LOG.debug("The memory of region {} stays for a while", file, failure);
    }
  }
}
