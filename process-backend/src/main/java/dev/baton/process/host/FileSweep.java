package dev.baton.process.host;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes the files of regions and claim pages whose makers were killed between making one and
 * removing it again. Who makes one keeps it locked, so one that can be locked is nobody's. A lock
 * tells that across containers too, which share the memory and do not see each other's processes.
 */
final class FileSweep {

  private static final Logger LOG = LoggerFactory.getLogger(FileSweep.class);

  private FileSweep() {}

  /** Sweeps a directory. What cannot be looked at is left. */
  static void of(Path directory) {
    List<Path> others = new ArrayList<>();
    try (DirectoryStream<Path> found =
        Files.newDirectoryStream(directory, PrivateFiles::isOfAnotherProcess)) {
      found.forEach(others::add);
      if (!others.isEmpty()) {
        UserPrincipal self = self(directory);
        others.forEach(file -> removeIfLeft(file, self));
      }
    } catch (IOException | DirectoryIteratorException unreadable) {
      LOG.debug("{} could not be swept", directory, unreadable);
    }
  }

  /** Returns who owns what this process makes. */
  private static UserPrincipal self(Path directory) throws IOException {
    Path probe = PrivateFiles.newPath(directory, "probe");
    Files.createFile(probe);
    try {
      return Files.getOwner(probe, LinkOption.NOFOLLOW_LINKS);
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  /** Others may write to the directory too, so a name says nothing of what is there. */
  private static void removeIfLeft(Path file, UserPrincipal self) {
    try {
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && Files.getOwner(file, LinkOption.NOFOLLOW_LINKS).equals(self)) {
        removeUnlessLocked(file);
      }
    } catch (IOException | OverlappingFileLockException kept) {
      LOG.debug("{} is in use, or gone, or cannot be removed", file, kept);
    }
  }

  private static void removeUnlessLocked(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        Files.deleteIfExists(file);
        LOG.debug("{} was left by a process that is gone, and is removed", file);
      }
    }
  }
}
