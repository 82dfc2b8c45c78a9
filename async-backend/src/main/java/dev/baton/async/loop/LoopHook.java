package dev.baton.async.loop;

import dev.baton.spi.AwaitHook;
import dev.baton.spi.BackendHost;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** How tasks of a loop wait: they pass the baton on, and queue for it again. */
final class LoopHook implements AwaitHook {

  private final BackendHost host;
  private final BlockingCalls blockingCalls;

  LoopHook(BackendHost host, BlockingCalls blockingCalls) {
    this.host = host;
    this.blockingCalls = blockingCalls;
  }

  /** Returns the runner that this thread is, if it holds the baton; else there is none to pass. */
  private @Nullable Runner holder() {
    return host.currentBody() instanceof Runner runner && runner.holds ? runner : null;
  }

  @Override
  public void await(Condition condition, boolean timed, long deadline) throws InterruptedException {
    Runner me = holder();
    if (me == null) {
      BLOCKING.await(condition, timed, deadline);
      return;
    }
    StackRoom.check();
    while (!condition.isMet()) {
      if (condition.help()) {
        continue;
      }
      throwIf(Thread.interrupted());
      if (timed && deadline - System.nanoTime() <= 0) {
        return;
      }
      awaitOnce(me, condition, timed, deadline);
    }
  }

  private static void awaitOnce(Runner me, Condition condition, boolean timed, long deadline)
      throws InterruptedException {
    Suspension wait = new Suspension(me);
    Runnable detach = attach(me, condition, wait);
    try {
      throwIf(timed ? me.loop.suspendUntil(wait, deadline) : me.loop.suspend(wait));
    } finally {
      detach.run();
    }
  }

  private static Runnable attach(Runner me, Condition condition, Suspension wait) {
    try {
      return condition.onMet(wait);
    } catch (Throwable failed) {
      me.loop.abandon(wait); // which may have been queued before
      throw failed;
    }
  }

  @Override
  public <T extends @Nullable Object> T blocking(Callable<T> call) throws Exception {
    Runner me = holder();
    if (me == null) {
      return call.call();
    }
    StackRoom.check();
    Suspension back = new Suspension(me);
    me.loop.leave(back);
    try {
      return blockingCalls.make(call);
    } finally {
      if (me.loop.comeBack(back)) {
        Thread.currentThread().interrupt(); // the call was over before: its result is not lost
      }
    }
  }

  @Override
  public void sleep(long nanos) throws InterruptedException {
    Runner me = holder();
    if (me == null) {
      BLOCKING.sleep(nanos);
      return;
    }
    throwIf(Thread.interrupted());
    StackRoom.check();
    Suspension wait = new Suspension(me);
    throwIf(
        nanos == 0
            ? me.loop.letOthersGo(wait)
            : me.loop.sleepUntil(wait, System.nanoTime() + nanos));
  }

  private static void throwIf(boolean interrupted) throws InterruptedException {
    if (interrupted) {
      throw new InterruptedException();
    }
  }
}
