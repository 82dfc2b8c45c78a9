package dev.baton.process.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheDirectoryTest {

  private static final Path HOME = Path.of("/home/ann");

  @TempDir Path temporary = Path.of("");

  private static void setMode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static void assertRefused(Path directory, String why) {
    IOException refusal = assertThrows(IOException.class, () -> CacheDirectory.open(directory));
    assertTrue(String.valueOf(refusal.getMessage()).contains(why), refusal.toString());
  }

  @Test
  void eachSystemHasItsPlaceForCaches() {
    assertEquals(HOME.resolve(".cache/baton"), CacheDirectory.location(Map.of(), "Linux", HOME));
    assertEquals(
        HOME.resolve("Library/Caches/baton"), CacheDirectory.location(Map.of(), "Mac OS X", HOME));
    assertEquals(
        Path.of("/local/baton"),
        CacheDirectory.location(Map.of("LOCALAPPDATA", "/local"), "Windows 11", HOME));
    assertEquals(
        HOME.resolve("AppData/Local/baton"), CacheDirectory.location(Map.of(), "Windows 11", HOME));
  }

  @Test
  void theVariableForCachesIsFollowedIfItIsAbsolute() {
    assertEquals(
        Path.of("/caches/baton"),
        CacheDirectory.location(Map.of("XDG_CACHE_HOME", "/caches"), "Linux", HOME));
    assertEquals(
        HOME.resolve(".cache/baton"),
        CacheDirectory.location(Map.of("XDG_CACHE_HOME", "caches"), "Linux", HOME));
  }

  @Test
  void itIsMadeForItsOwnerAloneAndLeftEmpty() throws IOException {
    Path directory = CacheDirectory.open(temporary.resolve("caches").resolve("baton"));
    assertEquals(
        "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)));
    try (Stream<Path> files = Files.list(directory)) {
      assertEquals(0, files.count());
    }
    assertEquals(directory, CacheDirectory.open(directory));
  }

  @Test
  void oneThatOthersMayReadOrWriteIsRefused() throws IOException {
    Path directory = CacheDirectory.open(temporary.resolve("baton"));
    setMode(directory, "rwxr-x---");
    assertRefused(directory, "0700");
    setMode(directory, "rwx----w-");
    assertRefused(directory, "0700");
  }

  @Test
  void oneBelowADirectoryThatOthersMayWriteIsRefused() throws IOException {
    Path open = Files.createDirectory(temporary.resolve("open"));
    Path directory = CacheDirectory.open(open.resolve("baton"));
    setMode(open, "rwxrwxr-x");
    assertRefused(directory, "open may be written by other users");
  }

  @Test
  void aLinkAndAFileAreRefused() throws IOException {
    Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
    Path link = Files.createSymbolicLink(temporary.resolve("link"), elsewhere);
    assertThrows(IOException.class, () -> CacheDirectory.open(link));
    Path file = Files.createFile(temporary.resolve("file"));
    assertThrows(IOException.class, () -> CacheDirectory.open(file));
    assertThrows(IOException.class, () -> CacheDirectory.open(file.resolve("baton")));
  }
}
