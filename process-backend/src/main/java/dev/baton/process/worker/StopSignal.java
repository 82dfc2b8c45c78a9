package dev.baton.process.worker;

import dev.baton.Action;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Whether a body was asked to stop, and what it wants to be done then.
 *
 * <pre>
 * quiet -> requested    by the reader
 * requested -> taken    by the stopping thread, which runs the hooks that are there
 * quiet -> quit         by the task thread, as the body is over: the hooks are let go
 * </pre>
 */
final class StopSignal {

  /** How long the interrupt waits for the hooks. */
  private static final Duration PATIENCE = Duration.ofMillis(100);

  /**
   * Set once, by compare-and-set, so that the body is stopped once. Hooks registered from then on
   * run at once: it is set before the others are taken.
   */
  private final AtomicBoolean requested = new AtomicBoolean();

  /** The hooks in the order of their registration; null before the first. Guarded by this. */
  private @Nullable List<Action> hooks;

  /** Whether there is no body any more that hooks could be for. Guarded by this. */
  private boolean isQuit;

  /** Says that the body is to stop, and tells whether this was said first now. */
  boolean request() {
    return requested.compareAndSet(false, true);
  }

  boolean isRequested() {
    return requested.get();
  }

  /** Registers a hook, or runs it now if the body was asked to stop already. */
  void add(Action hook) {
    if (!register(hook)) {
      run(hook);
    }
  }

  private synchronized boolean register(Action hook) {
    if (isRequested()) {
      return false;
    }
    if (isQuit) {
      return true; // it never has its turn
    }
    if (hooks == null) {
      hooks = new ArrayList<>(1);
    }
    return hooks.add(hook);
  }

  /**
   * Lets go of the hooks, as the body is over: what they would stop may be the next one's by now.
   * Those that were asked for have their turn.
   */
  synchronized void quit() {
    if (!isRequested()) {
      isQuit = true;
      hooks = null;
    }
  }

  private synchronized List<Action> take() {
    List<Action> all = hooks == null ? List.of() : hooks;
    hooks = null;
    return all;
  }

  /** Runs the hooks on a virtual thread, and waits a while for their end. */
  void runHooks(Map<String, String> loggingContext) {
    List<Action> all = take();
    if (all.isEmpty()) {
      return;
    }
    Thread thread =
        Thread.ofVirtual()
            .name("baton-cancel")
            .start(
                () -> {
                  MDC.setContextMap(loggingContext);
                  all.forEach(StopSignal::run);
                });
    awaitEnd(thread);
  }

  private static void awaitEnd(Thread hooks) {
    try {
      hooks.join(PATIENCE);
    } catch (InterruptedException impatient) {
      // the interrupt that follows the hooks comes earlier then
    }
  }

  private static void run(Action hook) {
    try {
      hook.perform();
    } catch (Throwable failure) {
      LoggerFactory.getLogger(StopSignal.class).warn("An onCancel hook threw", failure);
    }
  }
}
