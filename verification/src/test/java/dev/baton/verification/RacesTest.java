package dev.baton.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.verification.jcstress.AllRaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The races of jcstress, in a process of their own, which takes its turn beside other tests. */
class RacesTest {

  private static final long PATIENCE_MINUTES = Long.getLong("jcstress.minutes", 10);

  @Test
  void allAreRunAndNoneHasAForbiddenOutcome() throws Exception {
    Path directory = Files.createDirectories(Path.of("target", "jcstress"));
    Path output = directory.resolve("output.txt");
    Process races =
        new ProcessBuilder(command(System.getProperty("jcstress.args", "")))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertTrue(races.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES), () -> end(output));
      assertEquals(0, races.exitValue(), () -> end(output));
    } finally {
      races.descendants().forEach(ProcessHandle::destroyForcibly);
      races.destroyForcibly().waitFor();
    }
  }

  private static List<String> command(String options) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-classpath",
                System.getProperty("java.class.path"),
                AllRaces.class.getName()));
    command.addAll(List.of(options.strip().split(" +")));
    return command;
  }

  private static String end(Path output) {
    try {
      List<String> lines = Files.readAllLines(output);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - 100), lines.size()));
    } catch (IOException unreadable) {
      return output + " cannot be read: " + unreadable;
    }
  }
}
