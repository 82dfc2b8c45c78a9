package dev.baton.process.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/** The directory of this user in which files are kept for later runs, and nobody else writes. */
final class CacheDirectory {

  private static final String NAME = "baton";

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");

  private static final int OTHERS_WRITE = 0022;
  private static final int STICKY = 01000;

  private CacheDirectory() {}

  /**
   * Returns the directory, which is made if it is not there.
   *
   * @throws IOException if it cannot be made or written to, or if another user may write there
   */
  static Path open() throws IOException {
    return open(location(System.getenv(), System.getProperty("os.name", ""), home()));
  }

  private static Path home() throws IOException {
    String home = System.getProperty("user.home", "");
    if (home.isEmpty() || !Path.of(home).isAbsolute()) {
      throw new IOException("user.home names no directory: \"" + home + "\"");
    }
    return Path.of(home);
  }

  /** Returns where such a directory is on a system. */
  static Path location(Map<String, String> environment, String system, Path home) {
    String given = environment.getOrDefault("XDG_CACHE_HOME", "");
    if (!given.isEmpty() && Path.of(given).isAbsolute()) {
      return Path.of(given, NAME);
    }
    if (system.startsWith("Windows")) {
      String local = environment.getOrDefault("LOCALAPPDATA", "");
      return (local.isEmpty() ? home.resolve("AppData").resolve("Local") : Path.of(local))
          .resolve(NAME);
    }
    return system.startsWith("Mac")
        ? home.resolve("Library").resolve("Caches").resolve(NAME)
        : home.resolve(".cache").resolve(NAME);
  }

  /** Makes a directory unless it is there, and checks that it is this user's alone. */
  static Path open(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      Files.createDirectories(directory.toAbsolutePath().getParent());
      Files.createDirectory(directory, ownerOnly(directory));
    }
    Path probe = Files.createTempFile(directory, "probe-", ".tmp");
    try {
      check(directory, probe);
    } finally {
      Files.delete(probe);
    }
    return directory.toRealPath();
  }

  private static FileAttribute<?>[] ownerOnly(Path directory) {
    return isPosix(directory)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** Whoever could write to a directory above might put another in its place. */
  private static void checkAncestors(Path directory) throws IOException {
    for (Path each = directory.getParent(); each != null; each = each.getParent()) {
      int mode = (int) Files.getAttribute(each, "unix:mode");
      if ((mode & OTHERS_WRITE) != 0 && (mode & STICKY) == 0) {
        throw new IOException(each + " may be written by other users");
      }
    }
  }

  private static void check(Path directory, Path probe) throws IOException {
    if (!Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(probe))) {
      throw new IOException(directory + " belongs to another user");
    }
    if (isPosix(directory)) {
      if (!OWNER_ONLY.containsAll(Files.getPosixFilePermissions(directory))) {
        throw new IOException(directory + " is open to other users; make its permissions 0700");
      }
      checkAncestors(directory.toRealPath());
    }
  }
}
