package dev.baton.examples.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.examples.compare.Reading.Content;
import dev.baton.examples.compare.Reading.Unreadable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTreeTest {

  @TempDir private Path temporary;

  private Path directory = Path.of("");

  @BeforeEach
  void resolveLinks() throws IOException {
    directory = temporary.toRealPath();
  }

  @Test
  void aFileHasItsDigestAndItsLines() throws IOException {
    Path file = Files.writeString(directory.resolve("abc"), "abc");
    assertEquals(
        new Content("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", 3, 0),
        Reading.of(file));
  }

  @Test
  void linesAreCountedAcrossBuffers() throws IOException {
    Path file = Files.writeString(directory.resolve("lines"), "line\n".repeat(100_000));
    Content content = (Content) Reading.of(file);
    assertEquals(100_000, content.lines());
    assertEquals(500_000, content.bytes());
  }

  @Test
  void whatIsGoneOrALinkOrADirectoryIsUnreadable() throws IOException {
    Path link =
        Files.createSymbolicLink(
            directory.resolve("link"), Files.createFile(directory.resolve("file")));
    assertEquals(new Unreadable(), Reading.of(directory.resolve("gone")));
    assertEquals(new Unreadable(), Reading.of(link));
    assertEquals(new Unreadable(), Reading.of(directory));
  }

  @Test
  void regularFilesAreFoundAndLinksAreNotFollowed() throws IOException {
    Path below = Files.createDirectories(directory.resolve("a b/c%20d")).resolve("file");
    Files.writeString(below, "text");
    Files.createSymbolicLink(directory.resolve("to-file"), below);
    Files.createSymbolicLink(directory.resolve("to-directory"), below.getParent());
    assertEquals(List.of(below.toUri()), FileTree.below(directory).files());
  }

  @Test
  void aLinkGivenAsTheDirectoryIsFollowed() throws IOException {
    Path real = Files.createDirectory(directory.resolve("real"));
    Path file = Files.createFile(real.resolve("file"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), real);
    assertEquals(List.of(file.toUri()), FileTree.below(link).files());
  }

  @Test
  void aDirectoryThatIsGoneIsAnError() {
    assertThrows(NoSuchFileException.class, () -> FileTree.below(directory.resolve("gone")));
  }

  @Test
  void theDefaultFilesAreThereAndNotHuge() throws IOException {
    Set<URI> files = Set.copyOf(FileTree.ofJdk().files());
    Path home = Path.of(System.getProperty("java.home")).toRealPath();
    assertTrue(files.contains(home.resolve("release").toUri()));
    assertFalse(files.contains(home.resolve("lib/modules").toUri()));
  }

  @Test
  void unreadableFilesAreCounted() {
    FileTree tree = new FileTree("here", List.of());
    assertEquals(
        "3 files in here: 5 MB, 1,007 lines, 1 unreadable",
        tree.describe(
            List.of(
                new Content("", 2_000_000, 1_000),
                new Unreadable(),
                new Content("", 3_000_000, 7))));
  }
}
