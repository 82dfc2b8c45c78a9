package dev.baton.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.testkit.ContractTest;
import dev.baton.testkit.Fixture;
import dev.baton.testkit.Promise;
import dev.baton.testkit.Row;
import dev.baton.testkit.Shape;
import dev.baton.testkit.exit.ExitProgram;
import dev.baton.testkit.exit.Scenario;
import dev.baton.testkit.signal.Signal;
import java.io.BufferedReader;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Unfinished tasks keep the JVM alive; an idle executor does not. */
@Promise(Row.EXIT)
public interface ExitContract extends ContractTest {

  /** An idle executor may delay the exit by 100 ms; the rest is for a busy machine. */
  Duration EXIT_DELAY = Duration.ofSeconds(1);

  /** A machine that is busy for once holds one exit up, and an executor that stays all of them. */
  int ATTEMPTS = 3;

  /** Long enough to see that nothing keeps it alive. */
  Duration STAY = Duration.ofMillis(400);

  @ParameterizedTest
  @EnumSource
  default void theJvmStaysForWhatIsUnfinishedAndForNothingElse(Scenario scenario, Fixture given)
      throws Exception {
    given.open(Shape.slots(1)).close(); // which skips the test if the backend cannot
    for (int attempt = 1; !exitsInTime(scenario, given.signal()); attempt++) {
      assertTrue(attempt < ATTEMPTS, "it stayed, each time");
    }
  }

  /** Runs a scenario; returns false if the program has exited, but late. */
  private boolean exitsInTime(Scenario scenario, Signal signal) throws Exception {
    Process program = start(scenario, signal);
    try (BufferedReader output = program.inputReader()) {
      awaitEndOfMain(scenario, output);
      if (scenario.isUnfinished()) {
        assertFalse(program.waitFor(STAY.toMillis(), TimeUnit.MILLISECONDS), "it exited");
        assertEquals(List.of(), signal.lines());
        program.onExit().thenRun(signal::count); // so that the wait ends if no body finishes
        signal.open();
        signal.awaitTotal(2);
      }
      boolean isInTime = program.waitFor(EXIT_DELAY.toMillis(), TimeUnit.MILLISECONDS);
      assertTrue(program.waitFor(Failures.PATIENCE.toMillis(), TimeUnit.MILLISECONDS), "it stayed");
      assertEquals(scenario == Scenario.FAILED_MAIN ? 1 : 0, program.exitValue());
      assertEquals(scenario.isUnfinished() ? List.of("finished") : List.of(), signal.lines());
      return isInTime;
    } finally {
      program.destroyForcibly().waitFor();
    }
  }

  private Process start(Scenario scenario, Signal signal) throws Exception {
    String modules = System.getProperty("jdk.module.path", "");
    String classPath =
        System.getProperty("java.class.path")
            + (modules.isEmpty() ? "" : File.pathSeparator + modules);
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            classPath,
            ExitProgram.class.getName(),
            getClass().getName(),
            scenario.name(),
            String.valueOf(signal.port()),
            String.valueOf(signal.id()))
        .redirectErrorStream(true)
        .start();
  }

  private static void awaitEndOfMain(Scenario scenario, BufferedReader output) throws Exception {
    String end = scenario == Scenario.FAILED_MAIN ? "on purpose" : "main is over";
    StringBuilder said = new StringBuilder();
    for (String line; (line = output.readLine()) != null; ) {
      said.append(line).append('\n');
      if (line.contains(end)) {
        return;
      }
    }
    throw new AssertionError("The program ended before its main did:\n" + said);
  }
}
