package dev.baton.examples.compare;

import dev.baton.Action;
import dev.baton.Await;
import dev.baton.Capabilities;
import dev.baton.TaskTimeoutException;
import dev.baton.WorkerLostException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task that makes trouble.
 *
 * @param words what the task does
 * @param need what it takes to contain it
 * @param body the task
 * @param expected what its future has to fail with, or null if it has to succeed
 */
record Fault(String words, Need need, Action body, @Nullable Class<? extends Throwable> expected) {

  /** All that are tried, wherever they can be contained. */
  static final List<Fault> ALL =
      List.of(
          new Fault("throws", Need.NOTHING, Fault::fail, IllegalArgumentException.class),
          new Fault("never ends", Need.NOTHING, Fault::sleepOn, TaskTimeoutException.class),
          new Fault("endless loop", Need.FORCED_STOP, Fault::countOn, TaskTimeoutException.class),
          new Fault("System.exit", Need.OWN_PROCESS, Fault::exit, WorkerLostException.class),
          new Fault("fills the heap", Need.OWN_HEAP, Fault::fillHeap, OutOfMemoryError.class),
          new Fault("native stdout", Need.OWN_OUTPUT, Fault::print, null));

  /** What a backend has to be able to do so that a fault hurts nobody else. */
  enum Need {
    NOTHING("it would do no harm"),
    FORCED_STOP("no thread can be stopped by force"),
    OWN_PROCESS("it would end this JVM"),
    OWN_HEAP("all would run out of memory"),
    OWN_OUTPUT("it would print into this table");

    private final String otherwise;

    Need(String otherwise) {
      this.otherwise = otherwise;
    }

    /** Tells whether a backend can do it. */
    boolean isMetBy(Capabilities capabilities) {
      return switch (this) {
        case NOTHING -> true;
        case FORCED_STOP -> capabilities.forcedStop();
        case OWN_PROCESS, OWN_HEAP, OWN_OUTPUT -> capabilities.separateProcess();
      };
    }

    /** Says what would happen on a backend that cannot do it. */
    String otherwise() {
      return otherwise;
    }
  }

  private static void fail() {
    throw new IllegalArgumentException("This task throws.");
  }

  private static void sleepOn() throws InterruptedException {
    Await.sleep(Duration.ofDays(1));
  }

  private static void countOn() {
    long count = 0;
    while (count >= 0) {
      count++;
    }
  }

  private static void exit() {
    System.exit(3);
  }

  private static void fillHeap() {
    Object[] chain = {};
    while (true) {
      chain = new Object[] {chain, new byte[1 << 20]};
    }
  }

  /** Prints as a native library does: to the descriptor, past {@code System.out}. */
  @SuppressWarnings("resource") // to close it would close the descriptor
  private static void print() throws IOException {
    new FileOutputStream(FileDescriptor.out).write("rubbish\n".getBytes(StandardCharsets.US_ASCII));
  }
}
