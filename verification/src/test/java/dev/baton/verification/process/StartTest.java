package dev.baton.verification.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.BackendException;
import dev.baton.Baton;
import dev.baton.TaskFuture;
import dev.baton.process.ProcessOptions;
import dev.baton.testkit.guard.NoLeftovers;
import dev.baton.testkit.guard.Watchdog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How workers start, and what is said if they cannot. */
@ExtendWith({Watchdog.class, NoLeftovers.class})
class StartTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private static ProcessOptions options() {
    return ProcessOptions.defaults().workers(1).heap(32);
  }

  private static String refusalOf(ProcessOptions options) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> Baton.open(options)).getMessage());
  }

  @Test
  void aHomeWithoutJavaIsRefusedAtOnce() {
    String message = refusalOf(options().javaHome(Path.of("/nowhere")));
    assertTrue(message.contains("/nowhere") && message.contains("java-home"), message);
  }

  @Test
  void aMissingEntryOfTheClassPathIsRefusedAtOnce() {
    String message = refusalOf(options().classPath(List.of(Path.of("/no/such.jar"))));
    assertTrue(message.contains("/no/such.jar"), message);
  }

  @Test
  void aMissingWorkingDirectoryIsRefusedAtOnce() {
    String message = refusalOf(options().workingDirectory(Path.of("/no/such")));
    assertTrue(message.contains("/no/such"), message);
  }

  @Test
  void aBadFlagBreaksTheExecutorWithCommandLineExitCodeAndOutput() throws Exception {
    try (Baton baton = Baton.open(options().jvmArgs("-XX:+NoSuchFlag"))) {
      TaskFuture<Integer> future = baton.submit(() -> 1);
      Throwable failure = future.exception(LONG);
      assertInstanceOf(BackendException.class, failure);
      String message = String.valueOf(failure.getMessage());
      for (String part : List.of("-XX:+NoSuchFlag", "exit code 1", "dev.baton.process.worker")) {
        assertTrue(message.contains(part), message);
      }
    }
  }

  @Test
  void aWorkerThatIsKilledAsItStartsIsStartedAgain() throws Exception {
    try (Baton baton = Baton.open(options())) {
      Set<Long> killed = new HashSet<>();
      Awaitility.await()
          .atMost(LONG)
          .pollInterval(Duration.ofMillis(1))
          .until(
              () -> {
                Workers.ofThisProcess().stream()
                    .filter(worker -> killed.add(worker.pid()))
                    .forEach(ProcessHandle::destroyForcibly);
                return killed.size() >= 5;
              });
      assertEquals(1, baton.submit(() -> 1).get(LONG));
    }
  }

  @Test
  void workersThatAreAllKilledAsTheyStartBreakTheExecutor() throws Exception {
    try (Baton baton = Baton.open(options())) {
      TaskFuture<Integer> future = baton.submit(() -> 1);
      Awaitility.await()
          .atMost(LONG)
          .pollInterval(Duration.ofMillis(1))
          .until(
              () -> {
                Workers.ofThisProcess().forEach(ProcessHandle::destroyForcibly);
                return future.isDone();
              });
      Throwable failure = future.exception(LONG);
      assertInstanceOf(BackendException.class, failure);
      assertTrue(String.valueOf(failure.getMessage()).contains("SIGKILL"), failure::toString);
    }
  }

  @Test
  void badNumbersAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> options().workers(0));
    assertThrows(IllegalArgumentException.class, () -> options().heap(0));
    assertThrows(IllegalArgumentException.class, () -> options().maxTasksPerWorker(0));
    assertThrows(IllegalArgumentException.class, () -> options().idleTimeout(Duration.ZERO));
    assertThrows(IllegalArgumentException.class, () -> options().grace(Duration.ofMillis(-1)));
    assertThrows(IllegalArgumentException.class, () -> options().environment("A", "b\0c"));
  }

  @Test
  void settingsMakeTheSameOptions() throws Exception {
    Map<String, String> settings =
        Map.of("backend", "process", "workers", "1", "heap", "32", "jvm-args", "-Dcolour=blue");
    try (Baton baton = Baton.configured("reports", settings)) {
      assertEquals("blue", baton.submit(() -> System.getProperty("colour")).get(LONG));
      assertTrue(baton.submit(() -> Runtime.getRuntime().maxMemory() < 40_000_000L).get(LONG));
    }
  }

  @Test
  void systemPropertiesAndVariablesReachTheWorker() throws Exception {
    System.setProperty("baton.test.property", "from the parent");
    try (Baton baton = Baton.open(options().environment("BATON_TEST_VARIABLE", "secret"))) {
      assertEquals(
          "from the parent",
          baton.submit(() -> System.getProperty("baton.test.property")).get(LONG));
      assertEquals("secret", baton.submit(() -> System.getenv("BATON_TEST_VARIABLE")).get(LONG));
    } finally {
      System.clearProperty("baton.test.property");
    }
  }

  @Test
  void aWorkerIsReplacedAfterSoManyTasks() throws Exception {
    try (Baton baton = Baton.open(options().maxTasksPerWorker(2))) {
      long first = pid(baton);
      assertEquals(first, pid(baton));
      assertNotEquals(first, pid(baton));
    }
  }

  private static long pid(Baton baton) throws Exception {
    return baton.submit(() -> ProcessHandle.current().pid()).get(LONG);
  }

  @Test
  void anIdleWorkerEndsAndAnotherStartsWhenThereIsWork() throws Exception {
    try (Baton baton = Baton.open(options().idleTimeout(Duration.ofMillis(50)))) {
      long first = pid(baton);
      Awaitility.await().until(() -> ProcessHandle.of(first).isEmpty());
      assertNotEquals(first, pid(baton));
    }
  }

  @Test
  void manyExecutorsOpenAndCloseAtOnce() {
    for (int i = 0; i < 10; i++) {
      Baton.open(options()).close();
    }
  }
}
