package dev.baton.internal.group;

import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.internal.future.Home;
import dev.baton.internal.task.Budget;
import dev.baton.internal.task.SubmittedTask;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The executor of a group's members, as the group sees it. */
public interface Submitter {

  /** Returns what the members' futures belong to, which is what a wait for them lends for. */
  Home home();

  /**
   * Submits a member that has no more time than the budget.
   *
   * @param first is told of the future before the task may begin, even if it is then rejected
   */
  <T extends @Nullable Object> TaskFuture<T> submit(
      TaskOptions options,
      Callable<? extends T> body,
      @Nullable Budget budget,
      Consumer<? super SubmittedTask<T>> first);

  /** Returns the future of a member that comes too late: it is cancelled, and never begins. */
  <T extends @Nullable Object> TaskFuture<T> cancelledMember(
      TaskOptions options, Callable<? extends T> body);
}
