package dev.baton.process.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Names a start-up archive by all that it depends on. */
final class ArchiveKey {

  private static final int LENGTH = 16;

  private final MessageDigest digest;

  private ArchiveKey() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("Every JDK has SHA-256", impossible);
    }
  }

  /**
   * Returns the name.
   *
   * @param home the JDK
   * @param flags what the worker's JVM is started with
   * @param classPath what it runs on; what is {@linkplain NestedJars copied} counts by its bytes
   */
  static String of(Path home, List<String> flags, List<String> classPath) throws IOException {
    ArchiveKey key = new ArchiveKey();
    Path real = home.toRealPath();
    key.add(real.toString());
    key.addStamp(real.resolve("release"));
    key.addStamp(real.resolve("lib").resolve("modules"));
    key.addStamp(real.resolve("lib").resolve("server").resolve("classes.jsa"));
    flags.forEach(key::add);
    for (String entry : classPath) {
      key.addEntry(Path.of(entry));
    }
    return HexFormat.of().formatHex(key.digest.digest()).substring(0, LENGTH);
  }

  private void addEntry(Path entry) throws IOException {
    if (NestedJars.isCopy(entry)) {
      digest.update(Files.readAllBytes(entry));
    } else if (Files.isDirectory(entry)) {
      for (Path file : BootstrapJar.filesOf(entry)) {
        addStamp(file);
      }
    } else {
      addStamp(entry);
    }
  }

  private void addStamp(Path file) throws IOException {
    add(file.toString());
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      add(attributes.size() + " " + attributes.lastModifiedTime().toMillis());
    } catch (NoSuchFileException absent) {
      add("absent");
    }
  }

  private void add(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
