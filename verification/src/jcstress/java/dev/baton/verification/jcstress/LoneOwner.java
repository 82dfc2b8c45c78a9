package dev.baton.verification.jcstress;

import dev.baton.Baton;
import dev.baton.CancelMode;
import dev.baton.TaskOptions;
import dev.baton.event.BatonEvent;
import dev.baton.internal.future.Awaited;
import dev.baton.internal.task.SubmittedTask;
import dev.baton.internal.task.TaskOwner;
import dev.baton.spi.AwaitHook;
import dev.baton.spi.WorkerScope;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Owns one task, runs nothing by itself, and counts what the task tells it. */
final class LoneOwner implements TaskOwner {

  private static final WorkerScope SCOPE = new WorkerScope(Map.of());

  final AtomicInteger withdrawn = new AtomicInteger();
  final AtomicInteger bodyOver = new AtomicInteger();
  final AtomicInteger ended = new AtomicInteger();
  final AtomicInteger toldDone = new AtomicInteger();
  private final boolean listening;

  private LoneOwner(boolean listening) {
    this.listening = listening;
  }

  static LoneOwner silent() {
    return new LoneOwner(false);
  }

  static LoneOwner listening() {
    return new LoneOwner(true);
  }

  <T extends @Nullable Object> SubmittedTask<T> task(Callable<T> body) {
    return task(TaskOptions.none(), body);
  }

  <T extends @Nullable Object> SubmittedTask<T> task(TaskOptions options, Callable<T> body) {
    return new SubmittedTask<>(this, 1, options, body);
  }

  @Override
  public String name() {
    return "lone";
  }

  @Override
  public String backend() {
    return "none";
  }

  @Override
  public Executor callbacks() {
    return Thread::startVirtualThread;
  }

  @Override
  public Baton baton() {
    throw new UnsupportedOperationException("Nothing is behind this owner.");
  }

  @Override
  public void withdrawn(SubmittedTask<?> task) {
    withdrawn.incrementAndGet();
  }

  @Override
  public boolean withdrawSent(SubmittedTask<?> task) {
    return false;
  }

  @Override
  public void stopSent(SubmittedTask<?> task, int attempt, CancelMode mode) {}

  @Override
  public OptionalLong begunAt(SubmittedTask<?> task) {
    return OptionalLong.empty();
  }

  @Override
  public boolean lend(SubmittedTask<?> task, Awaited awaited) {
    return false;
  }

  @Override
  public void resume(SubmittedTask<?> task) {
    throw new IllegalStateException("Nothing was lent.");
  }

  @Override
  public AwaitHook awaitHook() {
    return AwaitHook.BLOCKING;
  }

  @Override
  public WorkerScope sharedScope() {
    return SCOPE;
  }

  @Override
  public void attemptOver(SubmittedTask<?> task) {}

  @Override
  public void aboutToPause(SubmittedTask<?> task) {}

  @Override
  public void pausing(SubmittedTask<?> task) {}

  @Override
  public void startAgain(SubmittedTask<?> task) {}

  @Override
  public void opened(SubmittedTask<?> task) {}

  @Override
  public void bodyOver(SubmittedTask<?> task) {
    bodyOver.incrementAndGet();
  }

  @Override
  public void ended(SubmittedTask<?> task) {
    ended.incrementAndGet();
  }

  @Override
  public boolean hasListeners() {
    return listening;
  }

  @Override
  public void emit(BatonEvent event) {
    if (event instanceof BatonEvent.TaskDone) {
      toldDone.incrementAndGet();
    }
  }
}
