package dev.baton.process.worker;

import dev.baton.process.codec.Decoder;
import dev.baton.process.wire.ClaimPage;
import dev.baton.process.wire.Hello;
import dev.baton.process.wire.Ready;
import dev.baton.process.wire.Region;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A worker's life: it answers the parent's hello, does what it is given, and ends with the parent.
 * The thread that calls {@link #run} is the task thread.
 */
final class Worker {

  private final Inbox inbox;
  private final Uplink uplink;
  private final ParentSource source;
  private final ParentLink parent;
  private final Decoder decoder = Decoder.ofParent();
  private final IdleSpin spin = new IdleSpin();
  private final Thread reader;

  Worker(WorkerStreams streams) {
    inbox = new Inbox(spin);
    uplink = new Uplink(streams);
    source = new ParentSource(uplink);
    parent = new ParentLink(uplink);
    reader =
        new Thread(
            new FrameReader(streams, uplink, inbox, source, parent, decoder, spin), "baton-reader");
    reader.setDaemon(true);
  }

  /** Works until the parent says goodbye or is gone, which ends the JVM. */
  void run() throws IOException {
    reader.start();
    if (!(inbox.take() instanceof Work.Greeting greeting)) {
      throw new IllegalStateException("The reader passes the HELLO on first.");
    }
    TaskRunner runner = greet(greeting.hello(), greeting.region());
    while (true) {
      handle(inbox.take(), runner);
    }
  }

  /** A switch over types would be shorter, and its first use costs the start 10 ms. */
  private void handle(Work work, TaskRunner runner) throws IOException {
    if (work instanceof Assignment task) {
      runner.run(task);
    } else if (work instanceof Work.Resources resources) {
      runner.initialize(resources);
    } else if (work instanceof Work.Refusal refusal) {
      runner.refuse(refusal);
    } else {
      runner.close();
      ExitCode.DONE.halt();
    }
  }

  private TaskRunner greet(Hello hello, @Nullable Region region) throws IOException {
    openOwnJar();
    if (region != null) {
      uplink.use(region);
    }
    ParentProperties.install(hello.systemProperties());
    Map<String, String> options = hello.options();
    spin.setMicros(Long.parseLong(options.getOrDefault("spin", "0")));
    LogRelay.INSTANCE.connect(uplink, level(options.getOrDefault("logLevel", "INFO")));
    boolean ownLogging = !options.getOrDefault("logging", "parent").equals("parent");
    boolean fetch = Boolean.parseBoolean(options.getOrDefault("class-fetch", "true"));
    ApplicationLoader loader =
        new ApplicationLoader(hello.classPath(), fetch ? source : null, ownLogging);
    reader.setContextClassLoader(loader); // its threads run a user's hooks
    CommonPoolThreads.install(loader);
    LoggingContext loggingContext = loggingContext(loader, ownLogging);
    TaskRunner runner =
        new TaskRunner(
            decoder,
            loader,
            claims(hello.claimPage(), region),
            uplink,
            loggingContext,
            new ParentBaton(hello, parent, decoder, loader));
    uplink.send(ready(hello, region != null).frame(0));
    return runner;
  }

  /**
   * Opens the jar of this class, which stays open. A JVM with a start-up archive may not have
   * opened it yet, and another program may remove it when this worker is ready.
   */
  private static void openOwnJar() throws IOException {
    if (Worker.class.getResource("Worker.class") == null) {
      throw new IOException(
          "The classes of this worker are gone from " + System.getProperty("java.class.path"));
    }
  }

  /** Returns this process's id; ProcessHandle, on its first use, starts what watches processes. */
  private static long pid() throws IOException {
    Path self = Path.of("/proc/self");
    return Files.isSymbolicLink(self)
        ? Long.parseLong(Files.readSymbolicLink(self).toString())
        : ProcessHandle.current().pid();
  }

  private static LoggingContext loggingContext(ClassLoader loader, boolean ownLogging) {
    if (!ownLogging) {
      return LoggingContext.ofWorker();
    }
    LoggerFactory.getLogger(Worker.class); // the worker's SLF4J has its provider by now
    System.clearProperty(LogProvider.PROPERTY);
    return LoggingContext.of(loader);
  }

  /** Level.valueOf would be shorter, and its first use costs the start some milliseconds. */
  private static Level level(String name) {
    for (Level level : Level.values()) {
      if (level.toString().equalsIgnoreCase(name)) {
        return level;
      }
    }
    throw new IllegalArgumentException("The option logLevel names no level: " + name);
  }

  private @Nullable Claims claims(@Nullable String path, @Nullable Region region)
      throws IOException {
    return path == null ? null : new Claims(ClaimPage.find(Path.of(path)), region, parent);
  }

  private static Ready ready(Hello hello, boolean hasRegion) throws IOException {
    return new Ready(
        pid(),
        System.nanoTime(),
        hello.parentNanoTime(),
        System.getProperty("java.version", "unknown"),
        hasRegion);
  }
}
