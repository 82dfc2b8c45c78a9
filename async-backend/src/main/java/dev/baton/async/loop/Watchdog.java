package dev.baton.async.loop;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks, from a platform thread, whether a task holds its loop too long. The thread is a daemon,
 * and ends when the loops have had nothing to do for a while.
 */
final class Watchdog {

  private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

  private static final long MOST_OFTEN = TimeUnit.MILLISECONDS.toNanos(1);

  /**
   * Where tasks that wait may keep all carriers, a loop that stands still is to be found soon,
   * however long a task may hold it.
   */
  private static final long MOST_SELDOM =
      Carriers.CAN_BE_KEPT ? TimeUnit.MILLISECONDS.toNanos(25) : Long.MAX_VALUE;

  /** After so many looks at free loops in a row the thread ends. */
  private static final int IDLE_LOOKS = 40;

  private final String name;
  private final long interval;
  private final List<LoopWatch> watches;

  /**
   * Whether the thread is there. Who makes a loop busy reads it afterwards; the thread clears it
   * and then looks at the loops once more: one of the two sees the other.
   */
  private final AtomicBoolean watching = new AtomicBoolean();

  /** The thread, for who closes; written by who starts it. */
  private volatile @Nullable Thread thread;

  private volatile boolean closed;

  Watchdog(String name, List<Loop> loops, Duration slowTask, boolean isStrict, Roster roster) {
    this.name = name;
    long slowNanos = TimeUnit.NANOSECONDS.convert(slowTask); // the most there is, if it is longer
    this.interval = Math.clamp(slowNanos / 4, MOST_OFTEN, MOST_SELDOM);
    this.watches =
        loops.stream().map(loop -> new LoopWatch(loop, slowNanos, isStrict, roster)).toList();
    loops.forEach(loop -> loop.onBusy(this::loopIsBusy));
  }

  private void loopIsBusy() {
    if (!watching.get() && watching.compareAndSet(false, true)) {
      startThread();
    }
  }

  private void startThread() {
    try {
      thread =
          Thread.ofPlatform()
              .name(name)
              .daemon(true)
              .inheritInheritableThreadLocals(false)
              .start(this::watch);
    } catch (Throwable noThread) {
      watching.set(false);
      LOG.warn("No thread to look for tasks that hold a loop: {}", name, noThread);
    }
  }

  private void watch() {
    boolean isDone = false;
    try {
      lookUntilIdle();
      isDone = true;
    } finally {
      if (!isDone) {
        watching.set(false); // so that the next who takes a free loop's baton starts a thread
      }
    }
  }

  private void lookUntilIdle() {
    int idle = 0;
    long before = System.nanoTime();
    while (!closed && (idle < IDLE_LOOKS || !leave())) {
      LockSupport.parkNanos(this, interval);
      long now = System.nanoTime();
      long late = Math.max(0, now - before - interval);
      before = now;
      boolean anyBusy = false;
      for (LoopWatch watch : watches) {
        anyBusy |= look(watch, now, late);
      }
      idle = anyBusy ? 0 : Math.min(IDLE_LOOKS, idle + 1);
    }
  }

  private static boolean look(LoopWatch watch, long now, long late) {
    try {
      return watch.look(now, late);
    } catch (Throwable failure) {
      LOG.error("The report of a slow task failed", failure);
      return true;
    }
  }

  /** Ends the watch, unless a task came meanwhile; returns whether it is ended. */
  private boolean leave() {
    watching.set(false);
    boolean allFree = watches.stream().allMatch(watch -> watch.loop().isFree());
    return allFree || !watching.compareAndSet(false, true);
  }

  /** Describes the loops, with what holds them. */
  String status() {
    return watches.stream()
        .map(LoopWatch::status)
        .collect(Collectors.joining(System.lineSeparator()));
  }

  /** Ends the thread and waits for that. */
  void close() {
    closed = true;
    Thread present = thread;
    if (present != null) {
      LockSupport.unpark(present);
      Threads.join(present);
    }
  }
}
