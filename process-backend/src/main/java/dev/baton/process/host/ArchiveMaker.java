package dev.baton.process.host;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a start-up archive, once, in the background: a JVM does a worker's work without a parent,
 * and writes down what it has loaded. Whatever goes wrong, workers start without it. Two programs
 * that make the same archive do no harm: each renames a whole one to its name.
 */
final class ArchiveMaker {

  private static final Logger LOG = LoggerFactory.getLogger(ArchiveMaker.class);

  private static final String REHEARSAL = "dev.baton.process.worker.Rehearsal";
  private static final long PATIENCE_SECONDS = 60;

  /** The archives that are being made in this JVM; whoever adds one makes it. */
  private static final Set<Path> IN_THE_MAKING = ConcurrentHashMap.newKeySet();

  private final StartArchive archive;
  private final Thread thread;

  /** Guards the two below: no process is started after the close has begun. */
  private final ReentrantLock lock = new ReentrantLock();

  private @Nullable Process process;
  private boolean isClosed;

  ArchiveMaker(StartArchive archive, String threadName) {
    this.archive = archive;
    this.thread = Thread.ofPlatform().name(threadName).daemon(true).unstarted(this::make);
  }

  /** Begins, unless the archive is there or this was closed. */
  void begin() {
    lock.lock();
    try {
      if (!isClosed && thread.getState() == Thread.State.NEW && !archive.isThere()) {
        thread.start();
      }
    } finally {
      lock.unlock();
    }
  }

  private void make() {
    if (!IN_THE_MAKING.add(archive.file())) {
      return;
    }
    List<Path> unfinished = new ArrayList<>();
    try {
      make(unfinished);
    } catch (IOException | RuntimeException | Error failure) {
      LOG.debug("The start-up archive {} was not made", archive.file(), failure);
    } finally {
      unfinished.forEach(ArchiveMaker::remove);
      IN_THE_MAKING.remove(archive.file());
    }
  }

  /** Makes it; what is begun and not finished is noted. */
  private void make(List<Path> unfinished) throws IOException {
    Path directory = archive.directory();
    CacheSweep.of(directory, archive.jar());
    if (archive.jar() instanceof Path jar) {
      Path newJar = newFile(directory, unfinished);
      BootstrapJar.write(archive.classPath(), newJar);
      if (!isSame(newJar, jar)) { // it may be damaged; one that is not may be in use
        rename(newJar, jar);
      }
    }
    Path made = newFile(directory, unfinished);
    Path page = newFile(directory, unfinished);
    Path region = newFile(directory, unfinished);
    for (Path each : List.of(made, page, region)) {
      Files.delete(each); // the JVM and the rehearsal write new files
    }
    if (rehearse(made, page, region) && Files.size(made) > 0) {
      rename(made, archive.file());
      LOG.debug("The start-up archive {} was made", archive.file());
    }
  }

  private static Path newFile(Path directory, List<Path> unfinished) throws IOException {
    Path file = Files.createTempFile(directory, "new-", ".tmp");
    unfinished.add(file);
    return file;
  }

  private static boolean isSame(Path one, Path other) throws IOException {
    return Files.isRegularFile(other) && Files.mismatch(one, other) < 0;
  }

  private static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Runs the JVM that writes the archive, and tells whether it came to its end. */
  private boolean rehearse(Path made, Path page, Path region) throws IOException {
    Process running = start(made, page, region);
    if (running == null) {
      return false;
    }
    try {
      return running.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) && running.exitValue() == 0;
    } catch (InterruptedException hurried) {
      return false;
    } finally {
      running.destroyForcibly();
      running.onExit().join();
    }
  }

  private @Nullable Process start(Path made, Path page, Path region) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(archive.java().toString());
    command.addAll(JvmFlags.FIXED);
    command.addAll(List.of("-Xmx64m", "-XX:ArchiveClassesAtExit=" + made));
    command.addAll(List.of("-cp", archive.sharedClassPath(), REHEARSAL));
    command.addAll(List.of(page.toString(), region.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .directory(new File(System.getProperty("java.io.tmpdir")));
    LaunchPlan.NOT_INHERITED.forEach(builder.environment()::remove);
    lock.lock();
    try {
      process = isClosed ? null : builder.start();
      return process;
    } finally {
      lock.unlock();
    }
  }

  private static void remove(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failure) {
      LOG.debug("{} cannot be removed", file, failure);
    }
  }

  /** Ends the process, if there is one; does not wait. */
  void stop() {
    lock.lock();
    try {
      isClosed = true;
      if (process instanceof Process running) {
        running.destroyForcibly();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Waits after {@link #stop} until process and thread are gone, deaf to interrupts. */
  void awaitEnd() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException goOn) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
