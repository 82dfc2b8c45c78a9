package dev.baton.examples.compare;

import dev.baton.Await;
import dev.baton.TaskFunction;
import dev.baton.examples.compare.Reading.Content;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reading files: digest and line count of every regular file below a directory. Links are not
 * followed.
 *
 * @param directory the directory
 * @param files its files; a URI, unlike a {@link Path}, can travel
 */
record FileTree(Path directory, List<URI> files) implements Batch<URI, Reading> {

  static final String NAME = "files";

  private static final long DEFAULT_LIMIT = 32L << 20;

  /** Finds all files below a directory. */
  static FileTree below(Path directory) throws IOException {
    return below(directory, Long.MAX_VALUE);
  }

  /** Finds the files of the JDK, but for the few that are huge. */
  static FileTree ofJdk() throws IOException {
    return below(Path.of(System.getProperty("java.home")), DEFAULT_LIMIT);
  }

  private static FileTree below(Path directory, long limit) throws IOException {
    List<URI> files = new ArrayList<>();
    Path root = directory.toRealPath();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && attributes.size() <= limit) {
              files.add(file.toUri());
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException refused) {
            files.add(file.toUri()); // an unreadable directory counts as one unreadable file
            return FileVisitResult.CONTINUE;
          }
        });
    return new FileTree(root, List.copyOf(files));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<URI> inputs() {
    return files;
  }

  @Override
  public TaskFunction<URI, Reading> function() {
    return FileTree::read;
  }

  private static Reading read(URI file) throws Exception {
    return Await.blocking(() -> Reading.of(Path.of(file)));
  }

  @Override
  public String describe(List<Reading> results) {
    long bytes = 0;
    long lines = 0;
    int unreadable = 0;
    for (Reading result : results) {
      if (result instanceof Content content) {
        bytes += content.bytes();
        lines += content.lines();
      } else {
        unreadable++;
      }
    }
    return String.format(
        Locale.ROOT,
        "%,d files, %,d MB, %,d lines, %,d unreadable, below %s",
        results.size(),
        bytes / 1_000_000,
        lines,
        unreadable,
        directory);
  }
}
