package dev.baton.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A main class that runs in a JVM of its own.
 *
 * @param main the class
 * @param jvmArguments what stands before the class
 * @param environment what is added to the environment
 */
public record Program(Class<?> main, List<String> jvmArguments, Map<String, String> environment) {

  /**
   * How a program ended.
   *
   * @param exitCode its exit code
   * @param output all that it printed
   */
  public record Result(int exitCode, String output) {}

  /** Makes a program with the class path of the tests. */
  public static Program of(Class<?> main) {
    return new Program(main, List.of(), Map.of());
  }

  /** Adds arguments for the JVM. */
  public Program jvm(String... arguments) {
    return new Program(main, List.of(arguments), environment);
  }

  /** Adds to the environment. */
  public Program with(Map<String, String> variables) {
    return new Program(main, jvmArguments, variables);
  }

  /** Runs the program to its end. */
  public Result run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(jvmArguments);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return resultOf(builder.start());
  }

  private static Result resultOf(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    CompletableFuture<String> output = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> read(process, output));
    if (!process.waitFor(40, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
      throw new AssertionError("The program did not end: " + output.join());
    }
    return new Result(process.exitValue(), output.join());
  }

  private static void read(Process process, CompletableFuture<String> output) {
    try {
      byte[] bytes = process.getInputStream().readAllBytes();
      output.complete(new String(bytes, StandardCharsets.UTF_8).strip());
    } catch (IOException unreadable) {
      output.completeExceptionally(unreadable);
    }
  }
}
