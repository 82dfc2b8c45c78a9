package dev.baton.internal.executor;

import dev.baton.Capabilities;
import dev.baton.ShutdownMode;
import dev.baton.internal.task.SubmittedTask;
import dev.baton.spi.AwaitHook;
import dev.baton.spi.Backend;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Adapts a backend that owns its queue: each task goes straight to it, and core keeps no list of
 * its own. Such a backend runs bodies in this JVM and does not own the claim.
 */
final class OwnQueueEngine implements Engine, RunHandle.Source {

  private final Backend backend;
  private final Executor callbacks;

  OwnQueueEngine(Backend backend, HostThread.Crew crew) {
    if (backend.ownsClaim()) {
      throw new IllegalStateException(
          "A backend that owns the claim cannot own the queue: " + backend);
    }
    this.backend = backend;
    Executor below = backend.callbacks();
    this.callbacks = callback -> below.execute(() -> crew.callBack(callback));
  }

  @Override
  public void prepare(SubmittedTask<?> task) {
    backend.prepare(new RunHandle(task, this));
  }

  @Override
  public void start(SubmittedTask<?> task) {
    RunHandle run = new RunHandle(task, this);
    run.begin(false);
    backend.start(run);
  }

  @Override
  public void startAgain(SubmittedTask<?> task) {
    start(task);
  }

  /** All bodies run in this JVM, where a wait lends by itself. */
  @Override
  public boolean lend(SubmittedTask<?> task, Lending.Wait wait) {
    return false;
  }

  @Override
  public boolean lends() {
    return backend.lends();
  }

  @Override
  public void lend(SubmittedTask<?> task) {
    if (backend.lends()) {
      backend.lend(new RunHandle(task, this));
    }
  }

  @Override
  public void resume(SubmittedTask<?> task) {
    if (backend.lends()) {
      backend.resume(new RunHandle(task, this));
    }
  }

  @Override
  public AwaitHook awaitHook() {
    return backend.awaitHook();
  }

  @Override
  public Executor callbacks() {
    return callbacks;
  }

  @Override
  public Capabilities capabilities() {
    return backend.capabilities();
  }

  @Override
  public void forEachStarted(Consumer<SubmittedTask<?>> visitor) {
    backend.forEachRun(
        run -> {
          if (run instanceof RunHandle ours) {
            visitor.accept(ours.submitted());
          }
        });
  }

  @Override
  public void shutdown(ShutdownMode mode) {
    backend.shutdown(mode);
  }

  @Override
  public void close() {
    backend.close();
  }

  @Override
  public String status() {
    return backend.status();
  }
}
