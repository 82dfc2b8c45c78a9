package dev.baton.examples.compare;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs the same work on every backend that is found, and shows in one table what came of it. */
public final class Compare {

  private static final int DONE = 0;
  private static final int FAILED = 1;
  private static final int WRONG_ARGUMENTS = 2;

  private final PrintStream out;
  private final PrintStream err;
  private final Progress progress;

  Compare(PrintStream out, PrintStream err, Progress progress) {
    this.out = out;
    this.err = err;
    this.progress = progress;
  }

  /**
   * Compares, and ends the JVM with 0 if all went well, 1 if a run failed, 2 if an argument is
   * wrong.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) {
    Progress progress = isTerminal() ? new Progress.Line(System.out) : new Progress.Silent();
    System.exit(new Compare(System.out, System.err, progress).run(args));
  }

  @SuppressWarnings("SystemConsoleNull") // the property makes it null where there is no terminal
  private static boolean isTerminal() {
    System.setProperty("jdk.console", "java.base"); // JDK 22 to 24 choose another one by default
    return System.console() != null;
  }

  /** Does all, and returns the exit code. */
  int run(String... args) {
    List<String> backends = Backends.names();
    Arguments arguments;
    try {
      arguments = Arguments.parse(args, backends, Workload.NAMES);
    } catch (UsageException wrong) {
      err.println(wrong.getMessage());
      return WRONG_ARGUMENTS;
    }
    if (arguments.help()) {
      out.print(help(backends));
      return DONE;
    }
    return compare(arguments);
  }

  private static String help(List<String> backends) {
    return """
      Runs the same work without any backend and on every backend that is found, and shows what came
      of it.

      Usage: Compare [--backend NAME]... [--workload NAME]... [DIRECTORY]

        --backend NAME   a backend to run on; may be repeated (default: all of them)
                         %s
        --workload NAME  a workload to run; may be repeated (default: all of them)
                         compute      Fibonacci numbers, many times over
                         files        SHA-256 and line count of every file below DIRECTORY
                         connections  1,000 requests to a server that answers after 20 ms
                         trouble      tasks that throw, never end, or worse
        --help           this text

        DIRECTORY        whose files to read (default: the home of this JDK, but for huge files)

      Exit code: 0 if all went well, 1 if a run failed, 2 if an argument is wrong.
      """
        .formatted(String.join(", ", backends));
  }

  private int compare(Arguments arguments) {
    String machine = machine();
    List<Measurement> measurements = new ArrayList<>();
    for (String workload : arguments.workloads()) {
      measurements.addAll(measure(workload, arguments));
    }
    progress.end();
    Report report = new Report(measurements);
    print(machine, arguments, report);
    return report.failures() == 0 ? DONE : FAILED;
  }

  /**
   * Describes what the figures depend on: beside a busy neighbour no backend can show its speed.
   */
  private static String machine() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return String.format(
        Locale.ROOT,
        "%d processors%s, Java %d%nEach run was rehearsed; of short ones the best of three counts.",
        Runtime.getRuntime().availableProcessors(),
        load < 0 ? "" : String.format(Locale.ROOT, " (load before the start: %.1f)", load),
        Runtime.version().feature());
  }

  private List<Measurement> measure(String name, Arguments arguments) {
    try (Workload workload = Workload.open(name, arguments.directory())) {
      return workload.measure(arguments.backends(), progress);
    } catch (IOException cannotOpen) {
      return List.of(new Measurement(name, "", Measurement.Failed.by(cannotOpen)));
    }
  }

  private void print(String machine, Arguments arguments, Report report) {
    out.printf("%s%n%n", machine);
    report.lines().forEach(out::println);
    out.println();
    Advice.about(arguments.workloads()).forEach(out::println);
    if (report.failures() > 0) {
      err.printf("%n%d of %d runs failed.%n", report.failures(), report.measurements().size());
    }
  }
}
