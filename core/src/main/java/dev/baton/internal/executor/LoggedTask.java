package dev.baton.internal.executor;

import dev.baton.TaskOptions;
import dev.baton.internal.task.SubmittedTask;
import dev.baton.internal.task.TaskOwner;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A task whose future nobody has: its failure goes to the log. */
final class LoggedTask<T extends @Nullable Object> extends SubmittedTask<T> {

  private static final Logger LOG = LoggerFactory.getLogger(LoggedTask.class);

  LoggedTask(TaskOwner owner, long id, TaskOptions options, Callable<? extends T> body) {
    super(owner, id, options, body);
  }

  @Override
  protected void noteFailure() {
    if (state() == Future.State.FAILED) {
      LOG.error("{}, and its exception has no other reader", this, exceptionNow());
    }
  }
}
