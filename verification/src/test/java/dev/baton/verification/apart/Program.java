package dev.baton.verification.apart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.async.AsyncOptions;
import dev.baton.process.ProcessOptions;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;

/** A program in a folder of its own, compiled and run with the JDK that runs the tests. */
final class Program {

  private final Path classes;
  private final List<Path> libraries =
      List.of(
          placeOf(Baton.class),
          placeOf(ProcessOptions.class),
          placeOf(AsyncOptions.class),
          placeOf(Logger.class));

  private Program(Path classes) {
    this.classes = classes;
  }

  private static Path placeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("No place of " + type, impossible);
    }
  }

  /** Compiles a program on the class path; other files than sources are put beside its classes. */
  static Program onClassPath(Path folder, Map<String, String> files) throws Exception {
    return compiled(folder, files, "--class-path");
  }

  /** Compiles a program that is a module. */
  static Program onModulePath(Path folder, Map<String, String> files) throws Exception {
    return compiled(folder, files, "--module-path");
  }

  private static Program compiled(Path folder, Map<String, String> files, String pathOption)
      throws Exception {
    Program program = new Program(Files.createDirectories(folder.resolve("classes")));
    List<String> command = new ArrayList<>(List.of("javac", "--release", "21", "-Xlint:all"));
    command.addAll(List.of("-Werror", "-proc:none", "-d", program.classes.toString()));
    command.addAll(List.of(pathOption, joined(program.libraries)));
    for (Map.Entry<String, String> file : files.entrySet()) {
      boolean isSource = file.getKey().endsWith(".java");
      Path place = (isSource ? folder : program.classes).resolve(file.getKey());
      Files.createDirectories(place.getParent());
      Files.writeString(place, file.getValue());
      if (isSource) {
        command.add(place.toString());
      }
    }
    assertEquals("", run(command), "javac is silent");
    return program;
  }

  private static String joined(List<Path> paths) {
    return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private List<Path> allPaths() {
    return Stream.concat(Stream.of(classes), libraries.stream()).toList();
  }

  /** Runs a class of the class path; returns what it printed. */
  String run(String mainClass) throws Exception {
    return run(List.of("java", "--class-path", joined(allPaths()), mainClass));
  }

  /** Runs a class of a module; returns what it printed. */
  String run(String module, String mainClass) throws Exception {
    String path = joined(allPaths());
    return run(List.of("java", "--module-path", path, "--module", module + "/" + mainClass));
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    List<String> full = new ArrayList<>(command);
    full.set(0, Path.of(System.getProperty("java.home"), "bin", command.get(0)).toString());
    Process process = new ProcessBuilder(full).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String printed;
    try (InputStream output = process.getInputStream()) {
      printed = new String(output.readAllBytes(), StandardCharsets.UTF_8);
    }
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "the program ends");
    String words =
        printed.lines().filter(line -> !line.startsWith("SLF4J")).collect(Collectors.joining("\n"));
    assertEquals(0, process.exitValue(), words);
    return words;
  }
}
