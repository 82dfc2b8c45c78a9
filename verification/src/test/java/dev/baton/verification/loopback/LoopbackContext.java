package dev.baton.verification.loopback;

import dev.baton.Action;
import dev.baton.Baton;
import dev.baton.TaskProgress;
import dev.baton.spi.ChunkContext;
import dev.baton.spi.WorkerScope;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a body sees of its task in a loopback worker. */
record LoopbackContext(Assignment assignment, WorkerScope scope, Baton baton)
    implements ChunkContext {

  @Override
  public long id() {
    return assignment.run().id();
  }

  @Override
  public String name() {
    return assignment.run().name();
  }

  @Override
  public int attempt() {
    return assignment.attempt();
  }

  @Override
  public boolean isCancelled() {
    return assignment.stop().isMade();
  }

  @Override
  public void onCancel(Action hook) {
    assignment.stop().add(Objects.requireNonNull(hook, "hook"));
  }

  @Override
  public @Nullable Instant deadline() {
    return assignment.run().deadline();
  }

  @Override
  public void progress(long done, long total, @Nullable String message) {
    assignment.run().progress(new TaskProgress(done, total, message));
  }

  @Override
  public void begun(int items, byte[] ended) {
    assignment.run().itemsBegun(items, ended);
  }

  @Override
  public <R> R resource(Class<R> type) throws Exception {
    return scope.resource(Objects.requireNonNull(type, "type"));
  }

  @Override
  public String toString() {
    return "TaskContext[" + name() + "]";
  }
}
