package dev.baton.internal.future;

import dev.baton.TaskFuture;
import dev.baton.TaskRejectedException;
import dev.baton.spi.AwaitHook;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The one way in which a thread waits for futures, inside a task and outside. */
public final class Waits {

  private Waits() {}

  /**
   * Waits until the condition is met or the deadline has come. A thread that occupies a slot lends
   * it meanwhile if the wait is for work of its own executor, and waits as its backend does.
   *
   * @throws TaskRejectedException if no more slots may be lent, or if the wait has no time limit
   *     and could never end
   */
  public static void await(Awaited awaited, boolean timed, long deadline)
      throws InterruptedException {
    Occupant occupant = Occupant.current();
    if (occupant == null) {
      AwaitHook.BLOCKING.await(awaited, timed, deadline);
      return;
    }
    if (timed) {
      lendAndAwait(occupant, awaited, true, deadline);
      return;
    }
    Awaited before = occupant.beginWait(awaited);
    try {
      occupant.refuseCircle(awaited, false);
      lendAndAwait(occupant, awaited, false, 0);
    } finally {
      occupant.endWait(before);
    }
  }

  private static void lendAndAwait(Occupant occupant, Awaited awaited, boolean timed, long deadline)
      throws InterruptedException {
    boolean lent = occupant.lendFor(awaited);
    try {
      if (timed || !awaited.mayEndInSeveralWays()) {
        occupant.awaitHook().await(awaited, timed, deadline);
      } else {
        new Looks(occupant, awaited).await();
      }
    } finally {
      if (lent) {
        occupant.resume(awaited);
      }
    }
  }

  /** A wait without a limit, and looks now and then whether it may still end. */
  private static final class Looks {

    private static final long SECOND = 1_000_000_000;

    private final Occupant occupant;
    private final Awaited awaited;

    /** How long to wait before the next look. */
    private long pause = SECOND;

    Looks(Occupant occupant, Awaited awaited) {
      this.occupant = occupant;
      this.awaited = awaited;
    }

    /** Waits; after an interrupt it may be called again. */
    void await() throws InterruptedException {
      AwaitHook hook = occupant.awaitHook();
      hook.await(awaited, true, System.nanoTime() + pause);
      while (!awaited.isMet()) {
        awaited.waitIsLong();
        occupant.refuseCircle(awaited, pause >= 4 * SECOND);
        pause = Math.min(2 * pause, 60 * SECOND);
        hook.await(awaited, true, System.nanoTime() + pause);
      }
    }
  }

  /**
   * Waits until a future is done, whatever interrupts come: for what was told to stop. A slot is
   * lent as in any wait, for what stops may wait for a new task to clean up; if no more slots may
   * be lent, this waits all the same. The interrupt flag is set again afterwards.
   *
   * @throws TaskRejectedException if the wait could never end
   */
  public static void awaitFirmly(TaskFuture<?> future) {
    Occupant occupant = Occupant.current();
    BatonFuture<?> awaited = adopt(future);
    if (occupant == null) {
      awaitFirmly(awaited, () -> AwaitHook.BLOCKING.await(awaited, false, 0));
      return;
    }
    Awaited before = occupant.beginWait(awaited);
    try {
      occupant.refuseCircle(awaited, false);
      lendAndAwaitFirmly(occupant, awaited);
    } finally {
      occupant.endWait(before);
    }
  }

  private static void lendAndAwaitFirmly(Occupant occupant, BatonFuture<?> awaited) {
    boolean lent = !awaited.isMet() && lendIfAllowed(occupant, awaited);
    try {
      awaitFirmly(awaited, new Looks(occupant, awaited)::await);
    } finally {
      if (lent) {
        occupant.resume(awaited);
      }
    }
  }

  private static boolean lendIfAllowed(Occupant occupant, Awaited awaited) {
    try {
      return occupant.lendFor(awaited);
    } catch (TaskRejectedException boundReached) {
      return false;
    }
  }

  /** A wait that an interrupt ends early. */
  private interface Attempt {
    void await() throws InterruptedException;
  }

  private static void awaitFirmly(BatonFuture<?> awaited, Attempt attempt) {
    boolean interrupted = false;
    try {
      while (!awaited.isMet()) {
        try {
          attempt.await();
        } catch (InterruptedException goOn) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Returns the stage as a future: itself, or one that ends as it does. */
  public static <T extends @Nullable Object> BatonFuture<T> adopt(
      CompletionStage<? extends T> stage) {
    return Dependent.adopt(stage);
  }
}
