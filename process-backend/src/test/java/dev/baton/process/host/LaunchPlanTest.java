package dev.baton.process.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.process.ProcessOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaunchPlanTest {

  @TempDir private Path directory;

  private StartArchive archive;
  private LaunchPlan plan;

  @BeforeEach
  void makeAnArchive() throws IOException {
    Path file = Files.createFile(directory.resolve("a.jsa"));
    archive = new StartArchive(Path.of("java"), List.of("a.jar"), directory, null, file);
    plan = LaunchPlan.with(archive, ProcessOptions.defaults(), "plan");
  }

  @Test
  void anArchiveGoesIfWorkersStartWithoutItAlone() {
    plan.giveUp(archive);
    assertNull(plan.archiveToUse());
    assertTrue(archive.isThere(), "whatever it was may stop the others too");
    plan.hasStarted(null);
    assertFalse(archive.isThere());
  }

  @Test
  void anArchiveThatAWorkerHasStartedWithStays() {
    plan.giveUp(archive);
    plan.hasStarted(archive);
    plan.hasStarted(null);
    assertTrue(archive.isThere());
  }

  @Test
  void eachStartMarksTheArchiveAsUsed() throws IOException {
    Instant before = Instant.now().minus(Duration.ofHours(1));
    Files.setLastModifiedTime(archive.file(), FileTime.from(before));
    assertEquals(archive, plan.archiveToUse());
    Instant after = Files.getLastModifiedTime(archive.file()).toInstant();
    assertTrue(after.isAfter(before.plus(Duration.ofMinutes(30))), after::toString);
  }
}
