package dev.baton.process;

import dev.baton.BackendOptions;
import dev.baton.CommonOptions;
import java.io.ObjectInputFilter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Options of the backend {@code "process"}: worker JVMs, each of which runs one task at a time.
 *
 * <pre>{@code
 * Baton baton = Baton.open(ProcessOptions.defaults().workers(4).heap(512));
 * }</pre>
 *
 * <p>What a worker is given on its command line can be seen by every user of the machine: pass
 * secrets by {@link #environment(String, String)} or as an argument of the task.
 *
 * @param workers how many worker JVMs there are; at least 1
 * @param javaHome the JDK that the workers run on, or null for this JVM's own
 * @param jvmArgs options for the workers' JVM, after ours
 * @param heap the largest heap of each worker in megabytes, or null for the share of this machine's
 *     memory that leaves room for all of them
 * @param classPath where the workers find the application's classes, or null for where this JVM
 *     does
 * @param environment variables that the workers have beside, or in place of, those of this JVM
 * @param workingDirectory where the workers run, or null for where this JVM does
 * @param grace how long a body may go on after its interrupt before its worker is killed
 * @param maxTasksPerWorker after how many tasks a worker is replaced, or null for never
 * @param idleTimeout after which idle time a worker ends until it is needed, or null for never
 * @param filter is asked before an object from a worker is decoded, or null
 * @param transport how frames travel
 * @param spin for how long a thread looks for a frame that is due before it sleeps
 * @param archive whether workers start from an archive of their classes, which is kept for later
 *     runs
 * @param sharedMemory a directory in memory through which large payloads go, or null for none
 * @param common the options that every backend has
 */
public record ProcessOptions(
    int workers,
    @Nullable Path javaHome,
    List<String> jvmArgs,
    @Nullable Integer heap,
    @Nullable List<Path> classPath,
    Map<String, String> environment,
    @Nullable Path workingDirectory,
    Duration grace,
    @Nullable Integer maxTasksPerWorker,
    @Nullable Duration idleTimeout,
    @Nullable ObjectInputFilter filter,
    Transport transport,
    Duration spin,
    boolean archive,
    @Nullable Path sharedMemory,
    CommonOptions common)
    implements BackendOptions.Fluent<ProcessOptions> {

  private static final int LENT_WORKERS = 4;
  private static final Path DEFAULT_SHARED_MEMORY = Path.of("/dev/shm");
  private static final Duration DEFAULT_GRACE = Duration.ofSeconds(2);
  private static final Duration DEFAULT_SPIN = Duration.ofNanos(50_000);
  private static final Duration LONGEST_SPIN = Duration.ofMillis(1);

  /** How frames travel between this JVM and a worker. */
  public enum Transport {
    /** Over pipes of their own where there is a POSIX shell to make them, else over streams. */
    AUTO,
    /** Over pipes of their own; needs a POSIX shell. */
    PIPES,
    /** Over the worker's standard streams, with checksums, whatever else is printed there. */
    STREAMS
  }

  /**
   * Checks the values and copies the collections.
   *
   * @throws IllegalArgumentException if a number or time is out of range, or a variable of the
   *     environment cannot be passed on
   */
  public ProcessOptions {
    atLeastOne("workers", workers);
    atLeastOne("heap", heap);
    atLeastOne("maxTasksPerWorker", maxTasksPerWorker);
    Objects.requireNonNull(grace, "grace");
    if (grace.isNegative()) {
      throw new IllegalArgumentException("grace must not be negative: " + grace);
    }
    if (idleTimeout != null && (idleTimeout.isNegative() || idleTimeout.isZero())) {
      throw new IllegalArgumentException("idleTimeout must be positive: " + idleTimeout);
    }
    Objects.requireNonNull(transport, "transport");
    Objects.requireNonNull(spin, "spin");
    if (spin.isNegative() || spin.compareTo(LONGEST_SPIN) > 0) {
      throw new IllegalArgumentException("spin must be from zero to " + LONGEST_SPIN + ": " + spin);
    }
    Objects.requireNonNull(common, "common");
    jvmArgs = List.copyOf(jvmArgs);
    classPath = classPath == null ? null : List.copyOf(classPath);
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    environment.forEach(ProcessOptions::checkVariable);
  }

  private static void atLeastOne(String what, @Nullable Integer value) {
    if (value != null && value < 1) {
      throw new IllegalArgumentException(what + " must be at least 1: " + value);
    }
  }

  private static void checkVariable(String name, String value) {
    Objects.requireNonNull(value, () -> "value of the environment variable " + name);
    if (name.isEmpty() || name.indexOf('=') >= 0 || (name + value).indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "An environment variable needs a name without '=', and neither name nor value may"
              + " contain a NUL: "
              + name.replace("\0", "\\0"));
    }
  }

  /**
   * Returns the default options: as many workers as the machine has processors, this JVM's JDK and
   * class path, two seconds of grace, and up to four lent workers.
   *
   * @return the value to start from
   */
  public static ProcessOptions defaults() {
    return new ProcessOptions(
        Runtime.getRuntime().availableProcessors(),
        null,
        List.of(),
        null,
        null,
        Map.of(),
        null,
        DEFAULT_GRACE,
        null,
        null,
        null,
        Transport.AUTO,
        DEFAULT_SPIN,
        true,
        DEFAULT_SHARED_MEMORY,
        CommonOptions.lending(LENT_WORKERS));
  }

  @Override
  public String backend() {
    return "process";
  }

  /**
   * Sets how many worker JVMs there are.
   *
   * @param workers the number; at least 1
   * @return a copy with this number
   * @throws IllegalArgumentException if the number is below 1
   */
  public ProcessOptions workers(int workers) {
    return new ProcessOptions(
        workers,
        javaHome,
        jvmArgs,
        heap,
        classPath,
        environment,
        workingDirectory,
        grace,
        maxTasksPerWorker,
        idleTimeout,
        filter,
        transport,
        spin,
        archive,
        sharedMemory,
        common);
  }

  /**
   * Runs the workers on another JDK.
   *
   * @param javaHome its home; a JDK of version 21 or newer, which is checked when the executor is
   *     opened
   * @return a copy with this JDK
   */
  public ProcessOptions javaHome(Path javaHome) {
    return new ProcessOptions(
        workers,
        Objects.requireNonNull(javaHome, "javaHome"),
        jvmArgs,
        heap,
        classPath,
        environment,
        workingDirectory,
        grace,
        maxTasksPerWorker,
        idleTimeout,
        filter,
        transport,
        spin,
        archive,
        sharedMemory,
        common);
  }

  /**
   * Gives the workers' JVM more options. They stand after ours, so the last word is theirs.
   *
   * @param jvmArgs options such as {@code -Dkey=value} or {@code --add-opens=...}; no secrets,
   *     everyone can see them
   * @return a copy with these in place of those it has
   */
  public ProcessOptions jvmArgs(String... jvmArgs) {
    return new ProcessOptions(
        workers,
        javaHome,
        List.of(jvmArgs),
        heap,
        classPath,
        environment,
        workingDirectory,
        grace,
        maxTasksPerWorker,
        idleTimeout,
        filter,
        transport,
        spin,
        archive,
        sharedMemory,
        common);
  }

  /**
   * Limits the heap of each worker.
   *
   * @param megabytes the largest heap in megabytes; at least 1
   * @return a copy with this limit
   * @throws IllegalArgumentException if the number is below 1
   */
  public ProcessOptions heap(int megabytes) {
    return new ProcessOptions(
        workers,
        javaHome,
        jvmArgs,
        megabytes,
        classPath,
        environment,
        workingDirectory,
        grace,
        maxTasksPerWorker,
        idleTimeout,
        filter,
        transport,
        spin,
        archive,
        sharedMemory,
        common);
  }

  /**
   * Says where the workers find the application's classes.
   *
   * @param classPath jars and directories; each must be there when the executor is opened
   * @return a copy with this class path
   */
  public ProcessOptions classPath(List<Path> classPath) {
    return new ProcessOptions(
        workers,
        javaHome,
        jvmArgs,
        heap,
        Objects.requireNonNull(classPath, "classPath"),
        environment,
        workingDirectory,
        grace,
        maxTasksPerWorker,
        idleTimeout,
        filter,
        transport,
        spin,
        archive,
        sharedMemory,
        common);
  }

  /**
   * Gives the workers an environment variable.
   *
   * @param name its name
   * @param value its value
   * @return a copy with this variable beside those it has
   * @throws IllegalArgumentException if the name is empty or has an equals sign, or one has a NUL
   */
  public ProcessOptions environment(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(environment);
    more.put(Objects.requireNonNull(name, "name"), Objects.requireNonNull(value, "value"));
    return new ProcessOptions(
        workers,
        javaHome,
        jvmArgs,
        heap,
        classPath,
        more,
        workingDirectory,
        grace,
        maxTasksPerWorker,
        idleTimeout,
        filter,
        transport,
        spin,
        archive,
        sharedMemory,
        common);
  }

  /**
   * Says where the workers run.
   *
   * @param workingDirectory a directory, which must be there when the executor is opened
   * @return a copy with this directory
   */
  public ProcessOptions workingDirectory(Path workingDirectory) {
    return new ProcessOptions(
        workers,
        javaHome,
        jvmArgs,
        heap,
        classPath,
        environment,
        Objects.requireNonNull(workingDirectory, "workingDirectory"),
        grace,
        maxTasksPerWorker,
        idleTimeout,
        filter,
        transport,
        spin,
        archive,
        sharedMemory,
        common);
  }

  /**
   * Says how long a body may go on after its interrupt before its worker is killed.
   *
   * @param grace the time; zero kills at once
   * @return a copy with this time
   * @throws IllegalArgumentException if the time is negative
   */
  public ProcessOptions grace(Duration grace) {
    return new ProcessOptions(
        workers,
        javaHome,
        jvmArgs,
        heap,
        classPath,
        environment,
        workingDirectory,
        grace,
        maxTasksPerWorker,
        idleTimeout,
        filter,
        transport,
        spin,
        archive,
        sharedMemory,
        common);
  }

  /**
   * Replaces each worker after a number of tasks, for libraries that leak.
   *
   * @param tasks the number; at least 1
   * @return a copy with this number
   * @throws IllegalArgumentException if the number is below 1
   */
  public ProcessOptions maxTasksPerWorker(int tasks) {
    return new ProcessOptions(
        workers,
        javaHome,
        jvmArgs,
        heap,
        classPath,
        environment,
        workingDirectory,
        grace,
        tasks,
        idleTimeout,
        filter,
        transport,
        spin,
        archive,
        sharedMemory,
        common);
  }

  /**
   * Lets a worker end that had nothing to do for a time; another is started when it is needed.
   *
   * @param idleTimeout the time; positive
   * @return a copy with this time
   * @throws IllegalArgumentException if the time is not positive
   */
  public ProcessOptions idleTimeout(Duration idleTimeout) {
    return new ProcessOptions(
        workers,
        javaHome,
        jvmArgs,
        heap,
        classPath,
        environment,
        workingDirectory,
        grace,
        maxTasksPerWorker,
        Objects.requireNonNull(idleTimeout, "idleTimeout"),
        filter,
        transport,
        spin,
        archive,
        sharedMemory,
        common);
  }

  /**
   * Adds a filter that may refuse what workers send, beside our limits and {@code
   * jdk.serialFilter}.
   *
   * @param filter is asked before an object of a result is decoded
   * @return a copy with this filter
   */
  public ProcessOptions filter(ObjectInputFilter filter) {
    return new ProcessOptions(
        workers,
        javaHome,
        jvmArgs,
        heap,
        classPath,
        environment,
        workingDirectory,
        grace,
        maxTasksPerWorker,
        idleTimeout,
        Objects.requireNonNull(filter, "filter"),
        transport,
        spin,
        archive,
        sharedMemory,
        common);
  }

  /**
   * Says how frames travel.
   *
   * @param transport the way; {@link Transport#AUTO} unless there is a reason
   * @return a copy with this way
   */
  public ProcessOptions transport(Transport transport) {
    return new ProcessOptions(
        workers,
        javaHome,
        jvmArgs,
        heap,
        classPath,
        environment,
        workingDirectory,
        grace,
        maxTasksPerWorker,
        idleTimeout,
        filter,
        transport,
        spin,
        archive,
        sharedMemory,
        common);
  }

  /**
   * Says for how long a thread looks for a frame that is due, with others going first, before it
   * sleeps. To be woken takes longer than a short task; to look costs a processor that nobody else
   * wants.
   *
   * @param spin the time, up to a millisecond; zero never looks
   * @return a copy with this time
   * @throws IllegalArgumentException if the time is negative or longer than a millisecond
   */
  public ProcessOptions spin(Duration spin) {
    return new ProcessOptions(
        workers,
        javaHome,
        jvmArgs,
        heap,
        classPath,
        environment,
        workingDirectory,
        grace,
        maxTasksPerWorker,
        idleTimeout,
        filter,
        transport,
        spin,
        archive,
        sharedMemory,
        common);
  }

  /**
   * Says whether workers start from an archive of their classes, which takes about half the time.
   * It is made in the background by the first executor that is open for some seconds, in a
   * directory of this user's alone, {@code baton} in {@code XDG_CACHE_HOME} or where the system
   * keeps a user's caches. It holds classes of Baton and of the JDK, none of the application's, so
   * one serves all. Where there is no such directory, workers start without.
   *
   * @param archive true, as by default, to make and use one; false for neither
   * @return a copy with this choice
   */
  public ProcessOptions archive(boolean archive) {
    return new ProcessOptions(
        workers,
        javaHome,
        jvmArgs,
        heap,
        classPath,
        environment,
        workingDirectory,
        grace,
        maxTasksPerWorker,
        idleTimeout,
        filter,
        transport,
        spin,
        archive,
        sharedMemory,
        common);
  }

  /**
   * Says where large payloads go through memory that is shared with a worker: arrays and encoded
   * objects of more than 64 KiB, by way of a file of at most 16 MB for each worker. The file is
   * removed as soon as the worker has opened it. What finds no room there, or no such directory,
   * goes through the pipe.
   *
   * @param directory a directory in memory, {@code /dev/shm} by default; on a disk this is no
   *     faster than the pipe
   * @return a copy with this directory
   */
  public ProcessOptions sharedMemory(Path directory) {
    return new ProcessOptions(
        workers,
        javaHome,
        jvmArgs,
        heap,
        classPath,
        environment,
        workingDirectory,
        grace,
        maxTasksPerWorker,
        idleTimeout,
        filter,
        transport,
        spin,
        archive,
        Objects.requireNonNull(directory, "directory"),
        common);
  }

  /**
   * Sends large payloads through the pipe, as all others.
   *
   * @return a copy that shares no memory for payloads
   */
  public ProcessOptions withoutSharedMemory() {
    return new ProcessOptions(
        workers,
        javaHome,
        jvmArgs,
        heap,
        classPath,
        environment,
        workingDirectory,
        grace,
        maxTasksPerWorker,
        idleTimeout,
        filter,
        transport,
        spin,
        archive,
        null,
        common);
  }

  @Override
  public ProcessOptions with(CommonOptions common) {
    return new ProcessOptions(
        workers,
        javaHome,
        jvmArgs,
        heap,
        classPath,
        environment,
        workingDirectory,
        grace,
        maxTasksPerWorker,
        idleTimeout,
        filter,
        transport,
        spin,
        archive,
        sharedMemory,
        common);
  }
}
