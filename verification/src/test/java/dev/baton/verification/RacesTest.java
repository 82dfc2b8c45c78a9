package dev.baton.verification;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.verification.jcstress.AllRaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The races of jcstress, in a process of their own, which takes its turn beside other tests. */
class RacesTest {

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
      assertEquals(0, races.waitFor(), () -> end(output));
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
