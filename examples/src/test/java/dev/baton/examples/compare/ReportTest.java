package dev.baton.examples.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.baton.examples.compare.Measurement.Failed;
import dev.baton.examples.compare.Measurement.NotRun;
import dev.baton.examples.compare.Measurement.Ran;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class ReportTest {

  @Test
  void eachWorkloadIsAGroupOfRows() {
    Report report =
        new Report(
            List.of(
                new Measurement(
                    "compute", "sequential", new Ran(Duration.ofMillis(1_500), 1.0, "ten tasks")),
                new Measurement(
                    "compute", "threads", new Ran(Duration.ofMillis(750), 2.0, "all right")),
                new Measurement("trouble", "threads", new NotRun("exit: not run")),
                new Measurement("trouble", "virtual", new Failed("lost\n  its way"))));
    assertEquals(
        List.of(
            "workload  backend       wall  speed-up  what happened",
            "--------  ----------  ------  --------  --------------------",
            "compute   sequential  1.50 s     1.0 x  ten tasks",
            "          threads     0.75 s     2.0 x  all right",
            "",
            "trouble   threads                       exit: not run",
            "          virtual                       FAILED: lost its way"),
        report.lines());
    assertEquals(1, report.failures());
  }

  @Test
  void aFailureShowsWhatTheTaskThrew() {
    assertEquals(
        new Failed("java.lang.IllegalStateException: broken"),
        Failed.by(new CompletionException(new IllegalStateException("broken"))));
    assertEquals(
        new Failed("java.lang.IllegalStateException: broken"),
        Failed.by(new IllegalStateException("broken", new Error())));
    assertEquals(
        new Failed("a wrong number"), Failed.by(new WrongResultException("a wrong number")));
  }
}
