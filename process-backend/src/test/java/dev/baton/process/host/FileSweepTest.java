package dev.baton.process.host;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.process.wire.ClaimPage;
import dev.baton.process.wire.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FileSweepTest {

  @TempDir private Path directory;

  /** A path as if another process had made it. */
  private Path ofAnother(String kind) {
    return directory.resolve("baton-" + kind + "-999999999-" + UUID.randomUUID());
  }

  @Test
  void whatNobodyHasLockedIsRemoved() throws IOException {
    Path left = ofAnother("region");
    Region.create(left).close();
    Path claims = ofAnother("claims");
    ClaimPage.create(claims, 1).unlock();
    Path others = Files.createFile(directory.resolve("other"));
    Path ofAnotherKind = Files.createFile(ofAnother("probe"));
    FileSweep.of(directory);
    assertFalse(Files.exists(left) || Files.exists(claims));
    assertTrue(Files.exists(others) && Files.exists(ofAnotherKind));
  }

  @Test
  void whatThisProcessHasMadeStays() throws IOException {
    RegionFile own = RegionFile.create(directory);
    assertTrue(own != null);
    FileSweep.of(directory);
    assertTrue(Files.exists(own.file().path()));
    own.close();
    assertFalse(Files.exists(own.file().path()));
  }

  @Test
  void whatAnotherProcessHasLockedStays() throws Exception {
    Path locked = ofAnother("region");
    Path lockedPage = ofAnother("claims");
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FileHolder.class.getName(),
                locked.toString(),
                lockedPage.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertTrue(other.getInputStream().read() >= 0);
      FileSweep.of(directory);
      assertTrue(Files.exists(locked) && Files.exists(lockedPage));
    } finally {
      other.destroyForcibly().waitFor();
    }
    FileSweep.of(directory);
    assertFalse(Files.exists(locked) || Files.exists(lockedPage), "their maker was killed");
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
      FileSweep.of(directory);
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
    FileSweep.of(absent);
    assertFalse(Files.exists(absent));
  }
}
