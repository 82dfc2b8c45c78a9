package dev.baton.process.worker;

import dev.baton.Task;
import dev.baton.TaskContext;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.MDC;

/** Bodies that are to be stopped. */
final class StopTasks {

  private StopTasks() {}

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
                          == StopTasks.class.getClassLoader())));
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
}
