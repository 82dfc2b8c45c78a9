package dev.baton.process.worker;

import dev.baton.Baton;
import dev.baton.process.wire.Framing;
import dev.baton.process.wire.Hello;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** How a worker is started, and what it is told first. */
record Launch(
    Framing framing,
    String shell,
    List<String> jvmArguments,
    List<String> arguments,
    ClassLoader fetchedFrom,
    Hello hello) {

  static final long PARENT_TIME = 1_234_567_890_123L;

  private static final String PIPES = "exec \"$@\" 3>&1 4<&0 0</dev/null 1>&2";
  private static final List<String> FLAGS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:-UsePerfData",
          "-XX:+UseCountedLoopSafepoints",
          "-XX:LoopStripMiningIter=1000", // the serial collector's default warns
          "-Xmx64m",
          "-Dslf4j.provider=" + LogProvider.class.getName());

  static Launch pipes() {
    return of(Framing.PLAIN, PIPES, "pipes");
  }

  static Launch streams() {
    return of(Framing.CHECKED, "", "streams");
  }

  private static Launch of(Framing framing, String shell, String argument) {
    Hello hello =
        new Hello(
            "tiny",
            0,
            ProcessHandle.current().pid(),
            PARENT_TIME,
            null,
            null,
            ownClasses(),
            Map.of(),
            Map.of());
    ClassLoader own = Objects.requireNonNull(Launch.class.getClassLoader());
    return new Launch(framing, shell, List.of(), List.of(argument), own, hello);
  }

  private static List<String> ownClasses() {
    return List.of(location(Launch.class), location(Main.class), location(Baton.class));
  }

  private static String location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  Launch withShell(String script) {
    return new Launch(framing, script, jvmArguments, arguments, fetchedFrom, hello);
  }

  Launch withJvmArguments(String... more) {
    return new Launch(framing, shell, List.of(more), arguments, fetchedFrom, hello);
  }

  Launch withArguments(String... others) {
    return new Launch(framing, shell, jvmArguments, List.of(others), fetchedFrom, hello);
  }

  Launch withOption(String name, String value) {
    Map<String, String> options = new HashMap<>(hello.options());
    options.put(name, value);
    return with(hello.claimPage(), hello.classPath(), hello.systemProperties(), options);
  }

  Launch withProperty(String name, String value) {
    Map<String, String> properties = new HashMap<>(hello.systemProperties());
    properties.put(name, value);
    return with(hello.claimPage(), hello.classPath(), properties, hello.options());
  }

  Launch withPage(Path page) {
    return with(page.toString(), hello.classPath(), hello.systemProperties(), hello.options());
  }

  /** Adds what has a class to the class path. */
  Launch withClasses(Class<?> type) {
    List<String> classPath = new ArrayList<>(hello.classPath());
    classPath.add(location(type));
    return with(hello.claimPage(), classPath, hello.systemProperties(), hello.options());
  }

  Launch withParent(ClassLoader loader) {
    return new Launch(framing, shell, jvmArguments, arguments, loader, hello);
  }

  /** All classes have to be fetched, from a loader. */
  Launch withoutClassPath(ClassLoader loader) {
    Launch without = with(hello.claimPage(), List.of(), hello.systemProperties(), hello.options());
    return new Launch(framing, shell, jvmArguments, arguments, loader, without.hello);
  }

  private Launch with(
      @Nullable String page,
      List<String> classPath,
      Map<String, String> properties,
      Map<String, String> options) {
    Hello other =
        new Hello(
            hello.executor(),
            hello.worker(),
            hello.parentPid(),
            hello.parentNanoTime(),
            page,
            hello.region(),
            classPath,
            properties,
            options);
    return new Launch(framing, shell, jvmArguments, arguments, fetchedFrom, other);
  }

  Process start() throws IOException {
    List<String> command = new ArrayList<>();
    if (!shell.isEmpty()) {
      command.addAll(List.of("sh", "-c", shell, "sh"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.addAll(jvmArguments);
    command.addAll(List.of("-cp", bootstrap(), Main.class.getName()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.endsWith("JAVA_OPTIONS"));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    return builder.start();
  }

  private static String bootstrap() {
    LinkedHashSet<String> jars =
        new LinkedHashSet<>(
            List.of(location(Main.class), location(Baton.class), location(Logger.class)));
    return String.join(File.pathSeparator, jars);
  }

  @Override
  public String toString() {
    return String.join(" ", arguments);
  }
}
