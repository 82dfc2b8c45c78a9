package dev.baton.internal.group;

import dev.baton.TaskFuture;
import dev.baton.TaskOptions;
import dev.baton.internal.future.Home;
import dev.baton.internal.task.Budget;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The executor of a group's members, as the group sees it. */
public interface Submitter {

  /** Returns what the members' futures belong to, which is what a wait for them lends for. */
  Home home();

  /** Submits a member that has no more time than the budget. */
  <T extends @Nullable Object> TaskFuture<T> submitMember(
      TaskOptions options, Callable<? extends T> body, @Nullable Budget budget);

  /** Returns the future of a member that comes too late: it is cancelled, and never begins. */
  <T extends @Nullable Object> TaskFuture<T> cancelledMember(
      TaskOptions options, Callable<? extends T> body);
}
