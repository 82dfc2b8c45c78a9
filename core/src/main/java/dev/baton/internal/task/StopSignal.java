package dev.baton.internal.task;

import dev.baton.Action;
import dev.baton.internal.timer.Timed;
import dev.baton.internal.timer.Timer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a body that runs in this JVM is asked to stop: first its hooks, then the interrupt.
 *
 * <pre>
 *   quiet ──quit──▶ quit: the hooks are let go
 *   quiet ──request──▶ requested: hooks on a virtual thread ──▶ interrupt, at most 100 ms later
 *                                 (no hooks: interrupt at once)
 * </pre>
 */
final class StopSignal {

  private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);
  private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(100);

  /** That of all bodies that are over and had none of their own. */
  static final StopSignal QUIT = new StopSignal();

  static {
    QUIT.quit();
  }

  /** Null until there is one; guarded by this. */
  private @Nullable Deque<Action> hooks;

  /** Whether there is no body any more that could be asked. Guarded by this. */
  private boolean isQuit;

  /** Whether the body was asked to stop. Written under this lock, so that no hook is missed. */
  private volatile boolean requested;

  boolean isRequested() {
    return requested;
  }

  /** Registers a hook, or runs it now if the body was asked to stop already. */
  void add(Action hook) {
    synchronized (this) {
      if (!requested) {
        if (!isQuit) {
          hooks = hooks == null ? new ArrayDeque<>() : hooks;
          hooks.add(hook);
        }
        return;
      }
    }
    runHook(hook);
  }

  /** Asks the body to stop, once. */
  void request(Runnable interrupt) {
    synchronized (this) {
      if (requested || isQuit) {
        return;
      }
      requested = true;
    }
    if (nextHook() instanceof Action first) {
      Thread.startVirtualThread(() -> runHooks(first, interrupt));
    } else {
      interrupt.run();
    }
  }

  /** Lets go of the hooks, as the body is over; those that were asked for have their turn. */
  synchronized void quit() {
    if (!requested) {
      isQuit = true;
      hooks = null;
    }
  }

  private synchronized @Nullable Action nextHook() {
    return hooks == null ? null : hooks.poll();
  }

  private void runHooks(Action first, Runnable interrupt) {
    AtomicBoolean interrupted = new AtomicBoolean();
    Runnable interruptOnce =
        () -> {
          if (interrupted.compareAndSet(false, true)) {
            interrupt.run();
          }
        };
    Timed latest = Timer.after(PATIENCE, interruptOnce);
    for (Action hook = first; hook != null; hook = nextHook()) {
      runHook(hook);
    }
    Timer.cancel(latest);
    interruptOnce.run();
  }

  private static void runHook(Action hook) {
    try {
      hook.perform();
    } catch (Throwable failure) {
      LOG.warn("An onCancel hook threw", failure);
    }
  }
}
