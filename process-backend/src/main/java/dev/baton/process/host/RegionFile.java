package dev.baton.process.host;

import dev.baton.process.wire.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The region of one worker, through which large payloads go, and its file, which is removed as soon
 * as both sides have opened it.
 *
 * @param path where the file is
 * @param region the region
 */
record RegionFile(Path path, Region region) {

  private static final Logger LOG = LoggerFactory.getLogger(RegionFile.class);

  /** Makes one, or returns null if there is no place for it: then all goes through the pipe. */
  static @Nullable RegionFile create(@Nullable Path directory) {
    if (directory == null) {
      return null;
    }
    Path path = PrivateFiles.newPath(directory, PrivateFiles.REGION);
    try {
      return new RegionFile(path, Region.create(path));
    } catch (IOException | RuntimeException noPlace) {
      LOG.debug("No shared memory in {}: large payloads go through the pipe", directory, noPlace);
      return null;
    }
  }

  /** Removes the file; who has it open keeps it. */
  void remove() {
    try {
      Files.deleteIfExists(path);
    } catch (IOException | RuntimeException failure) {
      LOG.warn("The region {} could not be removed", path, failure);
    }
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
      LOG.debug("The memory of region {} stays for a while", path, failure);
    }
  }
}
