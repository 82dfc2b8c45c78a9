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
 * @param place where they are, in the user's words
 * @param files its files; a URI, unlike a {@link Path}, can travel
 */
record FileTree(String place, List<URI> files) implements Batch<URI, Reading> {

  static final String NAME = "files";

  private static final long DEFAULT_LIMIT = 32L << 20;

  /** Finds all files below a directory. */
  static FileTree below(Path directory) throws IOException {
    return new FileTree(directory.toString(), filesBelow(directory, Long.MAX_VALUE));
  }

  /** Finds the files of the JDK, but for the few that are huge. */
  static FileTree ofJdk() throws IOException {
    Path home = Path.of(System.getProperty("java.home"));
    return new FileTree("the JDK", filesBelow(home, DEFAULT_LIMIT));
  }

  private static List<URI> filesBelow(Path directory, long limit) throws IOException {
    List<URI> files = new ArrayList<>();
    Files.walkFileTree(
        directory.toRealPath(),
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
    return List.copyOf(files);
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
    List<Content> contents =
        results.stream().filter(Content.class::isInstance).map(Content.class::cast).toList();
    int unreadable = results.size() - contents.size();
    return String.format(
        Locale.ROOT,
        "%,d files in %s: %,d MB, %,d lines, %s",
        results.size(),
        place,
        contents.stream().mapToLong(Content::bytes).sum() / 1_000_000,
        contents.stream().mapToLong(Content::lines).sum(),
        unreadable == 0 ? "all read" : unreadable + " unreadable");
  }
}
