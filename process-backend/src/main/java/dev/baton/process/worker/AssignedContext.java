package dev.baton.process.worker;

import dev.baton.Action;
import dev.baton.Baton;
import dev.baton.TaskProgress;
import dev.baton.process.wire.Items;
import dev.baton.spi.ChunkContext;
import dev.baton.spi.WorkerScope;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a body in this worker sees of its task. */
record AssignedContext(
    Assignment task,
    @Nullable Instant deadline,
    WorkerScope scope,
    ProgressRelay relay,
    ParentBaton parent)
    implements ChunkContext {

  @Override
  public long id() {
    return task.id();
  }

  @Override
  public String name() {
    return task.name();
  }

  @Override
  public int attempt() {
    return task.head().attempt();
  }

  @Override
  public boolean isCancelled() {
    return task.stop().isRequested();
  }

  @Override
  public void onCancel(Action hook) {
    task.stop().add(Objects.requireNonNull(hook, "hook"));
  }

  @Override
  public void progress(long done, long total, @Nullable String message) {
    relay.report(new TaskProgress(done, total, message));
  }

  @Override
  public void begun(int items, byte[] ended) {
    relay.announce(new Items(items, ByteBuffer.wrap(ended)));
  }

  @Override
  public <R> R resource(Class<R> type) throws Exception {
    return scope.resource(Objects.requireNonNull(type, "type"));
  }

  @Override
  public Baton baton() {
    return parent.get();
  }

  @Override
  public String toString() {
    return "TaskContext[" + name() + "]";
  }
}
