package dev.baton.process.worker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The first mapping of a JVM, of nothing. It takes as long as all the rest of a worker's start,
 * since the JDK makes the buffer by reflection with many arguments. So a thread of its own does it,
 * and later ones cost nothing.
 */
final class FirstMapping implements Runnable {

  private static final Path EMPTY = Path.of("/dev/null");

  private final Thread thread = new Thread(this, "baton-first-mapping");

  private FirstMapping() {
    thread.setDaemon(true);
  }

  /** Begins. */
  static FirstMapping begin() {
    FirstMapping mapping = new FirstMapping();
    mapping.thread.start();
    return mapping;
  }

  @Override
  public void run() {
    try (FileChannel nothing =
        FileChannel.open(EMPTY, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      nothing.map(FileChannel.MapMode.READ_WRITE, 0, 0);
    } catch (IOException | RuntimeException absent) {
      // then the claim page is the first
    }
  }

  /** Waits until it is over: two at once would take twice as long. Deaf to interrupts. */
  void await() {
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
