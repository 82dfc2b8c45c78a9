package dev.baton.internal.task;

import dev.baton.Action;
import dev.baton.Baton;
import dev.baton.TaskContext;
import dev.baton.TaskProgress;
import dev.baton.spi.WorkerScope;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a body in this JVM sees of its task and of its worker. */
public record RunningContext(SubmittedTask<?> task, WorkerScope scope) implements TaskContext {

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
    return task.attempt();
  }

  @Override
  public boolean isCancelled() {
    return task.isAskedToStop();
  }

  @Override
  public void onCancel(Action hook) {
    task.addCancelHook(Objects.requireNonNull(hook, "hook"));
  }

  @Override
  public @Nullable Instant deadline() {
    return task.latestEnd();
  }

  @Override
  public void progress(long done, long total, @Nullable String message) {
    task.reportProgress(new TaskProgress(done, total, message));
  }

  @Override
  public <R> R resource(Class<R> type) throws Exception {
    return scope.resource(Objects.requireNonNull(type, "type"));
  }

  @Override
  public Baton baton() {
    return task.owner().baton();
  }

  @Override
  public String toString() {
    return "TaskContext[" + name() + "]";
  }
}
