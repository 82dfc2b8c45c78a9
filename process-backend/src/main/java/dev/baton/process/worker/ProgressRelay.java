package dev.baton.process.worker;

import dev.baton.TaskProgress;
import dev.baton.process.wire.Items;
import dev.baton.process.wire.Progress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sends what a body says of its progress, so often at most, and always its latest word.
 *
 * <pre>
 * due  -> resting    by a report, which is sent
 * resting            further reports replace the one that is kept
 * resting -> due     when the rest is over and nothing is kept
 * any  -> over       when the body is over: what is kept is sent, what comes later is not
 * </pre>
 */
final class ProgressRelay {

  private static final long REST_MILLIS = 20;

  private final long id;
  private final Uplink uplink;

  /** Guards all below, and keeps the frames in the order of the reports. */
  private final ReentrantLock lock = new ReentrantLock();

  private @Nullable TaskProgress kept;
  private boolean resting;
  private boolean over;

  /** Whether what is reported is of the chunk's items, and no longer of what they say. */
  private boolean announcing;

  ProgressRelay(long id, Uplink uplink) {
    this.id = id;
    this.uplink = uplink;
  }

  /** Sends a report, now or a little later. */
  void report(TaskProgress progress) {
    lock.lock();
    try {
      if (over || announcing) {
        return;
      }
      kept = progress;
      if (!resting) {
        sendAndRest();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Sends which items of a chunk have begun and ended, at once: it outlives this JVM. */
  void announce(Items items) {
    lock.lock();
    try {
      announcing = true;
      kept = null;
      uplink.sendNow(items.frame(id));
    } finally {
      lock.unlock();
    }
  }

  private void sendAndRest() {
    send();
    resting = true;
    Later.EXECUTOR.execute(this::endRest);
  }

  private void endRest() {
    lock.lock();
    try {
      resting = false;
      if (kept != null) {
        sendAndRest();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Sends what is kept; the body is over. */
  void end() {
    lock.lock();
    try {
      over = true;
      send();
    } finally {
      lock.unlock();
    }
  }

  private void send() {
    if (kept != null) {
      uplink.send(new Progress(kept).frame(id));
      kept = null;
    }
  }

  /** Made when the first body reports. */
  private static final class Later {
    static final Executor EXECUTOR =
        CompletableFuture.delayedExecutor(
            REST_MILLIS, TimeUnit.MILLISECONDS, Thread::startVirtualThread);
  }
}
