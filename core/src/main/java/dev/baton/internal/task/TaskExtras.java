package dev.baton.internal.task;

import dev.baton.spi.Outcome;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What most tasks never need, kept out of the task itself so that they do not pay for it. */
final class TaskExtras {

  /** The present attempt; written by the one thread that makes the next one possible. */
  volatile Attempt attempt = new Attempt(1);

  final ProgressRelay progress;

  /** The future of the body's end, once somebody asked for it; set by compare-and-set. */
  final AtomicReference<SubmittedTask.@Nullable BodyEnd> terminated = new AtomicReference<>();

  /** A result that has arrived and is not decoded; taken by compare-and-set by who decodes it. */
  final AtomicReference<Outcome.@Nullable Encoded> encoded = new AtomicReference<>();

  /** What a backend keeps with the task, such as its encoded form; let go with the body. */
  volatile @Nullable Object attachment;

  /** The clock, where it is read at all; each written by the thread that takes the step. */
  volatile @Nullable Instant submitted;

  volatile @Nullable Instant started;
  volatile @Nullable Instant ended;

  /** The time that whoever submitted the task had left; written before the submission. */
  volatile @Nullable Budget budget;

  /** What watches the time, if anything is limited; written before the submission. */
  volatile @Nullable TimeLimits limits;

  TaskExtras(ProgressRelay progress) {
    this.progress = progress;
  }

  /** Lets go of what only an unfinished body needs. */
  void letGo() {
    TimeLimits watching = limits;
    if (watching != null) {
      watching.disarm();
    }
    attempt.letGo();
    attachment = null;
  }
}
