package dev.baton.internal.task;

import dev.baton.TaskTimeoutException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** What belongs to one attempt at a body, so that the next begins with a clean slate. */
final class Attempt extends BodyRun {

  /** 1 for the first. */
  final int number;

  final StopSignal stop = new StopSignal();

  /** The open stage of an asynchronous body; written before the body's phase says so. */
  volatile @Nullable CompletionStage<?> stage;

  /** When the body began, as of {@link System#nanoTime()}; written by who says so. */
  volatile @Nullable Long begunAt;

  /** Where the body runs or ran, if its thread does not tell; written by who starts it. */
  volatile @Nullable String worker;

  /**
   * The time limit that this attempt exceeded, if another is to follow; written before the body is
   * asked to stop, and read by who says that it is over.
   */
  volatile @Nullable TaskTimeoutException expired;

  /** Starts the next attempt after a pause; set by who ends this one. */
  volatile @Nullable Future<?> pause;

  Attempt(int number) {
    this.number = number;
  }

  /** Lets go of what the body needed. */
  void over() {
    stop.quit();
    end();
  }

  /** Lets go of what a body needs that is over for good. */
  void letGo() {
    over();
    stage = null;
    Future<?> timer = pause;
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
