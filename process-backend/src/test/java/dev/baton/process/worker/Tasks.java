package dev.baton.process.worker;

import dev.baton.Task;
import dev.baton.TaskContext;
import dev.baton.TaskFunction;
import java.io.DataInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

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

  static Task<Integer> printWithoutLine(String text) {
    return () -> {
      System.out.print(text);
      return 1;
    };
  }

  static Task<Integer> leaveThreadsAndHooks() {
    return () -> {
      Runnable waiting =
          () -> {
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException expected) {
              Thread.currentThread().interrupt();
            }
          };
      new Thread(waiting, "left behind").start();
      Runtime.getRuntime().addShutdownHook(new Thread(waiting, "left behind as a hook"));
      return 1;
    };
  }

  /** Tells in which order what happens. */
  static Task<List<String>> hooked() {
    return () -> {
      TaskContext context = TaskContext.current();
      List<String> log = Collections.synchronizedList(new ArrayList<>());
      context.onCancel(
          () ->
              log.add(
                  "first "
                      + Thread.currentThread().isVirtual()
                      + " "
                      + MDC.get("user")
                      + " "
                      + (Thread.currentThread().getContextClassLoader()
                          == Tasks.class.getClassLoader())));
      context.onCancel(
          () -> {
            log.add("second");
            throw new IllegalStateException("on purpose");
          });
      try {
        context.progress(1, 2, "hooked");
        new CountDownLatch(1).await();
      } catch (InterruptedException expected) {
        log.add("interrupted");
        context.onCancel(() -> log.add("late"));
      }
      return new ArrayList<>(log);
    };
  }

  /** Returns how many milliseconds lie between the hook and the interrupt. */
  static Task<Long> hookThatWaits() {
    return () -> {
      AtomicLong hooked = new AtomicLong();
      TaskContext.current()
          .onCancel(
              () -> {
                hooked.set(System.nanoTime());
                new CountDownLatch(1).await();
              });
      try {
        TaskContext.current().progress(1, 2, "hooked");
        new CountDownLatch(1).await();
        return -1L;
      } catch (InterruptedException expected) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - hooked.get());
      }
    };
  }

  /** A value that is read slowly. */
  static final class Slow implements Serializable {
    @Serial private static final long serialVersionUID = 1L;
    private transient boolean interrupted;

    @Serial
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      System.err.print("decoding");
      try {
        Thread.sleep(100); // long enough for a cancel to come
      } catch (InterruptedException wrong) {
        interrupted = true;
      }
    }
  }

  static Task<String> slowToDecode() {
    Slow slow = new Slow();
    return () -> {
      String how = "decoded with" + (slow.interrupted ? "" : "out") + " an interrupt";
      try {
        new CountDownLatch(1).await(10, TimeUnit.SECONDS);
        return how + ", interrupted false";
      } catch (InterruptedException expected) {
        return how + ", interrupted " + TaskContext.current().isCancelled();
      }
    };
  }

  /** Spins for so many nanoseconds. */
  static Task<Integer> spinFor(long nanos) {
    return () -> {
      long start = System.nanoTime();
      while (System.nanoTime() - start < nanos) {
        Thread.onSpinWait();
      }
      return 1;
    };
  }

  /** Tells whether it is interrupted within a moment. */
  static Task<Boolean> interruptedSoon() {
    return () -> {
      boolean before = Thread.currentThread().isInterrupted();
      spinFor(100_000).call();
      return before || Thread.currentThread().isInterrupted();
    };
  }

  static Task<Integer> printed(String text) {
    return () -> {
      System.err.print(text);
      return Integer.parseInt(text.substring(4));
    };
  }

  static Task<Integer> log() {
    return () -> {
      Logger logger = LoggerFactory.getLogger("reports");
      logger.warn("Report {} of {} is late", 5, new IllegalStateException("late"));
      logger.atInfo().addKeyValue("key", "value").log("fluent");
      logger.debug("not wanted");
      return 1;
    };
  }

  static Task<Integer> logAtAllLevels() {
    return () -> {
      Logger logger = LoggerFactory.getLogger("levels");
      logger.trace("event");
      logger.debug("event");
      logger.info("event");
      logger.warn("event");
      logger.error("event");
      return 1;
    };
  }

  /** The thread that becomes the writer blocks; the others drop what is too much. */
  static Task<Integer> logFromManyThreads(int count) {
    return () -> {
      Logger logger = LoggerFactory.getLogger("flood");
      AtomicInteger logged = new AtomicInteger();
      CountDownLatch allButOne = new CountDownLatch(3);
      String text = "x".repeat(200);
      for (int i = 0; i < 4; i++) {
        new Thread(
                () -> {
                  while (logged.getAndIncrement() < count) {
                    logger.info(text);
                  }
                  allButOne.countDown();
                })
            .start();
      }
      allButOne.await();
      System.err.print("logged");
      return count;
    };
  }

  /** Returns the name of the loader of a class, or none. */
  static Task<String> loaderOf(String className) {
    return () -> {
      try {
        Class<?> type = Class.forName(className, false, Tasks.class.getClassLoader());
        ClassLoader loader = type.getClassLoader();
        return loader == null ? "boot" : String.valueOf(loader.getName());
      } catch (ClassNotFoundException missing) {
        return "none";
      }
    };
  }

  /** Describes this class, and how its file starts as a resource. */
  static Task<String> describeFetched(String path) {
    return () -> {
      try (InputStream in = loader().getResourceAsStream(path)) {
        boolean magic = in != null && new DataInputStream(in).readInt() == 0xCAFEBABE;
        return Tasks.class.getPackage().getName()
            + " "
            + Tasks.class.getProtectionDomain().getCodeSource().getLocation()
            + " "
            + (magic ? "class bytes" : "other bytes");
      }
    };
  }

  private static ClassLoader loader() {
    return Objects.requireNonNull(Tasks.class.getClassLoader());
  }

  static Task<Integer> resourceLength(String path) {
    return () -> {
      try (InputStream in = loader().getResourceAsStream(path)) {
        return in == null ? 0 : in.readAllBytes().length;
      }
    };
  }

  static Task<Integer> countResources(String path) {
    return () -> Collections.list(loader().getResources(path)).size();
  }

  /** Classes to load, that extend and hold each other. */
  static final class Many {
    private Many() {}

    static class Base {
      static int value = 1;
    }

    static class A extends Base {
      static int get() {
        return value;
      }
    }

    static class B extends A {}

    static class C extends B {}

    static class D extends A {}

    static class E extends D {}

    static List<String> names() {
      return List.of(
          Base.class.getName(),
          A.class.getName(),
          B.class.getName(),
          C.class.getName(),
          D.class.getName(),
          E.class.getName());
    }
  }

  /** Loads classes in many threads, each in another order, and returns how many there are. */
  static Task<Integer> loadInParallel(List<String> names, int threads) {
    return () -> {
      Set<Class<?>> loaded = ConcurrentHashMap.newKeySet();
      CountDownLatch start = new CountDownLatch(1);
      List<FutureTask<Integer>> all = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        List<String> order = new ArrayList<>(names);
        Collections.shuffle(order, new Random(i));
        FutureTask<Integer> load =
            new FutureTask<>(
                () -> {
                  start.await();
                  for (String name : order) {
                    loaded.add(Class.forName(name, true, loader()));
                  }
                  return 1;
                });
        all.add(load);
        new Thread(load).start();
      }
      start.countDown();
      for (FutureTask<Integer> load : all) {
        load.get(20, TimeUnit.SECONDS);
      }
      return loaded.size();
    };
  }

  static Task<String> use() {
    return () ->
        "used, interrupted " + (Many.A.get() == 1 && Thread.currentThread().isInterrupted());
  }

  /** Uses a class whose bytes are long in coming, and is interrupted meanwhile. */
  static Task<String> useWhileInterrupted() {
    return () -> {
      Thread user = Thread.currentThread();
      Runnable disturber =
          () -> {
            while (user.getState() != Thread.State.WAITING) {
              Thread.onSpinWait();
            }
            user.interrupt();
            System.err.print("interrupted");
          };
      new Thread(disturber).start();
      return use().call();
    };
  }
}
