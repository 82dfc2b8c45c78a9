package dev.baton.verification.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.testkit.guard.NoLeftovers;
import dev.baton.testkit.guard.Watchdog;
import dev.baton.testkit.signal.Signal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No worker outlives its parent, however busy it is and however the parent ends. */
@ExtendWith({Watchdog.class, NoLeftovers.class})
class ParentDeathTest {

  @ParameterizedTest
  @ValueSource(strings = {"kill", "exit", "halt"})
  void noWorkerIsLeftTwoSecondsAfterItsParent(String end) throws Exception {
    Signal begun = Signal.create();
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                BusyParent.class.getName(),
                String.valueOf(begun.port()),
                String.valueOf(begun.id()),
                end)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    begun.awaitTotal(2);
    Awaitility.await().until(() -> begun.lines().size() == 3);
    List<String> workers = begun.lines();
    if (end.equals("kill")) {
      parent.destroyForcibly();
    }
    parent.waitFor();
    Awaitility.await()
        .atMost(Duration.ofSeconds(2))
        .untilAsserted(() -> assertEquals(0, alive(workers)));
    begun.drop();
  }

  private static long alive(List<String> pids) {
    return pids.stream()
        .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid)).stream())
        .filter(Workers::isAtWork)
        .count();
  }
}
