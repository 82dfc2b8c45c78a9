package dev.baton.benchmarks.loop;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Compares event loops, each workload and each subject in a process of its own, and prints a table:
 * nanoseconds for each operation in the last round, and the peak of resident memory.
 *
 * <p>With arguments {@code SUBJECT WORKLOAD COUNT ROUNDS} it is such a process.
 */
public final class LoopComparison {

  private LoopComparison() {}

  /**
   * Prints the table, or takes one turn.
   *
   * @param args none, a divisor of the counts for a short look, or those of one turn
   * @throws Exception if a process cannot be run
   */
  public static void main(String[] args) throws Exception {
    if (args.length == 4) {
      turn(LoopSubject.valueOf(args[0]), LoopWorkload.valueOf(args[1]), args[2], args[3]);
      return;
    }
    int divisor = args.length == 0 ? 1 : Integer.parseInt(args[0]);
    System.out.println("| workload | subject | ns each | resident MB |");
    System.out.println("| --- | --- | --- | --- |");
    for (LoopWorkload workload : LoopWorkload.values()) {
      int count = workload.count() / divisor;
      for (LoopSubject subject : LoopSubject.values()) {
        if (subject.can(workload)) {
          row(workload, subject.name(), run(java(subject, workload, count)));
        }
      }
      row(workload, "asyncio", run(python(workload.name(), workload, count)));
      if (workload == LoopWorkload.TIMERS) { // above are bare timers, and here what ours are: tasks
        row(workload, "asyncio, tasks", run(python("TIMED_TASKS", workload, count)));
      }
    }
  }

  private static void turn(LoopSubject subject, LoopWorkload workload, String count, String rounds)
      throws Exception {
    int operations = Integer.parseInt(count);
    long took = 0;
    for (int round = Integer.parseInt(rounds); round > 0; round--) {
      long start = System.nanoTime();
      subject.run(workload, operations);
      took = System.nanoTime() - start;
    }
    System.out.println(took / operations + " " + peakMegabytes());
  }

  private static long peakMegabytes() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(0);
    }
  }

  private static List<String> java(LoopSubject subject, LoopWorkload workload, int count) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseParallelGC",
        "-Xmx4g",
        "-cp",
        System.getProperty("java.class.path"),
        LoopComparison.class.getName(),
        subject.name(),
        workload.name(),
        String.valueOf(count),
        String.valueOf(workload.rounds()));
  }

  private static List<String> python(String what, LoopWorkload workload, int count)
      throws IOException {
    Path script = Files.createTempFile("peer", ".py");
    script.toFile().deleteOnExit();
    try (InputStream source = LoopComparison.class.getResourceAsStream("peer.py")) {
      if (source == null) {
        throw new IOException("peer.py is missing beside " + LoopComparison.class.getName());
      }
      Files.write(script, source.readAllBytes());
    }
    return List.of(
        "python3",
        script.toString(),
        what,
        String.valueOf(count),
        String.valueOf(workload.rounds()));
  }

  /** Returns the last line that the process prints, or nothing if it cannot be run. */
  private static Optional<String> run(List<String> command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String printed =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return process.waitFor() == 0 ? Optional.of(printed) : Optional.empty();
    } catch (IOException notThere) {
      return Optional.empty();
    }
  }

  private static void row(LoopWorkload workload, String subject, Optional<String> result) {
    String figures = result.map(printed -> printed.replace(" ", " | ")).orElse("not run | ");
    System.out.println(String.format(Locale.ROOT, "| %s | %s | %s |", workload, subject, figures));
  }
}
