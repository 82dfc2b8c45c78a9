package dev.baton.internal.task;

import dev.baton.spi.Outcome;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What most tasks never need, kept out of the task itself so that they do not pay for it. */
final class TaskExtras {

  final StopSignal stop = new StopSignal();
  final ProgressRelay progress;

  /** The future of the body's end, once somebody asked for it; set by compare-and-set. */
  final AtomicReference<SubmittedTask.@Nullable BodyEnd> terminated = new AtomicReference<>();

  /** A result that has arrived and is not decoded; taken by compare-and-set by who decodes it. */
  final AtomicReference<Outcome.@Nullable Encoded> encoded = new AtomicReference<>();

  /** The open stage of an asynchronous body; written before the body's phase says so. */
  volatile @Nullable CompletionStage<?> stage;

  /** What a backend keeps with the task, such as its encoded form; let go with the body. */
  volatile @Nullable Object attachment;

  /** When a body began elsewhere, as of {@link System#nanoTime()}; written by who says so. */
  volatile @Nullable Long begunAt;

  /** Where the body runs or ran, if its thread does not tell; written by who starts it. */
  volatile @Nullable String worker;

  /** The clock, where it is read at all; each written once by the thread that takes the step. */
  volatile @Nullable Instant submitted;

  volatile @Nullable Instant started;
  volatile @Nullable Instant ended;

  /** Which attempt at the body this is; written by the one thread that starts the next one. */
  volatile int attempt = 1;

  /** Timers, set by who arms them and cancelled by who ends the body. */
  private volatile @Nullable Future<?> timeout;

  private volatile @Nullable Future<?> deadline;

  /** Set when no timer is to be armed any more; a timer armed across it cancels itself. */
  private volatile boolean disarmed;

  TaskExtras(ProgressRelay progress) {
    this.progress = progress;
  }

  void armTimeout(Future<?> timer) {
    timeout = timer;
    cancelIfDisarmed(timer);
  }

  void armDeadline(Future<?> timer) {
    deadline = timer;
    cancelIfDisarmed(timer);
  }

  private void cancelIfDisarmed(Future<?> timer) {
    if (disarmed) {
      timer.cancel(false);
    }
  }

  void disarm() {
    disarmed = true;
    cancel(timeout);
    cancel(deadline);
  }

  private static void cancel(@Nullable Future<?> timer) {
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
