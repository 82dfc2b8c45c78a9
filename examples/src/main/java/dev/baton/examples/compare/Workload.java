package dev.baton.examples.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something to run on every backend. */
sealed interface Workload extends AutoCloseable permits Batch, Trouble {

  /** The names of the workloads, in the order in which they run. */
  List<String> NAMES = List.of(Compute.NAME, FileTree.NAME, Connections.NAME, Trouble.NAME);

  /**
   * Opens a workload.
   *
   * @param name one of {@link #NAMES}
   * @param directory whose files to read, or null for those that are surely there
   */
  static Workload open(String name, @Nullable Path directory) throws IOException {
    return switch (name) {
      case Compute.NAME -> new Compute(40);
      case FileTree.NAME -> directory == null ? FileTree.ofJdk() : FileTree.below(directory);
      case Connections.NAME -> Connections.open(1_000, 50);
      case Trouble.NAME -> new Trouble();
      default -> throw new IllegalArgumentException("There is no workload " + name + ".");
    };
  }

  /** Runs it on each of the backends. A run that fails is a measurement as well. */
  List<Measurement> measure(List<String> backends, Progress progress);

  /** Lets go of what it opened. */
  @Override
  default void close() {}
}
