package dev.baton.internal.task;

import dev.baton.TaskTimeoutException;
import dev.baton.internal.timer.Timed;
import dev.baton.internal.timer.Timer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What belongs to one attempt at a body, so that the next begins with a clean slate. */
final class Attempt extends BodyRun {

  private static final VarHandle STOP;

  static {
    try {
      STOP = MethodHandles.lookup().findVarHandle(Attempt.class, "stop", StopSignal.class);
    } catch (ReflectiveOperationException missing) {
      throw new ExceptionInInitializerError(missing);
    }
  }

  /** 1 for the first. */
  final int number;

  /** Made by compare-and-set by whoever first needs it; most attempts are never asked to stop. */
  private volatile @Nullable StopSignal stop;

  /** The open stage of an asynchronous body; written before the body's phase says so. */
  volatile @Nullable CompletionStage<?> stage;

  /** When the body began, as of {@link System#nanoTime()}; written by who says so. */
  volatile @Nullable Long begunAt;

  /** When the body last told of its progress; written by who reports, read by the timer. */
  volatile @Nullable Long lastWord;

  /**
   * What was said of the items of a chunk. Written by the one thread that hears it, and before the
   * future's end; taken after that by who follows the chunk.
   */
  volatile @Nullable ChunkWord chunkWord;

  /** Where the body runs or ran, if its thread does not tell; written by who starts it. */
  volatile @Nullable String worker;

  /**
   * The time limit that this attempt exceeded, if another is to follow; written before the body is
   * asked to stop, and read by who says that it is over.
   */
  volatile @Nullable TaskTimeoutException expired;

  /** Starts the next attempt after a pause; set by who ends this one. */
  volatile @Nullable Timed pause;

  Attempt(int number) {
    this.number = number;
  }

  /** Returns how the body is asked to stop. */
  StopSignal stop() {
    StopSignal present = stop;
    if (present == null) {
      STOP.compareAndSet(this, null, new StopSignal());
      present = Objects.requireNonNull(stop);
    }
    return present;
  }

  /** Tells whether the body was asked to stop. */
  boolean isAskedToStop() {
    StopSignal present = stop;
    return present != null && present.isRequested();
  }

  /** Lets go of what the body needed. */
  void over() {
    if (!STOP.compareAndSet(this, null, StopSignal.QUIT)) {
      stop().quit();
    }
    end();
  }

  /** Lets go of what a body needs that is over for good. */
  void letGo() {
    over();
    stage = null;
    Timed timer = pause;
    if (timer != null) {
      Timer.cancel(timer);
    }
  }
}
