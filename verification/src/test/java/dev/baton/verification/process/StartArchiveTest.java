package dev.baton.verification.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.event.BatonEvent;
import dev.baton.process.ProcessOptions;
import dev.baton.testkit.guard.NoLeftovers;
import dev.baton.testkit.guard.Watchdog;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The archive that workers start from: when it is made and used, and that it never hinders. */
@ExtendWith({Watchdog.class, NoLeftovers.class})
class StartArchiveTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private Path directory = Path.of("");

  @BeforeEach
  void useTheDirectoryOfTheBuild() {
    String caches = System.getenv("XDG_CACHE_HOME");
    Assumptions.assumeTrue(
        caches != null && caches.contains("target"), "would change the user's own archives");
    directory = Path.of(caches, "baton");
  }

  private static ProcessOptions options() {
    return ProcessOptions.defaults().workers(1).heap(32);
  }

  private List<Path> files(String end) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(end)).toList();
    }
  }

  private void removeAll() throws IOException {
    for (Path file : files("")) {
      Files.deleteIfExists(file);
    }
  }

  /** Makes the archive unless it is there. */
  private Path archive() throws Exception {
    try (Baton baton = Baton.open(options())) {
      baton.submit(() -> 1).get(LONG);
      Awaitility.await().atMost(LONG).until(() -> !files(".jsa").isEmpty());
    }
    return files(".jsa").getFirst();
  }

  private static boolean startedFromArchive(Baton baton) throws Exception {
    return baton
        .submit(
            () ->
                String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments())
                    .contains("-XX:SharedArchiveFile="))
        .get(LONG);
  }

  @Test
  void anArchiveIsMadeInTheBackgroundAndLaterWorkersStartFromIt(@TempDir Path logs)
      throws Exception {
    removeAll();
    archive();
    Path log = logs.resolve("classes.txt");
    try (Baton baton = Baton.open(options().jvmArgs("-Xlog:class+load:file=" + log))) {
      assertTrue(startedFromArchive(baton));
    }
    String main = "dev.baton.process.worker.Main source: shared objects file (top)";
    List<String> lines = Files.readAllLines(log);
    assertTrue(
        lines.stream().anyMatch(line -> line.contains(main)), () -> String.join("\n", lines));
  }

  @Test
  void nothingButTheArchiveAndItsJarIsLeft() throws Exception {
    removeAll();
    archive();
    assertEquals(List.of(), files(".tmp"));
    assertEquals(1, files(".jsa").size());
    assertTrue(files(".jar").size() <= 1);
  }

  @Test
  void aReplacedWorkerStartsFromTheArchiveThatItsOwnExecutorHasMade() throws Exception {
    removeAll();
    try (Baton baton = Baton.open(options().maxTasksPerWorker(1))) {
      assertFalse(startedFromArchive(baton));
      Awaitility.await().atMost(LONG).until(() -> !files(".jsa").isEmpty());
      baton.submit(() -> 1).get(LONG); // by the worker that had started before
      assertTrue(startedFromArchive(baton));
    }
  }

  @Test
  void aDamagedArchiveNeitherStopsAWorkerNorMakesItPrint() throws Exception {
    Path archive = archive();
    byte[] whole = Files.readAllBytes(archive);
    List<byte[]> damaged = new ArrayList<>();
    damaged.add(new byte[0]);
    damaged.add(new byte[10_000]);
    damaged.add(Arrays.copyOf(whole, whole.length / 2));
    for (byte[] bytes : damaged) {
      Files.delete(archive); // a JVM may have made it for reading only
      Files.write(archive, bytes);
      Queue<String> printed = new ConcurrentLinkedQueue<>();
      ProcessOptions listening =
          options()
              .listener(
                  event -> {
                    if (event instanceof BatonEvent.WorkerPrinted line) {
                      printed.add(line.line());
                    }
                  });
      try (Baton baton = Baton.open(listening)) {
        assertTrue(startedFromArchive(baton)); // and the JVM did without
      }
      assertEquals(List.of(), List.copyOf(printed));
    }
    Files.delete(archive);
  }

  @Test
  void anArchiveThatNoWorkerCanStartWithIsGivenUp() throws Exception {
    Path archive = archive();
    Assumptions.assumeFalse(files(".jar").isEmpty(), "the workers need no jar of the archive's");
    Files.write(files(".jar").getFirst(), new byte[100]);
    try (Baton baton = Baton.open(options())) {
      assertFalse(startedFromArchive(baton));
    }
    assertFalse(Files.exists(archive));
  }

  @Test
  void workersThatAllStartWithABadArchiveStartAgainWithout() throws Exception {
    Path archive = archive();
    Assumptions.assumeFalse(files(".jar").isEmpty(), "the workers need no jar of the archive's");
    Files.write(files(".jar").getFirst(), new byte[100]);
    try (Baton baton = Baton.open(options().workers(4))) {
      assertFalse(startedFromArchive(baton));
    }
    assertFalse(Files.exists(archive));
  }

  @Test
  void aWorkerThatHasStartedDoesWithoutTheFilesOfItsArchive() throws Exception {
    removeAll();
    archive();
    Assumptions.assumeFalse(files(".jar").isEmpty(), "the workers need no jar of the archive's");
    try (Baton baton = Baton.open(options())) {
      Awaitility.await().atMost(LONG).until(() -> baton.dump().contains(": idle"));
      removeAll();
      assertTrue(startedFromArchive(baton));
      String unused = "dev/baton/process/wire/HexDump.class";
      assertTrue(
          baton.submit(() -> ClassLoader.getSystemResource(unused) != null).get(LONG),
          "its class path can still be read");
    }
  }

  @Test
  void anArchiveIsKeptIfAWorkerCannotStartForAnotherReason() throws Exception {
    Path archive = archive();
    try (Baton baton = Baton.open(options().jvmArgs("-XX:+NoSuchFlag"))) {
      baton.submit(() -> 1).exception(LONG);
    }
    assertTrue(Files.exists(archive));
  }

  @Test
  void aDirectoryThatOthersMayWriteIsNotTrusted() throws Exception {
    archive();
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    try (Baton baton = Baton.open(options())) {
      assertFalse(startedFromArchive(baton));
    } finally {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void theOptionTurnsItOff() throws Exception {
    archive();
    try (Baton baton = Baton.open(options().archive(false))) {
      assertFalse(startedFromArchive(baton));
    }
    Map<String, String> settings =
        Map.of("backend", "process", "workers", "1", "heap", "32", "archive", "false");
    try (Baton baton = Baton.configured("reports", settings)) {
      assertFalse(startedFromArchive(baton));
    }
  }

  @Test
  void whatAUserSaysAboutSharedClassesHolds() throws Exception {
    archive();
    try (Baton baton = Baton.open(options().jvmArgs("-Xshare:off"))) {
      assertFalse(startedFromArchive(baton));
    }
  }

  @Test
  void aJvmWithAnotherCollectorOrOpenedModulesPrintsNothing() throws Exception {
    archive();
    Queue<String> printed = new ConcurrentLinkedQueue<>();
    ProcessOptions listening =
        options()
            .jvmArgs(
                "-XX:-UseSerialGC", "-XX:+UseZGC", "--add-opens=java.base/java.lang=ALL-UNNAMED")
            .listener(
                event -> {
                  if (event instanceof BatonEvent.WorkerPrinted line) {
                    printed.add(line.line());
                  }
                });
    try (Baton baton = Baton.open(listening)) {
      assertTrue(startedFromArchive(baton));
    }
    assertEquals(List.of(), List.copyOf(printed));
  }

  @Test
  void theJvmThatMakesItEndsWithItsExecutor() throws Exception {
    removeAll();
    try (Baton baton = Baton.open(options())) {
      baton.submit(() -> 1).get(LONG);
      Awaitility.await().pollInterval(Duration.ofMillis(5)).atMost(LONG).until(this::isBeingMade);
    }
    assertFalse(isBeingMade());
    assertEquals(List.of(), files(".tmp"));
  }

  private boolean isBeingMade() {
    return ProcessHandle.current()
        .children()
        .anyMatch(
            child -> child.info().commandLine().orElse("").contains("-XX:ArchiveClassesAtExit="));
  }
}
