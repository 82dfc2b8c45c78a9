package dev.baton.verification.apart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.Baton;
import dev.baton.async.AsyncOptions;
import dev.baton.process.ProcessOptions;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
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
    List<String> arguments = new ArrayList<>(List.of("--release", "21", "-Xlint:all", "-Werror"));
    arguments.addAll(List.of("-proc:none", "-d", program.classes.toString()));
    arguments.addAll(List.of(pathOption, joined(program.libraries)));
    for (Map.Entry<String, String> file : files.entrySet()) {
      boolean isSource = file.getKey().endsWith(".java");
      Path place = (isSource ? folder : program.classes).resolve(file.getKey());
      Files.createDirectories(place.getParent());
      Files.writeString(place, file.getValue());
      if (isSource) {
        arguments.add(place.toString());
      }
    }
    assertEquals("", compile(arguments), "javac is silent");
    return program;
  }

  private static String compile(List<String> arguments) {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    ToolProvider.findFirst("javac").orElseThrow().run(out, out, arguments.toArray(String[]::new));
    return said.toString();
  }

  private static String joined(List<Path> paths) {
    return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  private List<Path> allPaths() {
    return Stream.concat(Stream.of(classes), libraries.stream()).toList();
  }

  /** Runs a class of the class path; returns what it printed. */
  String run(String mainClass) throws Exception {
    return java("--class-path", joined(allPaths()), mainClass);
  }

  /** Runs a class of a module; returns what it printed. */
  String run(String module, String mainClass) throws Exception {
    String path = joined(allPaths());
    return java("--module-path", path, "--module", module + "/" + mainClass);
  }

  private String java(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + classes.getParent());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
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
