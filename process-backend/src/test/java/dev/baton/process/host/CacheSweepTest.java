package dev.baton.process.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheSweepTest {

  @TempDir Path directory = Path.of("");

  private void make(String name, Duration age) throws IOException {
    Path file = Files.createFile(directory.resolve(name));
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void whatWasNotUsedForThirtyDaysGoesWithItsJar() throws IOException {
    make("new.jsa", Duration.ofDays(29));
    make("new.jar", Duration.ofDays(1000));
    make("old.jsa", Duration.ofDays(31));
    make("old.jar", Duration.ofDays(1000));
    CacheSweep.of(directory, null);
    assertEquals(List.of("new.jar", "new.jsa"), names());
  }

  @Test
  void onlyTheEightLastUsedStay() throws IOException {
    for (int i = 1; i <= 10; i++) {
      make("%02d.jsa".formatted(i), Duration.ofHours(i));
    }
    CacheSweep.of(directory, null);
    assertEquals(8, names().size());
    assertEquals("08.jsa", names().getLast());
  }

  @Test
  void whatWasNeverFinishedGoesAndWhatIsInTheMakingStays() throws IOException {
    make("new-1.tmp", Duration.ofMinutes(1));
    make("new-2.tmp", Duration.ofHours(2));
    make("a note of the user's", Duration.ofDays(1000));
    CacheSweep.of(directory, null);
    assertEquals(List.of("a note of the user's", "new-1.tmp"), names());
  }

  @Test
  void aJarStaysThatIsNeededThoughItHasNoArchiveYet() throws IOException {
    make("needed.jar", Duration.ofDays(1000));
    make("other.jar", Duration.ofDays(1000));
    CacheSweep.of(directory, directory.resolve("needed.jar"));
    assertEquals(List.of("needed.jar"), names());
  }

  @Test
  void whatCannotBeRemovedStaysAndTheOthersGo() throws IOException {
    for (int i = 0; i < 4; i++) {
      make(i + ".jsa", Duration.ofDays(31));
    }
    Path full = Files.createDirectory(directory.resolve("full.jsa"));
    Files.createFile(full.resolve("file"));
    Files.setLastModifiedTime(full, FileTime.from(Instant.EPOCH));
    Files.createSymbolicLink(directory.resolve("dangling.jsa"), directory.resolve("nothing"));
    CacheSweep.of(directory, null);
    assertEquals(List.of("dangling.jsa", "full.jsa"), names());
  }
}
