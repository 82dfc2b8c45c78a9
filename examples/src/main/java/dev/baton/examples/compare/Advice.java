package dev.baton.examples.compare;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What to choose for work of some kind, and why. */
final class Advice {

  private static final String INDENT = "  ";

  private Advice() {}

  /** Returns the lines to print about some workloads. */
  static List<String> about(List<String> workloads) {
    return Stream.concat(
            Stream.of("What to choose for such work, and why"),
            workloads.stream().flatMap(Advice::about))
        .toList();
  }

  private static Stream<String> about(String workload) {
    List<String> lines = Table.wrap(workload + ": " + textAbout(workload), Table.WIDTH - 4);
    return IntStream.range(0, lines.size())
        .mapToObj(line -> (line == 0 ? INDENT : INDENT + INDENT) + lines.get(line));
  }

  private static String textAbout(String workload) {
    return switch (workload) {
      case Compute.NAME ->
          "threads. Java has no global interpreter lock: the threads of one JVM compute on all"
              + " processors and share their memory, so worker processes could only add copying."
              + " Virtual threads compute as fast, but each keeps one of a few carriers until it is"
              + " done, and others have to wait for it. async computes one task at a time on each"
              + " loop, and reports those that take long: a loop is no place to compute.";
      case FileTree.NAME ->
          "threads. Files that the system has in memory are computing again; from a slow disk, use"
              + " more workers than processors. Virtual threads gain nothing, because a read from a"
              + " file holds their carrier.";
      case Connections.NAME ->
          "virtual. A virtual thread that waits for the network holds no thread of the system, so"
              + " all requests are under way at once; set a limit to spare the server. threads has"
              + " one request for each worker under way, so it needs as many workers as requests."
              + " async waits as virtual does, and its tasks may share state without a lock.";
      case Trouble.NAME ->
          "any, as long as a task heeds its interrupt. One that does not, or that may end the JVM,"
              + " belongs in another process, because nothing can stop a thread by force.";
      default -> throw new IllegalArgumentException("There is no workload " + workload + ".");
    };
  }
}
