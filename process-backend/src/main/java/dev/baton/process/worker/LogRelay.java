package dev.baton.process.worker;

import dev.baton.process.wire.LogEvent;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/**
 * Takes what is logged in this JVM to the parent. Before there is a way to the parent it goes to
 * the standard error output. It never logs itself.
 */
final class LogRelay {

  /** The one of this JVM: SLF4J makes its provider by itself, so nothing can be handed to it. */
  static final LogRelay INSTANCE = new LogRelay();

  /** How many bytes may wait for a parent that does not read; what comes then is dropped. */
  private static final long MOST_WAITING = 1 << 20;

  /** How many events were dropped since this was last said; counts, guards nothing. */
  private final AtomicLong dropped = new AtomicLong();

  /** Volatile: set once, by the handshake, after the level. */
  private volatile @Nullable Uplink uplink;

  /** The lowest level that is logged. Volatile: set by the handshake. */
  private volatile Level lowest = Level.INFO;

  /** The task that runs, for those who read the log. Volatile: written by the task thread. */
  private volatile long task = LogEvent.NO_TASK;

  private LogRelay() {}

  /** From now on events go to the parent. */
  void connect(Uplink way, Level lowestLevel) {
    lowest = lowestLevel;
    uplink = way;
  }

  /** Says which task runs, or none. */
  void setTask(long id) {
    task = id;
  }

  boolean isEnabled(Level level) {
    return level.toInt() >= lowest.toInt();
  }

  /** Logs an event. */
  void log(Level level, String logger, String message, @Nullable Throwable throwable) {
    Map<String, String> context = MDC.getCopyOfContextMap();
    String stack = throwable == null ? null : StackText.of(throwable);
    log(
        new LogEvent(
            level, logger, StackText.cut(message), context == null ? Map.of() : context, stack));
  }

  private void log(LogEvent event) {
    Uplink way = uplink;
    if (way == null) {
      print(event);
    } else if (way.backlog() > MOST_WAITING) {
      dropped.incrementAndGet();
    } else {
      sayDropped(way);
      way.send(event.frame(task));
    }
  }

  /** Says how many events were dropped, if any were. */
  void sayDropped(Uplink way) {
    long count = dropped.get() == 0 ? 0 : dropped.getAndSet(0);
    if (count > 0) {
      String message =
          count + " log events were dropped here, since they came faster than they were taken.";
      way.send(
          new LogEvent(Level.WARN, LogRelay.class.getName(), message, Map.of(), null).frame(task));
    }
  }

  private static void print(LogEvent event) {
    System.err.println(event.level() + " " + event.logger() + " - " + event.message());
    if (event.throwable() != null) {
      System.err.print(event.throwable());
    }
  }
}
