package dev.baton.process.host;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * One jar of a class path's classes, for a JVM that shares classes only from jars that stay where
 * they are. From the same classes always the same bytes are made, so it does not matter which of
 * two programs makes it last.
 */
final class BootstrapJar {

  /** The time of all that is in it, and its own: a JVM holds a jar's time against its archive. */
  private static final FileTime TIME = FileTime.fromMillis(1_000_000_000_000L);

  private final Set<String> names = new HashSet<>();
  private final ZipOutputStream zip;

  private BootstrapJar(ZipOutputStream zip) {
    this.zip = zip;
  }

  /** Writes one to a file. */
  static void write(List<String> classPath, Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.setMethod(ZipOutputStream.STORED);
      BootstrapJar jar = new BootstrapJar(zip);
      for (String entry : classPath) {
        jar.addAll(Path.of(entry));
      }
    }
    Files.setLastModifiedTime(file, TIME);
  }

  private void addAll(Path entry) throws IOException {
    if (Files.isDirectory(entry)) {
      for (Path file : filesOf(entry)) {
        add(entry.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
      return;
    }
    try (ZipFile source = new ZipFile(entry.toFile())) {
      for (Enumeration<? extends ZipEntry> all = source.entries(); all.hasMoreElements(); ) {
        ZipEntry next = all.nextElement();
        try (InputStream in = source.getInputStream(next)) {
          add(next.getName(), in.readAllBytes());
        }
      }
    }
  }

  /** Returns the files of a directory, in an order that is always the same. */
  static List<Path> filesOf(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /** Adds a class; nothing else is looked for in a worker's own jars. */
  private void add(String name, byte[] bytes) throws IOException {
    boolean isClass = name.endsWith(".class") && !name.startsWith("META-INF/");
    if (!isClass || name.equals("module-info.class") || !names.add(name)) {
      return;
    }
    CRC32 sum = new CRC32();
    sum.update(bytes);
    ZipEntry entry = new ZipEntry(name);
    entry.setLastModifiedTime(TIME);
    entry.setSize(bytes.length);
    entry.setCrc(sum.getValue());
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }
}
