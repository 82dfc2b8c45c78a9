package dev.baton.process.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedFileTest {

  @TempDir private Path directory;

  @Test
  void itIsRemovedOnceBothSidesHaveOpenedIt() throws IOException {
    Path path = directory.resolve("file");
    SharedFile file = planned(path);
    Files.createFile(path);
    file.remove();
    assertFalse(Files.exists(path));
    file.remove();
    assertEquals(path.toString(), file.toString());
  }

  private static SharedFile planned(Path path) {
    return Objects.requireNonNull(SharedFile.plan(path));
  }

  @Test
  void aProgramThatEndsBeforeThatLeavesNone() throws Exception {
    Path path = directory.resolve("left");
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Ending.class.getName(),
                path.toString())
            .inheritIO()
            .start();
    try {
      assertTrue(program.waitFor(30, TimeUnit.SECONDS));
      assertEquals(0, program.exitValue());
      assertFalse(Files.exists(path));
    } finally {
      program.destroyForcibly().waitFor();
    }
  }

  /** Makes a file and ends; while it does, it can make none. */
  static final class Ending {

    private Ending() {}

    /** Takes the path of the file. */
    public static void main(String[] arguments) throws IOException {
      Path path = Path.of(arguments[0]);
      SharedFile file = planned(path);
      Files.createFile(file.path());
      Runtime.getRuntime().addShutdownHook(new Thread(() -> planAnother(path)));
    }

    private static void planAnother(Path path) {
      if (SharedFile.plan(path) != null) {
        Runtime.getRuntime().halt(3);
      }
    }
  }
}
