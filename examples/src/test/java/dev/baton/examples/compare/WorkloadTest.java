package dev.baton.examples.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.examples.NoThreadLeft;
import dev.baton.examples.compare.Measurement.Failed;
import dev.baton.examples.compare.Measurement.NotRun;
import dev.baton.examples.compare.Measurement.Ran;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NoThreadLeft.class)
@Timeout(60)
class WorkloadTest {

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"threads", "virtual"})
  void computeGivesTheSameNumbersAsWithoutABackend(String backend) {
    List<Measurement> measured = measure(new Compute(2), backend);
    assertEquals("6 tasks: Fibonacci of 28, 30 and 32", ran(measured.get(0)).what());
    assertEquals("all 6 results right", ran(measured.get(1)).what());
    assertNames("compute", backend, measured);
  }

  @ParameterizedTest
  @ValueSource(strings = {"threads", "virtual"})
  void filesGivesTheSameDigestsAsWithoutABackend(String backend) throws IOException {
    for (int i = 0; i < 60; i++) {
      Files.writeString(directory.resolve("file-" + i), "line\n".repeat(i));
    }
    List<Measurement> measured = measure(FileTree.below(directory), backend);
    assertEquals(
        "60 files in " + directory + ": 0 MB, 1,770 lines, all read", ran(measured.get(0)).what());
    assertEquals("all 60 results right", ran(measured.get(1)).what());
    assertNames("files", backend, measured);
  }

  @ParameterizedTest
  @ValueSource(strings = {"threads", "virtual"})
  void connectionsAnswersAllRequestsAndScalesTheSequentialRun(String backend) throws IOException {
    try (Connections connections = Connections.open(60, 5)) {
      List<Measurement> measured = measure(connections, backend);
      Ran sequential = ran(measured.get(0));
      assertTrue(
          sequential.what().matches("5 requests took \\d\\.\\d\\d s, scaled to 60"),
          sequential.what());
      assertTrue(sequential.time().toMillis() >= 60 * 20, sequential.toString());
      assertEquals("all 60 results right", ran(measured.get(1)).what());
      assertNames("connections", backend, measured);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"threads", "virtual"})
  void troubleIsContainedOrNotRun(String backend) {
    List<Measurement> measured = measure(new Trouble(), backend);
    assertEquals(
        "throws: IllegalArgumentException, nobody else noticed", ran(measured.get(0)).what());
    Ran endless = ran(measured.get(1));
    assertTrue(
        endless.what().matches("never ends: timed out, stopped [\\d,]+ ms later"), endless.what());
    assertTrue(endless.time().toMillis() >= 500, endless.toString());
    assertEquals(
        new NotRun("endless loop: not run, no thread can be stopped by force"),
        measured.get(2).result());
    assertEquals(
        new NotRun("System.exit: not run, it would end this JVM"), measured.get(3).result());
    assertEquals(
        new NotRun("fills the heap: not run, all would run out of memory"),
        measured.get(4).result());
    assertEquals(
        new NotRun("native stdout: not run, it would print into this table"),
        measured.get(5).result());
  }

  @Test
  void aWorkerJvmContainsAllTrouble() {
    List<String> said =
        measure(new Trouble(), "process").stream().map(each -> ran(each).what()).toList();
    assertEquals("throws: IllegalArgumentException, nobody else noticed", said.get(0));
    assertTrue(said.get(1).startsWith("never ends: timed out"), said.get(1));
    assertTrue(said.get(2).startsWith("endless loop: timed out"), said.get(2));
    assertEquals(
        List.of(
            "System.exit: WorkerLostException, nobody else noticed",
            "fills the heap: OutOfMemoryError, nobody else noticed",
            "native stdout: went to the log, nobody else noticed"),
        said.subList(3, said.size()));
  }

  @Test
  void aShortRunIsMadeThreeTimes() {
    assertEquals(3, timesShown("compute on threads ...", new Compute(1), "threads"));
  }

  @Test
  void aLongRunIsMadeOnce() throws IOException {
    try (Connections connections = Connections.open(300, 1)) {
      assertEquals(1, timesShown("connections on virtual ...", connections, "virtual"));
    }
  }

  @Test
  void anEmptyDirectoryIsNoFailure() throws IOException {
    List<Measurement> measured = measure(FileTree.below(directory), "threads");
    assertEquals("all 0 results right", ran(measured.get(1)).what());
  }

  @Test
  void aBackendThatGivesWrongResultsFails() {
    List<Measurement> measured = measure(new Compute(1), WrongBackend.NAME);
    assertEquals(new Failed("The result for 28 is wrong: wrong"), measured.get(1).result());
  }

  @Test
  void aBackendThatSaysItCanContainAFaultIsTakenAtItsWord() {
    List<Measurement> measured = measure(new Trouble(), WrongBackend.NAME);
    assertEquals(
        List.of(
            new Failed("throws: expected IllegalArgumentException, got null"),
            new Failed("never ends: expected TaskTimeoutException, got null"),
            new Failed("endless loop: expected TaskTimeoutException, got null"),
            new Failed("System.exit: expected WorkerLostException, got null"),
            new Failed("fills the heap: expected OutOfMemoryError, got null")),
        measured.subList(0, 5).stream().map(Measurement::result).toList());
  }

  @Test
  void aBackendThatIsNotThereFails() {
    Failed failed =
        assertInstanceOf(Failed.class, measure(new Compute(1), "missing").get(1).result());
    assertTrue(failed.why().contains("No backend named \"missing\""), failed.why());
  }

  @Test
  void eachNameOpensAWorkload() throws IOException {
    for (String name : Workload.NAMES) {
      try (Workload workload = Workload.open(name, directory)) {
        assertNotNull(workload, name);
      }
    }
    assertThrows(IllegalArgumentException.class, () -> Workload.open("tea", null));
  }

  @Test
  void thereIsAdviceOnEachWorkload() {
    List<String> advice = Advice.about(Workload.NAMES);
    for (String name : Workload.NAMES) {
      assertTrue(advice.stream().anyMatch(line -> line.startsWith("  " + name + ": ")), name);
    }
    assertTrue(advice.stream().allMatch(line -> line.length() <= Table.WIDTH), advice.toString());
  }

  private static List<Measurement> measure(Workload workload, String backend) {
    return workload.measure(List.of(backend), new Progress.Silent());
  }

  /** Counts how often something is begun, but for rehearsals. */
  private static int timesShown(String what, Workload workload, String backend) {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    PrintStream terminal = new PrintStream(shown, true, StandardCharsets.UTF_8);
    workload.measure(List.of(backend), new Progress.Line(terminal));
    return shown.toString(StandardCharsets.UTF_8).split(Pattern.quote("\r" + what), -1).length - 1;
  }

  private static Ran ran(Measurement measurement) {
    return assertInstanceOf(Ran.class, measurement.result(), measurement::toString);
  }

  private static void assertNames(String workload, String backend, List<Measurement> measured) {
    assertEquals(
        List.of(workload + " sequential", workload + " " + backend),
        measured.stream().map(m -> m.workload() + " " + m.backend()).toList());
  }
}
