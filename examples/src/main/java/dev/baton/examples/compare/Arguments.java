package dev.baton.examples.compare;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the user asked for.
 *
 * @param help whether to explain the program and do nothing else
 * @param backends the backends to run on
 * @param workloads the workloads to run
 * @param directory whose files to read, or null if none was given
 */
record Arguments(
    boolean help, List<String> backends, List<String> workloads, @Nullable Path directory) {

  private static final String OPTIONS = "--backend NAME, --workload NAME, --help";

  /** Reads the arguments, given what may be named in them. */
  static Arguments parse(String[] args, List<String> backends, List<String> workloads)
      throws UsageException {
    Set<String> chosenBackends = new LinkedHashSet<>();
    Set<String> chosenWorkloads = new LinkedHashSet<>();
    Path directory = null;
    Iterator<String> rest = List.of(args).iterator();
    while (rest.hasNext()) {
      String arg = rest.next();
      switch (arg) {
        case "--help" -> {
          return new Arguments(true, backends, workloads, null);
        }
        case "--backend" -> chosenBackends.add(name(arg, rest, backends));
        case "--workload" -> chosenWorkloads.add(name(arg, rest, workloads));
        default -> directory = directory(arg, directory);
      }
    }
    return new Arguments(
            false, orAll(chosenBackends, backends), orAll(chosenWorkloads, workloads), directory)
        .withoutUnused();
  }

  private static List<String> orAll(Collection<String> chosen, List<String> all) {
    return List.copyOf(chosen.isEmpty() ? all : chosen);
  }

  private static String name(String option, Iterator<String> rest, List<String> allowed)
      throws UsageException {
    String names = String.join(", ", allowed);
    if (!rest.hasNext()) {
      throw new UsageException("%s needs a name. Allowed: %s.".formatted(option, names));
    }
    String name = rest.next();
    if (!allowed.contains(name)) {
      throw new UsageException(
          "There is no %s \"%s\". Allowed: %s.".formatted(option.substring(2), name, names));
    }
    return name;
  }

  private static Path directory(String arg, @Nullable Path before) throws UsageException {
    if (arg.startsWith("-")) {
      throw new UsageException("There is no option \"%s\". Allowed: %s.".formatted(arg, OPTIONS));
    }
    if (before != null) {
      throw new UsageException(
          "There are two directories, \"%s\" and \"%s\". Allowed: one.".formatted(before, arg));
    }
    Path directory = path(arg);
    if (!Files.isDirectory(directory)) {
      throw new UsageException(
          "\"%s\" %s. Allowed: a directory whose files can be read."
              .formatted(arg, Files.exists(directory) ? "is not a directory" : "does not exist"));
    }
    return directory;
  }

  private static Path path(String arg) throws UsageException {
    try {
      return Path.of(arg);
    } catch (InvalidPathException notAPath) {
      throw new UsageException(
          "\"%s\" is not a path. Allowed: a directory whose files can be read.".formatted(arg));
    }
  }

  private Arguments withoutUnused() throws UsageException {
    if (directory != null && !workloads.contains(FileTree.NAME)) {
      throw new UsageException(
          "Directory \"%s\" would be ignored: only the workload files reads it."
              .formatted(directory));
    }
    return this;
  }
}
