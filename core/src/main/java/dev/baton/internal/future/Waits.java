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
      lendAndAwait(occupant, awaited, false, 0);
    } finally {
      occupant.endWait(before);
    }
  }

  private static void lendAndAwait(Occupant occupant, Awaited awaited, boolean timed, long deadline)
      throws InterruptedException {
    boolean lent = occupant.lendFor(awaited);
    try {
      occupant.awaitHook().await(awaited, timed, deadline);
    } finally {
      if (lent) {
        occupant.resume(awaited);
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
      awaitFirmly(awaited, AwaitHook.BLOCKING);
      return;
    }
    Awaited before = occupant.beginWait(awaited);
    try {
      lendAndAwaitFirmly(occupant, awaited);
    } finally {
      occupant.endWait(before);
    }
  }

  private static void lendAndAwaitFirmly(Occupant occupant, BatonFuture<?> awaited) {
    boolean lent = !awaited.isMet() && lendIfAllowed(occupant, awaited);
    try {
      awaitFirmly(awaited, occupant.awaitHook());
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

  private static void awaitFirmly(BatonFuture<?> awaited, AwaitHook hook) {
    boolean interrupted = false;
    while (!awaited.isMet()) {
      try {
        hook.await(awaited, false, 0);
      } catch (InterruptedException goOn) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns the stage as a future: itself, or one that ends as it does. */
  public static <T extends @Nullable Object> BatonFuture<T> adopt(
      CompletionStage<? extends T> stage) {
    return Dependent.adopt(stage);
  }
}
