package dev.baton.process.host;

import dev.baton.process.ProcessOptions;
import dev.baton.process.ProcessOptions.Transport;
import dev.baton.process.codec.Encoded;
import dev.baton.process.codec.Encoder;
import dev.baton.process.wire.Framing;
import dev.baton.process.wire.Hello;
import java.io.File;
import java.io.ObjectInputFilter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How the workers of one executor are started: checked and put together once. */
final class LaunchPlan {

  private static final String MAIN = "dev.baton.process.worker.Main";
  private static final Path SHELL = Path.of("/bin/sh");
  private static final String MARKER = "BATON_WORKER";

  /**
   * Gives the frames descriptors of their own: 3 is what was standard output, which now goes where
   * errors go, and 4 what was standard input, which is now empty. Signals of a terminal are for the
   * parent, which then decides.
   */
  private static final String SCRIPT =
      "trap '' INT TERM HUP; exec \"$@\" 3>&1 4<&0 0</dev/null 1>&2";

  /** They would add options that nobody meant for a worker, such as the port of a debugger. */
  static final List<String> NOT_INHERITED =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  private final ProcessOptions options;
  private final String executor;
  private final Framing framing;
  private final Path java;
  private final List<String> flags;
  private final List<String> bootstrap = BootstrapClassPath.entries();
  private final List<String> classPath;
  private final ClassLoader loader;
  private final ClassSource classes;
  private final @Nullable Encoded resources;

  /** Null if there is none; volatile: read by each start, and cleared once one has failed. */
  private volatile @Nullable StartArchive archive;

  /** What was given up, until a worker has started without; volatile, and removed at most twice. */
  private volatile @Nullable StartArchive suspect;

  /** Whether a worker has started with the archive, which is then kept; volatile, set once. */
  private volatile boolean isProven;

  private final String nonce = UUID.randomUUID().toString();

  private LaunchPlan(ProcessOptions options, String executor, @Nullable StartArchive archive) {
    this.options = options;
    this.executor = executor;
    this.framing = framingOf(options.transport());
    this.java = JavaHome.java(options.javaHome());
    this.flags = JvmFlags.of(options);
    this.archive = archive;
    this.classPath = ApplicationClassPath.of(options.classPath());
    this.loader = ApplicationLoaders.ofCaller();
    this.classes = new ClassSource(loader);
    this.resources = encodedResources(options);
  }

  /**
   * Checks the options and puts the plan together.
   *
   * @throws IllegalArgumentException if they name something that is not there
   */
  static LaunchPlan of(ProcessOptions options, String executor) {
    Path directory = options.workingDirectory();
    if (directory != null && !Files.isDirectory(directory)) {
      throw new IllegalArgumentException("working-directory is no directory: " + directory);
    }
    return with(archiveFor(options), options, executor);
  }

  /** Puts a plan together with a given archive. */
  static LaunchPlan with(@Nullable StartArchive archive, ProcessOptions options, String executor) {
    return new LaunchPlan(options, executor, archive);
  }

  private static @Nullable StartArchive archiveFor(ProcessOptions options) {
    Path home = options.javaHome();
    return options.archive()
        ? StartArchive.of(
            JavaHome.home(home),
            JavaHome.java(home),
            BootstrapClassPath.entries(),
            options.jvmArgs())
        : null;
  }

  private static Framing framingOf(Transport transport) {
    boolean hasShell = !JavaHome.isWindows() && Files.isExecutable(SHELL);
    if (transport == Transport.PIPES && !hasShell) {
      throw new IllegalArgumentException(
          "transport is pipes, which needs a POSIX shell, and " + SHELL + " is none.");
    }
    return transport == Transport.STREAMS || !hasShell ? Framing.CHECKED : Framing.PLAIN;
  }

