package dev.baton.process.host;

import dev.baton.process.wire.LogEvent;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Logs what a worker logged or printed, in order, and tells the listeners of it, on a virtual
 * thread: an appender or a listener may block.
 */
final class RemoteLog {

  private static final Logger LOG = LoggerFactory.getLogger(RemoteLog.class);
  private static final int MOST_WAITING = 1_000;

  private final BlockingQueue<Runnable> events = new ArrayBlockingQueue<>(MOST_WAITING);

  /** Whether a thread logs; who sets it is that thread, or starts it. */
  private final AtomicBoolean logging = new AtomicBoolean();

  private final AtomicLong dropped = new AtomicLong();

  /** Takes an event of the worker's log. */
  void accept(LogEvent event) {
    then(() -> log(event));
  }

  /** Does something in its turn; it does not block, and drops and counts what comes too fast. */
  void then(Runnable event) {
    if (!events.offer(event)) {
      dropped.incrementAndGet();
    }
    if (logging.compareAndSet(false, true)) {
      startDraining();
    }
  }

  private void startDraining() {
    try {
      Thread.startVirtualThread(this::drain);
    } catch (Throwable noThread) {
      logging.set(false); // the next event tries again
      throw noThread;
    }
  }

  /** Logs what there is, and looks again after it has said that it no longer logs. */
  private void drain() {
    do {
      for (Runnable event; (event = events.poll()) != null; ) {
        meet(event);
      }
      meet(this::sayDropped);
      logging.set(false);
    } while (!events.isEmpty() && logging.compareAndSet(false, true));
  }

  private void sayDropped() {
    long lost = dropped.getAndSet(0);
    if (lost > 0) {
      LOG.warn("{} log events of a worker came too fast, and were dropped", lost);
    }
  }

  /** Does what may throw: an appender or a listener of the application's. */
  private static void meet(Runnable event) {
    try {
      event.run();
    } catch (Throwable failure) {
      complain(failure);
    }
  }

  private static void complain(Throwable failure) {
    try {
      LOG.warn("An event of a worker could not be logged", failure);
    } catch (Throwable logIsBroken) {
      // Nobody is left to be told, and the events that follow may still go through.
    }
  }

  private static void log(LogEvent event) {
    @Nullable Map<String, String> before = MDC.getCopyOfContextMap();
    try {
      MDC.setContextMap(event.loggingContext());
      LoggingEventBuilder builder = LoggerFactory.getLogger(event.logger()).atLevel(event.level());
      String trace = event.throwable();
      builder.log(
          trace == null ? event.message() : event.message() + System.lineSeparator() + trace);
    } finally {
      if (before == null) {
        MDC.clear();
      } else {
        MDC.setContextMap(before);
      }
    }
  }
}
