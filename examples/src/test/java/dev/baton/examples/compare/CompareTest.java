package dev.baton.examples.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.examples.NoThreadLeft;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class CompareTest {

  @TempDir private Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void aRunInWhichAllGoesWellExitsWithZeroAndPrintsOneTable() throws IOException {
    Files.writeString(directory.resolve("file"), "one line\n");
    int exitCode =
        run(
            "--backend",
            "threads",
            "--backend",
            "virtual",
            "--workload",
            "files",
            "--workload",
            "trouble",
            directory.toString());
    assertEquals(0, exitCode, printed(err));
    List<String> lines = printed(out).lines().toList();
    assertEquals(1, lines.stream().filter(line -> line.startsWith("workload ")).count());
    assertTrue(lines.stream().anyMatch(line -> line.startsWith("files ")));
    assertTrue(lines.stream().anyMatch(line -> line.startsWith("trouble ")));
    assertTrue(lines.stream().allMatch(line -> line.length() <= Table.WIDTH), printed(out));
    assertEquals("", printed(err));
  }

  @Test
  void nothingIsRewrittenUnlessSomeoneWatches() {
    run("--backend", "threads", "--workload", "trouble");
    assertFalse(printed(out).replace(System.lineSeparator(), "\n").contains("\r"));
  }

  @Test
  void aFailedRunExitsWithOneAndTheOthersGoOn() {
    int exitCode =
        run("--backend", WrongBackend.NAME, "--backend", "threads", "--workload", "trouble");
    assertEquals(1, exitCode);
    assertTrue(printed(out).contains("FAILED: throws: expected"), printed(out));
    assertTrue(printed(out).contains("never ends: timed out"), printed(out));
    assertEquals("6 of 12 runs failed.", printed(err).strip());
  }

  @Test
  void aWrongArgumentExitsWithTwoAndOneLine() {
    assertEquals(2, run("--backend", "treads"));
    assertEquals(
        "There is no backend \"treads\". Allowed: threads, virtual, async, process, wrong."
            + System.lineSeparator(),
        printed(err));
    assertEquals("", printed(out));
  }

  @Test
  void aMissingDirectoryExitsWithTwo() {
    assertEquals(2, run(directory.resolve("missing").toString()));
    assertTrue(printed(err).contains("does not exist"), printed(err));
  }

  @Test
  void helpExplainsEveryArgumentAndWorkload() {
    assertEquals(0, run("--help"));
    assertEquals(
        """
        Runs the same work without any backend and on every backend that is found, and shows what came
        of it.

        Usage: Compare [--backend NAME]... [--workload NAME]... [DIRECTORY]

          --backend NAME   a backend to run on; may be repeated (default: all of them)
                           threads, virtual, async, process, wrong
          --workload NAME  a workload to run; may be repeated (default: all of them)
                           compute      Fibonacci numbers, many times over
                           files        SHA-256 and line count of every file below DIRECTORY
                           connections  1,000 requests to a server that answers after 20 ms
                           trouble      tasks that throw, never end, or worse
          --help           this text

          DIRECTORY        whose files to read (default: the home of this JDK, but for huge files)

        Exit code: 0 if all went well, 1 if a run failed, 2 if an argument is wrong.
        """,
        printed(out));
    assertEquals("", printed(err));
  }

  @Test
  void backendsOnTheClassPathAreFoundBesideThoseOfBaton() {
    assertEquals(
        List.of("threads", "virtual", "async", "process", WrongBackend.NAME), Backends.names());
  }

  private int run(String... args) {
    return new Compare(stream(out), stream(err), new Progress.Silent()).run(args);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String printed(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
