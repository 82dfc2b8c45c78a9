package dev.baton.internal.task;

import dev.baton.TaskOptions;
import dev.baton.TaskTimeoutException.Kind;
import dev.baton.internal.future.Nanos;
import dev.baton.internal.timer.Timed;
import dev.baton.internal.timer.Timer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One limit of how long a task waits, runs, stalls or takes altogether: an entry of the timer, in a
 * list of all limits of the task. What is done to one is done to the whole list.
 *
 * <pre>
 *   submitted ──queue──▶ begun ──run──▶ over        (run and stall once for each attempt)
 *       │                  └───stall, from word to word
 *       └────────────deadline────────▶ done
 * </pre>
 */
final class TimeLimit extends Timed {

  private final SubmittedTask<?> task;
  private final Kind kind;
  private final Duration limit;

  /** Who had no more time to give, or null if the limit is the task's own. */
  private final @Nullable String giver;

  private final @Nullable TimeLimit other;

  /** The attempt that is watched; written before its watch is started, read by the timer. */
  private volatile @Nullable Attempt attempt;

  private TimeLimit(
      SubmittedTask<?> task,
      Kind kind,
      Duration limit,
      @Nullable String giver,
      @Nullable TimeLimit other) {
    this.task = task;
    this.kind = kind;
    this.limit = limit;
    this.giver = giver;
    this.other = other;
  }

  /** Returns the limits that a task has, or null if there are none. */
  static @Nullable TimeLimit listOf(
      SubmittedTask<?> task, TaskOptions options, @Nullable Budget budget) {
    TimeLimit list = before(null, task, Kind.STALL, options.stallTimeout());
    list = before(list, task, Kind.RUN, options.timeout());
    list = before(list, task, Kind.QUEUE, options.queueTimeout());
    return budget != null && budget.isTighterThan(options.deadline())
        ? new TimeLimit(task, Kind.DEADLINE, budget.left(), budget.giver(), list)
        : before(list, task, Kind.DEADLINE, options.deadline());
  }

  private static @Nullable TimeLimit before(
      @Nullable TimeLimit others, SubmittedTask<?> task, Kind kind, @Nullable Duration limit) {
    return limit == null ? others : new TimeLimit(task, kind, limit, null, others);
  }

  private boolean isOfAttempt() {
    return kind == Kind.RUN || kind == Kind.STALL;
  }

  /** Begins what counts from the submission; a task that has no time at all fails here. */
  void submitted() {
    for (TimeLimit each = this; each != null; each = each.other) {
      if (each.kind == Kind.DEADLINE && each.limit.isZero()) {
        each.expire(null);
      } else if (!each.isOfAttempt()) {
        each.start();
      }
    }
  }

  /** Watches a body elsewhere, of whose start nobody may tell. */
  void sent() {
    for (TimeLimit each = this; each != null; each = each.other) {
      if (each.isOfAttempt()) {
        each.attempt = task.extras().attempt;
        each.start();
      }
    }
  }

  /** Is told that the body began; elsewhere it is watched already. */
  void begun(boolean elsewhere) {
    for (TimeLimit each = this; each != null; each = each.other) {
      if (each.kind == Kind.QUEUE) {
        Timer.cancel(each);
      }
    }
    if (!elsewhere) {
      sent();
    }
  }

  /** Ends what counts for one attempt. */
  void attemptOver() {
    for (TimeLimit each = this; each != null; each = each.other) {
      if (each.kind != Kind.DEADLINE) {
        Timer.cancel(each);
      }
    }
  }

  /** Ends everything, for good. */
  void disarm() {
    for (TimeLimit each = this; each != null; each = each.other) {
      Timer.end(each);
    }
  }

  private void start() {
    Timer.start(this, Nanos.of(limit));
  }

  /** Looks whether the time is up, of which a start elsewhere or a word may have left more. */
  @Override
  protected void due() {
    Attempt watched = attempt;
    long left = watched == null ? 0 : leftOf(watched);
    if (left > 0) {
      Timer.goOn(this, left);
    } else {
      expire(watched);
    }
  }

  private long leftOf(Attempt watched) {
    long whole = Nanos.of(limit);
    Long begun = task.begunAt(watched);
    if (begun == null) {
      return whole;
    }
    Long word = kind == Kind.STALL ? watched.lastWord : null;
    long from = word != null && word - begun > 0 ? word : begun;
    return from + whole - System.nanoTime();
  }

  private void expire(@Nullable Attempt watched) {
    task.expire(watched, kind, what() + limit);
  }

  private String what() {
    return switch (kind) {
      case QUEUE -> "waited for its start longer than its queueTimeout of ";
      case RUN -> "ran longer than its timeout of ";
      case STALL -> "told of no progress within its stallTimeout of ";
      case DEADLINE ->
          giver == null
              ? "was not over within its deadline of "
              : "was not over within the time that " + giver + " had left: ";
    };
  }
}
