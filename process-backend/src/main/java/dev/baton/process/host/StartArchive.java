package dev.baton.process.host;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file in which a JVM finds the classes of a worker ready for use, and so starts in less time:
 * a class-data archive. It serves any application, for it holds Baton's own classes and the JDK's.
 * A JVM that finds it unfit does without.
 *
 * @param java the program that it is for
 * @param classPath what a worker runs on as long as there is no archive
 * @param directory where archives are kept
 * @param jar what it runs on with the archive, or null if that is the same
 * @param file where the archive is, or will be
 */
record StartArchive(
    Path java, List<String> classPath, Path directory, @Nullable Path jar, Path file) {

  private static final Logger LOG = LoggerFactory.getLogger(StartArchive.class);

  /** The names found so far: a class path of folders takes some time to look through. */
  private static final Map<List<String>, String> KEYS = new ConcurrentHashMap<>();

  /** What a user says about shared classes goes before ours. */
  private static final List<String> USERS_OWN =
      List.of("-XX:SharedArchiveFile", "-XX:ArchiveClassesAtExit", "-XX:AOT", "-Xshare");

  /**
   * Returns the archive of a JDK, there or not, or null if there is no place for one.
   *
   * @param home the JDK
   * @param java the program of it that runs a worker
   * @param classPath what the worker runs on
   * @param jvmArgs what the user gives its JVM
   */
  static @Nullable StartArchive of(
      Path home, Path java, List<String> classPath, List<String> jvmArgs) {
    if (jvmArgs.stream().anyMatch(StartArchive::isAboutSharing)) {
      return null;
    }
    try {
      return in(CacheDirectory.open(), home, java, classPath);
    } catch (IOException | RuntimeException noPlace) {
      LOG.debug("Workers start without a start-up archive: {}", noPlace.toString());
      return null;
    }
  }

  private static boolean isAboutSharing(String argument) {
    return USERS_OWN.stream().anyMatch(argument::startsWith)
        || argument.endsWith("AutoCreateSharedArchive");
  }

  /** Returns the archive that a directory has, or will have. */
  static StartArchive in(Path directory, Path home, Path java, List<String> classPath)
      throws IOException {
    String key = key(home, classPath);
    boolean staysThere = classPath.stream().map(Path::of).allMatch(StartArchive::staysThere);
    Path jar = staysThere ? null : directory.resolve(key + ".jar");
    return new StartArchive(java, classPath, directory, jar, directory.resolve(key + ".jsa"));
  }

  private static String key(Path home, List<String> classPath) throws IOException {
    List<String> known = new ArrayList<>(classPath);
    known.add(home.toString());
    String key = KEYS.get(known);
    if (key == null) {
      key = ArchiveKey.of(home, JvmFlags.FIXED, classPath);
      KEYS.put(known, key);
    }
    return key;
  }

  /** A JVM shares no classes of directories, and copies of nested jars go with this JVM. */
  private static boolean staysThere(Path entry) {
    return Files.isRegularFile(entry) && !NestedJars.isCopy(entry);
  }

  /** Tells whether it can be used now. */
  boolean isThere() {
    return Files.isRegularFile(file) && (jar == null || Files.isRegularFile(jar));
  }

  /** Returns the class path that it is for. */
  String sharedClassPath() {
    return jar == null ? String.join(File.pathSeparator, classPath) : jar.toString();
  }

  /** Returns what a JVM is told to use it, and to say nothing if it cannot. */
  List<String> flags() {
    return List.of("-Xlog:cds*=off", "-XX:SharedArchiveFile=" + file);
  }

  /** Notes that it is in use, at each start: those that were used last stay. */
  void markUsed() {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException removedMeanwhile) {
      LOG.debug("The start-up archive {} cannot be marked as used", file, removedMeanwhile);
    }
  }

  /**
   * Removes it, since a worker could not start with it; a later program makes it again. Its jar
   * stays, which another program may be about to start a worker with.
   */
  void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failure) {
      LOG.debug("The start-up archive {} cannot be removed", file, failure);
    }
  }
}
