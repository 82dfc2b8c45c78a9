package dev.baton.process.worker;

import dev.baton.Task;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Bodies that print, log, and leave threads behind. */
final class PrintTasks {

  private PrintTasks() {}

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
}
