package dev.baton.process.host;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the files of regions whose makers were killed between making one and removing it again.
 * Who makes one keeps it locked, so one that can be locked is nobody's. A lock tells that across
 * containers too, which share the memory and do not see each other's processes.
 */
final class RegionSweep {

  private static final Logger LOG = LoggerFactory.getLogger(RegionSweep.class);

  private RegionSweep() {}

  /** Sweeps a directory. What cannot be looked at is left. */
  static void of(Path directory) {
    String prefix = PrivateFiles.prefix(PrivateFiles.REGION);
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, prefix + "*")) {
      for (Path file : found) {
        // to close a file again that this process has locked would end its lock
        if (!file.getFileName().toString().startsWith(prefix + PrivateFiles.ownPid())) {
          removeIfLeft(file);
        }
      }
    } catch (IOException | DirectoryIteratorException unreadable) {
      LOG.debug("{} could not be swept", directory, unreadable);
    }
  }

  private static void removeIfLeft(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        Files.deleteIfExists(file);
        LOG.debug("{} was left by a process that is gone, and is removed", file);
      }
    } catch (AccessDeniedException | NoSuchFileException others) {
      LOG.trace("{} is another user's, or gone", file, others);
    }
  }
}
