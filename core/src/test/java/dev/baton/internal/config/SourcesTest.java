package dev.baton.internal.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.baton.BackendOptions;
import dev.baton.Overflow;
import dev.baton.ThreadOptions;
import dev.baton.VirtualOptions;
import dev.baton.support.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** System properties, then the environment, then files. */
@Timeout(60)
class SourcesTest {

  private static final ThreadOptions DEFAULTS = ThreadOptions.defaults();

  private final Properties before = (Properties) System.getProperties().clone();

  @AfterEach
  void restore() {
    System.setProperties(before);
  }

  private static BackendOptions options() {
    return Opened.configured("reports").options();
  }

  private static void set(String key, String value) {
    System.setProperty("baton.reports." + key, value);
  }

  private static @Nullable String refusal() {
    return assertThrows(IllegalArgumentException.class, SourcesTest::options).getMessage();
  }

  @Test
  void systemPropertiesAreRead() {
    set("backend", "threads");
    set("workers", "3");
    set("threads.queue", "5");
    set("virtual.limit", "7");
    assertEquals(DEFAULTS.workers(3).queue(5), options());
  }

  @Test
  void propertiesOfOtherExecutorsAreNotRead() {
    set("backend", "virtual");
    System.setProperty("baton.report.limit", "no");
    System.setProperty("baton.reports2.limit", "no");
    System.setProperty("baton.reportslimit", "no");
    System.setProperty("batonxreports.limit", "no");
    assertEquals(VirtualOptions.defaults(), options());
  }

  @Test
  void nothingAtAllSaysWhichPropertyToSet() {
    assertEquals(
        "There is no setting baton.reports.backend. Set it to one of: threads, toy, virtual.",
        refusal());
  }

  @Test
  void anUnknownPropertyIsRefusedByItsWholeName() {
    set("backend", "threads");
    set("wokers", "3");
    assertEquals(
        "There is no setting baton.reports.wokers. Did you mean baton.reports.workers? Backend"
            + " threads has: timeout, limit, lend, portable, workers, queue, overflow, backend.",
        refusal());
  }

  @Test
  void aPropertyThatOnlyOthersHaveIsRefusedWithTheWayToScopeIt() {
    set("backend", "virtual");
    set("queue", "3");
    assertEquals(
        "Setting baton.reports.queue would be ignored: backend virtual has no setting queue;"
            + " threads has. Remove it, or scope it to that backend, as in"
            + " baton.reports.threads.queue.",
        refusal());
  }

  @Test
  void aPropertyWithABadValueIsRefusedByItsWholeName() {
    set("backend", "threads");
    set("threads.workers", "0");
    assertEquals(
        "Setting baton.reports.threads.workers has the value \"0\": workers must be at least 1: 0."
            + " Allowed: a whole number, such as 4.",
        refusal());
  }

  private static List<String> linesOf(Program program, String... names) throws Exception {
    Program.Result result = program.run(names);
    assertEquals(0, result.exitCode(), result::output);
    return result.output().lines().toList();
  }

  @Test
  void theEnvironmentIsReadWithDotsAndDashesAsUnderscores() throws Exception {
    Program program =
        Program.of(ConfiguredProgram.class)
            .with(
                Map.of(
                    "BATON_REPORTS_BACKEND", "threads",
                    "BATON_REPORTS_WORKERS", "2",
                    "BATON_REPORTS_THREADS_WORKERS", "3",
                    "BATON_REPORTS_QUEUE", "5",
                    "BATON_REPORTS_OVERFLOW", "reject",
                    "BATON_REPORTS_TOY_PAINT_SHADE", "not read",
                    "BATON_OTHER_BACKEND", "virtual",
                    "BATON_OTHER_TIMEOUT", "5m",
                    "BATON_OTHER_PROCESS_JAVA_HOME", "not read"));
    assertEquals(
        List.of(
            DEFAULTS.workers(3).queue(5).overflow(Overflow.REJECT).toString(),
            VirtualOptions.defaults().timeout(Duration.ofMinutes(5)).toString()),
        linesOf(program, "reports", "other"));
  }

  @Test
  void anUnknownOrBadVariableIsRefusedByItsOwnName() throws Exception {
    Program program =
        Program.of(ConfiguredProgram.class)
            .with(
                Map.of(
                    "BATON_A_BACKEND",
                    "threads",
                    "BATON_A_WOKERS",
                    "3",
                    "BATON_B_BACKEND",
                    "threads",
                    "BATON_B_WORKERS",
                    "none",
                    "BATON_C_BACKEND",
                    "virtual",
                    "BATON_C_QUEUE",
                    "3"));
    assertEquals(
        List.of(
            "There is no setting BATON_A_WOKERS. Did you mean baton.a.workers? Backend threads has:"
                + " timeout, limit, lend, portable, workers, queue, overflow, backend.",
            "Setting BATON_B_WORKERS has the value \"none\": not a whole number. Allowed: a whole"
                + " number, such as 4.",
            "Setting BATON_C_QUEUE would be ignored: backend virtual has no setting queue; threads"
                + " has. Remove it, or scope it to that backend, as in baton.c.threads.queue."),
        linesOf(program, "a", "b", "c"));
  }

  @Test
  void aPropertyWinsOverTheEnvironmentAndThatOverAFile(@TempDir Path directory) throws Exception {
    write(
        directory,
        "baton.reports.backend = threads",
        "baton.reports.workers = 11",
        "baton.reports.queue = 12",
        "baton.reports.lend = 13");
    Program program =
        Program.of(ConfiguredProgram.class)
            .with(Map.of("BATON_REPORTS_WORKERS", "21", "BATON_REPORTS_QUEUE", "22"))
            .jvm(
                "-Dbaton.reports.workers=31",
                "-cp",
                directory
                    + System.getProperty("path.separator")
                    + System.getProperty("java.class.path"));
    assertEquals(
        List.of(DEFAULTS.workers(31).queue(22).lend(13).toString()), linesOf(program, "reports"));
  }

  private static void write(Path directory, String... lines) throws IOException {
    Files.write(directory.resolve("baton.properties"), List.of(lines));
  }
}
