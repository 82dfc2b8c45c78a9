package dev.baton.verification.process;

import dev.baton.Action;
import dev.baton.WorkerLostException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a body may do to its worker, and what its future then says. */
enum Catastrophe {
  CHECKED_EXCEPTION(IOException.class, () -> fail(new IOException("wrong"))),
  ERROR(AssertionError.class, () -> fail(new AssertionError("wrong"))),
  EXIT(WorkerLostException.class, () -> System.exit(3)),
  HALT(WorkerLostException.class, () -> Runtime.getRuntime().halt(4)),
  CRASH(WorkerLostException.class, () -> signal("SEGV")),
  KILL(WorkerLostException.class, () -> signal("KILL")),
  OUT_OF_MEMORY(OutOfMemoryError.class, Catastrophe::fillTheHeap),
  STACK_OVERFLOW(StackOverflowError.class, () -> recurse(0)),
  FORGED_FRAMES(WorkerLostException.class, Catastrophe::forge),
  RESULT_THAT_EXITS(WorkerLostException.class, () -> fail(new ExitsWhenWritten()));

  private final Class<? extends Throwable> expected;

  @SuppressWarnings("ImmutableEnumChecker") // a lambda that captures nothing
  private final Action body;

  Catastrophe(Class<? extends Throwable> expected, Action body) {
    this.expected = expected;
    this.body = body;
  }

  /** Returns the class of what the future fails with. */
  Class<? extends Throwable> expected() {
    return expected;
  }

  Action body() {
    return body;
  }

  private static void fail(Throwable thrown) throws Exception {
    if (thrown instanceof Error error) {
      throw error;
    }
    throw (Exception) thrown;
  }

  private static void signal(String name) throws Exception {
    String pid = String.valueOf(ProcessHandle.current().pid());
    new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
    Thread.sleep(60_000);
  }

  @SuppressWarnings("ModifiedButNotUsed") // it is there to be full
  private static void fillTheHeap() {
    List<byte[]> all = new ArrayList<>();
    while (true) {
      all.add(new byte[1 << 20]);
    }
  }

  @SuppressWarnings("InfiniteRecursion") // that is what it is for
  private static int recurse(int depth) {
    return 1 + recurse(depth + 1);
  }

  /** Writes what is no frame to where frames go. */
  private static void forge() throws Exception {
    byte[] garbage = new byte[200];
    Arrays.fill(garbage, (byte) 0xEE);
    try (OutputStream frames = new FileOutputStream("/dev/fd/3")) {
      frames.write(garbage);
    }
    Thread.sleep(60_000);
  }

  /** An exception whose encoding ends the JVM. */
  private static final class ExitsWhenWritten extends Exception {
    private static final long serialVersionUID = 1L;

    private void writeObject(ObjectOutputStream out) throws IOException {
      System.exit(5);
    }
  }

  /** An argument that does something when the worker decodes it. */
  static final class Trap implements Serializable {
    private static final long serialVersionUID = 1L;

    private final Way way;

    enum Way {
      THROWS,
      EXITS
    }

    Trap(Way way) {
      this.way = way;
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      if (way == Way.EXITS) {
        System.exit(6);
      }
      throw new IllegalStateException("cannot be read");
    }
  }

  /** Prints to the descriptor that is standard output, past {@link System#out}. */
  static void printNatively(int bytes) throws IOException {
    byte[] chunk = new byte[1 << 16];
    Arrays.fill(chunk, (byte) 'x');
    chunk[chunk.length - 1] = '\n';
    @SuppressWarnings("resource") // closing it would close the descriptor for all
    FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    for (int left = bytes; left > 0; left -= chunk.length) {
      out.write(chunk);
    }
  }
}
