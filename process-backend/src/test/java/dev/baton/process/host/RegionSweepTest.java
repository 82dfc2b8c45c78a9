package dev.baton.process.host;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.process.wire.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class RegionSweepTest {

  @TempDir private Path directory;

  /** A path as if another process had made it. */
  private Path ofAnother(String kind) {
    return directory.resolve("baton-" + kind + "-999999999-" + UUID.randomUUID());
  }

  @Test
  void whatNobodyHasLockedIsRemoved() throws IOException {
    Path left = ofAnother("region");
    Region.create(left).close();
    Path claims = Files.createFile(ofAnother("claims"));
    Path others = Files.createFile(directory.resolve("other"));
    RegionSweep.of(directory);
    assertFalse(Files.exists(left));
    assertTrue(Files.exists(claims) && Files.exists(others));
  }

  @Test
  void whatThisProcessHasMadeStays() throws IOException {
    RegionFile own = RegionFile.create(directory);
    assertTrue(own != null);
    RegionSweep.of(directory);
    assertTrue(Files.exists(own.path()));
    own.close();
    assertFalse(Files.exists(own.path()));
  }

  @Test
  void whatAnotherProcessHasLockedStays() throws Exception {
    Path locked = ofAnother("region");
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                RegionHolder.class.getName(),
                locked.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertTrue(other.getInputStream().read() >= 0);
      RegionSweep.of(directory);
      assertTrue(Files.exists(locked));
    } finally {
      other.destroyForcibly().waitFor();
    }
    RegionSweep.of(directory);
    assertFalse(Files.exists(locked), "its maker was killed");
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whatIsNoRegionIsLeftAloneAndTheRestIsSwept() throws Exception {
    Path target = Files.createFile(directory.resolve("target"));
    Path link = Files.createSymbolicLink(ofAnother("region"), target);
    Path pipe = ofAnother("region");
    new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
    Path inUse = ofAnother("region");
    Path left = ofAnother("region");
    Region.create(left).close();
    try (Region region = Region.create(inUse)) {
      RegionSweep.of(directory);
      assertTrue(Files.exists(inUse), region::toString);
    }
    assertFalse(Files.exists(left));
    assertTrue(Files.isSymbolicLink(link) && Files.exists(target) && Files.exists(pipe));
  }

  @Test
  void withoutADirectoryThereIsNoRegionAndNothingToSweep() {
    Path absent = directory.resolve("absent");
    assertNull(RegionFile.create(absent));
    assertNull(RegionFile.create(null));
    RegionSweep.of(absent);
    assertFalse(Files.exists(absent));
  }
}
