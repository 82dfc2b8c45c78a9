package dev.baton.internal.executor;

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
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** An executor reduced to an engine that is told of what its tasks do. */
final class FakeOwner implements TaskOwner {

  private final AtomicLong ids = new AtomicLong();
  private final WorkerScope scope = new WorkerScope(Map.of());

  /** Set by the test as soon as there is one. */
  @Nullable Engine engine;

  <T extends @Nullable Object> SubmittedTask<T> task(Callable<T> body) {
    return new SubmittedTask<>(this, ids.incrementAndGet(), TaskOptions.none(), body);
  }

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public String backend() {
    return "none";
  }

  @Override
  public Executor callbacks() {
    return Runnable::run;
  }

  @Override
  public Baton baton() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void withdrawn(SubmittedTask<?> task) {
    if (engine != null) {
      engine.withdrawn(task);
    }
  }

  @Override
  public void bodyOver(SubmittedTask<?> task) {
    if (engine != null) {
      engine.bodyOver(task);
    }
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
  public void resume(SubmittedTask<?> task) {}

  @Override
  public AwaitHook awaitHook() {
    return AwaitHook.BLOCKING;
  }

  @Override
  public WorkerScope sharedScope() {
    return scope;
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
  public void ended(SubmittedTask<?> task) {}

  @Override
  public boolean hasListeners() {
    return false;
  }

  @Override
  public void emit(BatonEvent event) {}
}
