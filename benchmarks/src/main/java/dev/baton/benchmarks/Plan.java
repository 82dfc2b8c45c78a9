package dev.baton.benchmarks;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * How much is measured.
 *
 * @param rounds how often all subjects take their turn
 * @param forks JVMs for each turn; zero measures in this one
 * @param warmups iterations that are not counted
 * @param iterations iterations that are
 * @param millis how long each iteration takes
 */
record Plan(int rounds, int forks, int warmups, int iterations, int millis) {

  /** For figures: about nine minutes. */
  static final Plan FULL = new Plan(4, 1, 7, 4, 500);

  /** To see that all benchmarks still run: a few seconds. Its figures mean nothing. */
  static final Plan SMOKE = new Plan(1, 0, 0, 1, 20);

  Options options(Measure measure, Subject subject) {
    return new OptionsBuilder()
        .include("\\." + measure.benchmark().getSimpleName() + "\\.")
        .param("subject", subject.name())
        .threads(measure.producers())
        .forks(forks)
        .jvmArgs(
            "-Xms1g", "-Xmx1g", "-Djdk.virtualThreadScheduler.parallelism=2", "-XX:+UseParallelGC")
        .warmupIterations(warmups)
        .warmupTime(TimeValue.milliseconds(millis))
        .measurementIterations(iterations)
        .measurementTime(TimeValue.milliseconds(millis))
        .addProfiler(GCProfiler.class)
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT)
        .build();
  }
}
