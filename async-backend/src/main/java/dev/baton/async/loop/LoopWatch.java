package dev.baton.async.loop;

import dev.baton.spi.TaskRun;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the watchdog knows of one loop: since when its holder is at the same thing, and at what time
 * that is reported next.
 */
final class LoopWatch {

  private static final Logger LOG = LoggerFactory.getLogger(LoopWatch.class);
  private static final int REMEMBERED = 8;

  /** After so long without progress it is asked whether the holder lacks a carrier. */
  private static final long STILL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Loop loop;
  private final long slowNanos;
  private final boolean isStrict;
  private final Roster roster;

  /** Touched by the watchdog's thread only, as are the three below. */
  private long turns = -1;

  private long since;
  private long reportAfter;
  private long releaseAfter;

  /** The last reports, for the dump; guarded by itself. */
  private final Deque<String> reports = new ArrayDeque<>();

  LoopWatch(Loop loop, long slowNanos, boolean isStrict, Roster roster) {
    this.loop = loop;
    this.slowNanos = slowNanos;
    this.isStrict = isStrict;
    this.roster = roster;
  }

  Loop loop() {
    return loop;
  }

  /**
   * Looks whether the holder is at the same thing as before; returns whether the loop is busy.
   *
   * @param late for how much longer than it was to be nobody looked: what the machine or the JVM
   *     stood still is not to be laid to the holder
   */
  boolean look(long now, long late) {
    if (loop.isFree()) {
      turns = -1;
      return false;
    }
    long seen = loop.turns();
    if (seen != turns) {
      turns = seen;
      since = now;
      reportAfter = slowNanos;
      releaseAfter = STILL_NANOS;
    } else {
      since += late;
      isStill(now - since);
    }
    return true;
  }

  private void isStill(long nanos) {
    Runner holder = loop.holder();
    if (holder == null) {
      return;
    }
    if (Carriers.CAN_BE_KEPT && nanos >= releaseAfter) {
      releaseAfter *= 2;
      releaseCarriers(holder);
    }
    if (nanos >= reportAfter && report(holder, Duration.ofNanos(nanos))) {
      doubleReportAfter(nanos);
    }
  }

  private void doubleReportAfter(long nanos) {
    while (reportAfter <= nanos && reportAfter <= Long.MAX_VALUE / 2) {
      reportAfter *= 2;
    }
  }

  private void releaseCarriers(Runner holder) {
    if (Carriers.isWaitedForBy(holder.thread()) && loop.turns() == turns) {
      loop.carriers().release(loop.name());
    }
  }

  /** Reports the holder, unless it turns out to hold nobody up; returns whether it did. */
  private boolean report(Runner holder, Duration held) {
    TaskRun run = holder.current();
    Thread thread = holder.thread();
    if (Carriers.isWaitedForBy(thread)) {
      return false; // it is held up itself
    }
    StackTraceElement[] stack = thread.getStackTrace();
    String waitsFor = LockWait.describe(thread, () -> namesOfWaiting(holder));
    if (loop.turns() != turns || loop.isFree()) {
      return false; // it has just let go
    }
    String what = run == null ? "A callback" : "Task " + run.name();
    String text = what + " has held loop " + loop.name() + " for " + millis(held) + waitsFor;
    remember(text);
    if (run != null) {
      run.blocksOthers(held, List.of(stack));
    }
    LOG.warn(
        "{}. No other task of the loop runs meanwhile: wait with Await, make calls that block with"
            + " Await.blocking, and compute on another backend. It is at{}",
        text,
        lines(stack));
    if (isStrict && run != null) {
      run.abort(new IllegalStateException(text + ", and the executor is strict."));
    }
    return true;
  }

  private static String millis(Duration time) {
    return time.toMillis() + " ms";
  }

  private static String lines(StackTraceElement[] stack) {
    StringBuilder lines = new StringBuilder();
    for (StackTraceElement frame : stack) {
      lines.append(System.lineSeparator()).append("    at ").append(frame);
    }
    return lines.toString();
  }

  private String namesOfWaiting(Runner holder) {
    return roster.all().stream()
        .filter(runner -> runner.loop == loop && runner != holder)
        .map(Runner::current)
        .filter(run -> run != null)
        .limit(REMEMBERED)
        .map(TaskRun::name)
        .collect(Collectors.joining(", "));
  }

  private void remember(String text) {
    synchronized (reports) {
      if (reports.size() == REMEMBERED) {
        reports.removeFirst();
      }
      reports.addLast(text);
    }
  }

  /** Describes the loop, with what was reported of it. */
  String status() {
    Runner holder = loop.isFree() ? null : loop.holder();
    long suspended =
        roster.all().stream()
            .filter(runner -> runner.loop == loop && runner != holder && runner.current() != null)
            .count();
    StringBuilder text = new StringBuilder(loop.toString()).append(", " + suspended + " suspended");
    synchronized (reports) {
      for (String report : reports) {
        text.append(System.lineSeparator()).append("  reported: ").append(report);
      }
    }
    return text.toString();
  }
}
