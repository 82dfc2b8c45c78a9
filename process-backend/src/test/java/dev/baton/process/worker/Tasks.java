package dev.baton.process.worker;

import dev.baton.Task;
import dev.baton.TaskContext;
import dev.baton.TaskFunction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Bodies that run in the worker, in classes that need no test library there. */
final class Tasks {

  private Tasks() {}

  static Task<Integer> sum(int a, int b) {
    return () -> a + b;
  }

  static Task<@Nullable Object> fail(String message) {
    return () -> {
      throw new IllegalStateException(message, new IOException("cause"));
    };
  }

  static Task<String> property(String name) {
    return () -> System.getProperty(name, "none");
  }

  static TaskFunction<Integer, Integer> doubling() {
    return number -> 2 * number;
  }

  /** Returns a lambda. */
  static Task<Task<Integer>> lambda(int value) {
    return () -> () -> value;
  }

  @SuppressWarnings("serial") // the tests give what is
  static Task<@Nullable Object> echo(@Nullable Object value) {
    return () -> value;
  }

  static Task<Integer> overflow() {
    return () -> recurse(0);
  }

  private static int recurse(int depth) {
    return depth < 0 ? 0 : 1 + recurse(depth + 1);
  }

  /** Takes all memory there is. */
  static Task<Integer> exhaust() {
    return () -> {
      List<byte[]> all = new ArrayList<>();
      while (all.size() < 1_000_000) {
        all.add(new byte[1_000]);
      }
      return all.size();
    };
  }

  static Task<Integer> assertion(String message) {
    return () -> {
      throw new AssertionError(message);
    };
  }

  static Task<Thread> threadAsResult() {
    return Thread::currentThread;
  }

  static Task<String> describe() {
    return () -> {
      TaskContext it = TaskContext.current();
      return it.id()
          + " "
          + it.name()
          + " "
          + it.attempt()
          + " "
          + it.deadline()
          + " "
          + it.isCancelled();
    };
  }

  static Task<String> baton() {
    return () -> TaskContext.current().baton().name();
  }

  static Task<Integer> progress(int count) {
    return () -> {
      for (int i = 1; i <= count; i++) {
        TaskContext.current().progress(i, count, null);
      }
      return count;
    };
  }

  static Task<Integer> progressThenWait() {
    return () -> {
      TaskContext.current().progress(1, 2, "first");
      TaskContext.current().progress(2, 2, "held back");
      new CountDownLatch(1).await();
      return 1;
    };
  }

  /** Counts its uses. */
  static final class Resource implements AutoCloseable {
    static int made;
    int uses;

    @Override
    public void close() {
      System.err.print("closed after " + uses + " uses\n");
    }
  }

  static Task<Resource> resource() {
    return () -> {
      Resource.made++;
      return new Resource();
    };
  }

  static Task<Integer> useResource() {
    return () -> {
      TaskContext.current().resource(Resource.class).uses++;
      return Resource.made;
    };
  }

  /** Says what the thread is known by. */
  static Task<String> identity() {
    return () -> {
      Thread thread = Thread.currentThread();
      return thread.isInterrupted()
          + " "
          + thread.getName()
          + " "
          + thread.getPriority()
          + " "
          + System.identityHashCode(thread.getContextClassLoader())
          + " "
          + (thread.getContextClassLoader() == Tasks.class.getClassLoader())
          + " "
          + MDC.getCopyOfContextMap();
    };
  }

  @SuppressWarnings("ThreadPriorityCheck") // what is left behind
  static Task<Integer> leaveTraces() {
    return () -> {
      Thread thread = Thread.currentThread();
      thread.setName("mine");
      thread.setPriority(Thread.MAX_PRIORITY);
      thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
      MDC.put("trace", "left");
      thread.interrupt();
      return 1;
    };
  }

  static Task<Integer> leaveTracesAndFail() {
    return () -> {
      leaveTraces().call();
      throw new IllegalStateException("on purpose");
    };
  }

  static Task<Map<String, String>> loggingContext() {
    return () -> {
      Map<String, String> context = MDC.getCopyOfContextMap();
      return context == null ? Map.of() : new TreeMap<>(context);
    };
  }

  static Task<Integer> exit(int code) {
    return () -> {
      System.exit(code);
      return code;
    };
  }
}
