package dev.baton.process.worker;

import dev.baton.Task;
import dev.baton.TaskContext;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Bodies that run in the worker, in a class that needs no test library there. */
final class Tasks {

  private Tasks() {}

  static Task<Integer> sum(int a, int b) {
    return () -> a + b;
  }

  /** Says that it has begun, and waits until it is interrupted. */
  static Task<String> untilInterrupted() {
    return () -> {
      TaskContext context = TaskContext.current();
      try {
        context.progress(1, 2, "waiting");
        new CountDownLatch(1).await();
        return "not interrupted";
      } catch (InterruptedException expected) {
        return "interrupted, cancelled " + context.isCancelled();
      }
    };
  }

  /** Spins for ever in a loop without a call. */
  static Task<Long> spin() {
    return () -> {
      TaskContext.current().progress(1, 2, "spinning");
      long sum = 0;
      for (int i = 0; i < Integer.MAX_VALUE; i++) {
        for (int j = 0; j < Integer.MAX_VALUE; j++) {
          sum += i ^ j;
        }
      }
      return sum;
    };
  }

  /** Waits for ever, whatever is asked. */
  static Task<String> deaf() {
    return () -> {
      TaskContext.current().progress(1, 2, "deaf");
      while (true) {
        try {
          new CountDownLatch(1).await();
        } catch (InterruptedException ignored) {
          TaskContext.current().progress(2, 2, "ignored");
        }
      }
    };
  }

  /** Writes to the standard output in the ways there are. */
  static Task<Integer> print() {
    return () -> {
      System.out.println("by System.out");
      System.err.println("by System.err");
      try (FileOutputStream raw = unclosed()) {
        raw.write("by descriptor 1\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
      Process child = new ProcessBuilder("sh", "-c", "echo by a child").inheritIO().start();
      child.waitFor(10, TimeUnit.SECONDS);
      return System.in.read();
    };
  }

  private static FileOutputStream unclosed() {
    return new FileOutputStream(FileDescriptor.out) {
      @Override
      public void close() throws IOException {
        flush();
      }
    };
  }

  static Task<@Nullable Object> fail(String message) {
    return () -> {
      throw new IllegalStateException(message, new IOException("cause"));
    };
  }

  static int recurse(int depth) {
    return depth < 0 ? 0 : 1 + recurse(depth + 1);
  }
}
