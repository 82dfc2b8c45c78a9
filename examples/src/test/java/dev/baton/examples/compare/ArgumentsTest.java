package dev.baton.examples.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArgumentsTest {

  private static final List<String> BACKENDS = List.of("threads", "virtual");
  private static final List<String> WORKLOADS = List.of("compute", "files");

  @TempDir private Path directory;

  @Test
  void noArgumentsAskForEverything() throws UsageException {
    Arguments arguments = parse();
    assertEquals(new Arguments(false, BACKENDS, WORKLOADS, null), arguments);
  }

  @Test
  void optionsMayBeRepeatedAndKeepTheirOrder() throws UsageException {
    Arguments arguments =
        parse(
            "--backend",
            "virtual",
            "--backend",
            "threads",
            "--backend",
            "virtual",
            "--workload",
            "files");
    assertEquals(List.of("virtual", "threads"), arguments.backends());
    assertEquals(List.of("files"), arguments.workloads());
  }

  @Test
  void theOtherArgumentIsTheDirectory() throws UsageException {
    assertEquals(directory, parse(directory.toString(), "--backend", "threads").directory());
  }

  @Test
  void helpWinsOverAllThatFollows() throws UsageException {
    Arguments arguments = parse("--help", "--backend", "nonsense");
    assertTrue(arguments.help());
    assertNull(arguments.directory());
  }

  @Test
  void anUnknownBackendIsNamedWithThoseThatThereAre() {
    assertRefused(
        "There is no backend \"treads\". Allowed: threads, virtual.", "--backend", "treads");
  }

  @Test
  void anUnknownWorkloadIsNamedWithThoseThatThereAre() {
    assertRefused("There is no workload \"tea\". Allowed: compute, files.", "--workload", "tea");
  }

  @Test
  void anOptionWithoutItsNameIsRefused() {
    assertRefused("--backend needs a name. Allowed: threads, virtual.", "--backend");
    assertRefused("--workload needs a name. Allowed: compute, files.", "--workload");
  }

  @Test
  void anUnknownOptionIsNamedWithThoseThatThereAre() {
    assertRefused(
        "There is no option \"--fast\". Allowed: --backend NAME, --workload NAME, --help.",
        "--fast");
  }

  @Test
  void aMissingDirectoryIsRefused() {
    Path missing = directory.resolve("missing");
    assertRefused(
        "\"" + missing + "\" does not exist. Allowed: a directory whose files can be read.",
        missing.toString());
  }

  @Test
  void aFileInPlaceOfADirectoryIsRefused() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertRefused(
        "\"" + file + "\" is not a directory. Allowed: a directory whose files can be read.",
        file.toString());
  }

  @Test
  void whatIsNoPathIsRefused() {
    assertRefused("\"a\0b\" is not a path. Allowed: a directory whose files can be read.", "a\0b");
  }

  @Test
  void aSecondDirectoryIsRefused() {
    assertRefused(
        "There are two directories, \"" + directory + "\" and \"other\". Allowed: one.",
        directory.toString(),
        "other");
  }

  @Test
  void aDirectoryThatNoWorkloadReadsIsRefused() {
    assertRefused(
        "Directory \"" + directory + "\" would be ignored: only the workload files reads it.",
        "--workload",
        "compute",
        directory.toString());
  }

  private static Arguments parse(String... args) throws UsageException {
    return Arguments.parse(args, BACKENDS, WORKLOADS);
  }

  private static void assertRefused(String message, String... args) {
    assertEquals(message, assertThrows(UsageException.class, () -> parse(args)).getMessage());
  }
}
