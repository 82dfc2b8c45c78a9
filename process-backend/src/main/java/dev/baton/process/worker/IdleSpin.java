package dev.baton.process.worker;

import java.io.IOException;
import java.io.InputStream;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/** How long a thread with nothing to do looks for work before it sleeps: waking it costs more. */
final class IdleSpin {

  /** Zero for not at all. Volatile: set by the handshake, read by all that may be idle. */
  private volatile long nanos;

  /** Sets how long. */
  void setMicros(long micros) {
    nanos = TimeUnit.MICROSECONDS.toNanos(micros);
  }

  /** Looks into a queue, and tells whether something came in time. */
  boolean await(Queue<?> queue) {
    Turns turns = new Turns(nanos);
    while (queue.isEmpty()) {
      if (!turns.next()) {
        return false;
      }
    }
    return true;
  }

  /** Looks whether something can be read, until something can or the time is over. */
  void await(InputStream in) throws IOException {
    Turns turns = new Turns(nanos);
    while (turns.next() && in.available() == 0) {
      // the next turn yields
    }
  }

  /** Looks so long at most, and lets others run in between. */
  private static final class Turns {
    private final long nanos;
    private long start;

    Turns(long nanos) {
      this.nanos = nanos;
    }

    @SuppressWarnings("ThreadPriorityCheck") // others that spin get the processor
    boolean next() {
      if (nanos == 0) {
        return false;
      }
      long now = System.nanoTime();
      if (start == 0) {
        start = now;
        return true;
      }
      Thread.yield();
      return now - start < nanos;
    }
  }
}
