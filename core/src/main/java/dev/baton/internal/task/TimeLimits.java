package dev.baton.internal.task;

import dev.baton.TaskOptions;
import dev.baton.TaskTimeoutException.Kind;
import dev.baton.internal.future.Nanos;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Watches how long a task waits, runs, stalls and takes altogether.
 *
 * <pre>
 *   submitted ──queue──▶ begun ──run──▶ over        (run and stall once for each attempt)
 *       │                  └───stall, from word to word
 *       └────────────deadline────────▶ done
 * </pre>
 */
final class TimeLimits {

  private final SubmittedTask<?> task;
  private final @Nullable Clock deadline;
  private final @Nullable Clock queue;
  private final @Nullable Clock run;
  private final @Nullable Clock stall;

  /** When the body last told of its progress; written by who reports, read by the timer. */
  private volatile @Nullable Long lastWord;

  /** Set when no timer is to be armed any more; a timer armed across it cancels itself. */
  private volatile boolean disarmed;

  TimeLimits(SubmittedTask<?> task, TaskOptions options, @Nullable Budget budget) {
    this.task = task;
    this.deadline = deadline(options.deadline(), budget);
    this.queue =
        clock(
            Kind.QUEUE,
            options.queueTimeout(),
            "waited for its start longer than its queueTimeout of ");
    this.run = clock(Kind.RUN, options.timeout(), "ran longer than its timeout of ");
    this.stall =
        clock(
            Kind.STALL, options.stallTimeout(), "told of no progress within its stallTimeout of ");
  }

  private @Nullable Clock deadline(@Nullable Duration own, @Nullable Budget budget) {
    if (budget != null && budget.isTighterThan(own)) {
      String what = "was not over within the time that " + budget.giver() + " had left: ";
      return new Clock(Kind.DEADLINE, budget.left(), what);
    }
    return clock(Kind.DEADLINE, own, "was not over within its deadline of ");
  }

  private @Nullable Clock clock(Kind kind, @Nullable Duration limit, String what) {
    return limit == null ? null : new Clock(kind, limit, what);
  }

  /** Begins what counts from the submission; a task that has no time at all fails here. */
  void submitted() {
    if (deadline != null && deadline.limit.isZero()) {
      deadline.expire(null);
    } else {
      arm(deadline);
    }
    arm(queue);
  }

  /** Watches a body elsewhere, of whose start nobody may tell. */
  void sent() {
    lastWord = null;
    arm(run);
    arm(stall);
  }

  /** Is told that the body began; elsewhere it is watched already. */
  void begun(boolean elsewhere) {
    cancel(queue);
    if (!elsewhere) {
      sent();
    }
  }

  /** Is told of progress. */
  void progress() {
    if (stall != null) {
      lastWord = System.nanoTime();
    }
  }

  /** Ends what counts for one attempt. */
  void attemptOver() {
    cancel(queue);
    cancel(run);
    cancel(stall);
  }

  /** Ends everything, for good. */
  void disarm() {
    disarmed = true;
    attemptOver();
    cancel(deadline);
  }

  private static void arm(@Nullable Clock clock) {
    if (clock != null) {
      clock.arm();
    }
  }

  private static void cancel(@Nullable Clock clock) {
    if (clock != null) {
      clock.cancel();
    }
  }

  /** One limit. */
  private final class Clock {
    private final Kind kind;
    private final Duration limit;
    private final String what;

    /**
     * What is armed, or null. Swapped by who arms or ends it, who then cancels what was there; a
     * timer that looks goes on by compare-and-set, so only if it is still the one.
     */
    private final AtomicReference<@Nullable Armed> armed = new AtomicReference<>();

    Clock(Kind kind, Duration limit, String what) {
      this.kind = kind;
      this.limit = limit;
      this.what = what;
    }

    void arm() {
      boolean isOfAttempt = kind == Kind.RUN || kind == Kind.STALL;
      Armed next = new Armed(this, isOfAttempt ? task.extras().attempt : null);
      replaceBy(next);
      next.start(Nanos.of(limit));
    }

    void cancel() {
      replaceBy(null);
    }

    private void replaceBy(@Nullable Armed next) {
      Armed before = armed.getAndSet(next);
      if (before != null) {
        before.cancel();
      }
    }

    /** Looks, on the timer's thread, whether the time is up. */
    private void look(Armed mine) {
      long left = mine.attempt == null ? 0 : leftOf(mine.attempt);
      Armed next = left > 0 ? new Armed(this, mine.attempt) : null;
      if (!armed.compareAndSet(mine, next)) {
        return;
      }
      if (next != null) {
        next.start(left);
      } else {
        expire(mine.attempt);
      }
    }

    private void expire(@Nullable Attempt attempt) {
      task.expire(attempt, kind, what + limit);
    }

    private long leftOf(Attempt attempt) {
      Long begun = task.begunAt(attempt);
      Long word = kind == Kind.STALL ? lastWord : null;
      long whole = Nanos.of(limit);
      if (begun == null) {
        return whole;
      }
      long from = word != null && word - begun > 0 ? word : begun;
      return from + whole - System.nanoTime();
    }
  }

  /** A timer of a clock, and the attempt that it watches, or null if it watches the whole task. */
  private final class Armed {
    private final Clock clock;
    private final @Nullable Attempt attempt;

    /** Set by who starts it, before it looks whether it is still wanted; cancelled by others. */
    private volatile @Nullable Future<?> timer;

    Armed(Clock clock, @Nullable Attempt attempt) {
      this.clock = clock;
      this.attempt = attempt;
    }

    void start(long nanos) {
      timer = Timer.after(nanos, () -> clock.look(this));
      if (disarmed || clock.armed.get() != this) {
        cancel();
      }
    }

    void cancel() {
      Future<?> started = timer;
      if (started != null) {
        started.cancel(false);
      }
    }
  }
}
