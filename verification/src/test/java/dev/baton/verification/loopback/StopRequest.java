package dev.baton.verification.loopback;

import dev.baton.Action;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a body is asked to stop: its hooks run, then it is interrupted, at most 100 ms later. */
final class StopRequest {

  private static final Logger LOG = LoggerFactory.getLogger(StopRequest.class);
  private static final Duration PATIENCE = Duration.ofMillis(100);

  /** Guarded by this. */
  private final Deque<Action> hooks = new ArrayDeque<>();

  /** Whether the body was asked to stop. Guarded by this, so that no hook is missed. */
  private boolean made;

  synchronized boolean isMade() {
    return made;
  }

  /** Registers a hook, or runs it now if the body was asked to stop already. */
  void add(Action hook) {
    synchronized (this) {
      if (!made) {
        hooks.add(hook);
        return;
      }
    }
    runHook(hook);
  }

  /** Asks the body to stop, once. It does not wait for the hooks. */
  void make(Runnable interrupt) {
    boolean hasHooks;
    synchronized (this) {
      if (made) {
        return;
      }
      made = true;
      hasHooks = !hooks.isEmpty();
    }
    if (hasHooks) {
      Thread running = Thread.startVirtualThread(this::runHooks);
      Thread.startVirtualThread(() -> interruptAfter(running, interrupt));
    } else {
      interrupt.run();
    }
  }

  private static void interruptAfter(Thread running, Runnable interrupt) {
    try {
      running.join(PATIENCE);
    } catch (InterruptedException impossible) {
      throw new AssertionError("Nobody else knows this thread.", impossible);
    }
    interrupt.run();
  }

  private void runHooks() {
    for (Action hook; (hook = next()) != null; ) {
      runHook(hook);
    }
  }

  private synchronized @Nullable Action next() {
    return hooks.poll();
  }

  private static void runHook(Action hook) {
    try {
      hook.perform();
    } catch (Throwable failure) {
      LOG.warn("An onCancel hook threw", failure);
    }
  }
}
