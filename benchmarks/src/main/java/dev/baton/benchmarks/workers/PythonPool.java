package dev.baton.benchmarks.workers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The same work on Python's {@code ProcessPoolExecutor}, where there is a Python. */
final class PythonPool {

  private PythonPool() {}

  /** Measures once; returns nothing where there is no Python. */
  static Map<Figure, Double> measure(double scale) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("baton-benchmark-");
    Path script = folder.resolve("pool.py");
    try (InputStream source = PythonPool.class.getResourceAsStream("pool.py")) {
      Files.write(script, Objects.requireNonNull(source, "pool.py").readAllBytes());
      return run(script, scale);
    } finally {
      Files.deleteIfExists(script);
      Files.deleteIfExists(folder);
    }
  }

  private static Map<Figure, Double> run(Path script, double scale)
      throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder("python3", "-B", script.toString(), String.valueOf(scale))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException absent) {
      System.err.println("There is no python3 here to compare with: " + absent.getMessage());
      return Map.of();
    }
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("pool.py ended with " + process.exitValue() + ": " + output);
    }
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    output
        .lines()
        .map(line -> line.split(" ", 2))
        .forEach(parts -> figures.put(Figure.valueOf(parts[0]), Double.valueOf(parts[1])));
    return figures;
  }
}