  private List<String> command(@Nullable StartArchive used) {
    List<String> command = new ArrayList<>();
    if (framing == Framing.PLAIN) {
      command.addAll(List.of(SHELL.toString(), "-c", SCRIPT, "sh"));
    }
    command.add(java.toString());
    if (used != null) {
      command.addAll(used.flags());
    }
    command.addAll(flags);
    command.add("-cp");
    command.add(used == null ? String.join(File.pathSeparator, bootstrap) : used.sharedClassPath());
    command.add(MAIN);
    command.add(framing == Framing.PLAIN ? "pipes" : "streams");
    return command;
  }

  private static @Nullable Encoded encodedResources(ProcessOptions options) {
    Map<Class<?>, ?> factories = options.common().resources();
    return factories.isEmpty() ? null : new Encoder().encode(new LinkedHashMap<>(factories));
  }

  String executor() {
    return executor;
  }

  Framing framing() {
    return framing;
  }

  ClassLoader loader() {
    return loader;
  }

  ClassSource classes() {
    return classes;
  }

  @Nullable Encoded resources() {
    return resources;
  }

  /** For how long to look before sleeping; not at all where there is no processor to spare. */
  long spinNanos() {
    return Runtime.getRuntime().availableProcessors() > 1 ? options.spin().toNanos() : 0;
  }

  @Nullable ObjectInputFilter filter() {
    return options.filter();
  }

  /** Returns where large payloads go through memory, or null if none do. */
  @Nullable Path sharedMemory() {
    return options.sharedMemory();
  }

  /** Returns the start-up archive, which may have to be made, or null if there is to be none. */
  @Nullable StartArchive archive() {
    return archive;
  }

  /** Returns the archive that a worker is to start with now, or null if it is to start without. */
  @Nullable StartArchive archiveToUse() {
    StartArchive usable = archive;
    if (usable == null || !usable.isThere()) {
      return null;
    }
    usable.markUsed();
    return usable;
  }

  /** Lets workers start without the archive, once one with it could not. */
  void giveUp(StartArchive used) {
    archive = null;
    suspect = used;
  }

  /**
   * Is told that a worker is ready. If it started without an archive that was given up, and none
   * has started with it, that was to blame, and goes.
   *
   * @param used what it started with, or null
   */
  void hasStarted(@Nullable StartArchive used) {
    if (used != null) {
      isProven = true;
    } else if (!isProven && suspect instanceof StartArchive given) {
      suspect = null;
      given.remove();
    }
  }

  /** Returns a variable of a worker's environment that no other process has. */
  String marker(Worker worker) {
    return MARKER + "=" + nonce + "-" + worker.index();
  }

  /** Makes what starts the process of a worker, with an archive or without. */
  ProcessBuilder processFor(Worker worker, @Nullable StartArchive used) {
    ProcessBuilder builder = new ProcessBuilder(command(used));
    Map<String, String> environment = builder.environment();
    NOT_INHERITED.forEach(environment::remove);
    environment.putAll(options.environment());
    environment.put(MARKER, nonce + "-" + worker.index());
    Path directory = options.workingDirectory();
    return directory == null ? builder : builder.directory(directory.toFile());
  }

  /** Makes the first frame to a worker. */
  Hello hello(Worker worker, @Nullable ClaimFile claims, @Nullable RegionFile region) {
    return new Hello(
        executor,
        worker.index(),
        ProcessHandle.current().pid(),
        System.nanoTime(),
        claims == null ? null : claims.file().toString(),
        region == null ? null : region.file().toString(),
        classPath,
        InheritedProperties.get(),
        agreed());
  }

  private Map<String, String> agreed() {
    Map<String, String> agreed = new LinkedHashMap<>();
    agreed.put("spin", String.valueOf(spinNanos() / 1_000));
    agreed.put("backend", options.backend());
    Duration timeout = options.common().timeout();
    if (timeout != null) {
      agreed.put("timeout", timeout.toString());
    }
    return agreed;
  }

  /** Returns the command line, for messages. */
  String commandLine(@Nullable StartArchive used) {
    return String.join(" ", command(used));
  }
}
