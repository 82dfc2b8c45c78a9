package dev.baton;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that belong together: they begin within a block, and none of them runs on after it.
 *
 * <pre>{@code
 * try (TaskGroup group = baton.group()) {
 *   TaskFuture<User> user = group.submit(() -> findUser(id));
 *   TaskFuture<Integer> order = group.submit(() -> countOrders(id));
 *   group.join();                                   // the first failure cancels the other
 *   return new Page(user.resultNow(), order.resultNow());
 * }
 * }</pre>
 *
 * <p>The members are ordinary tasks of the executor, so a group works on every backend. What makes
 * the group end early says {@link GroupOptions.Policy}.
 *
 * <p><b>Threads.</b> A group belongs to the thread that opened it: only that one submits, joins and
 * closes; any other gets a {@link WrongThreadException}. Groups that a thread opens while it has
 * one open are closed before that one.
 *
 * <p><b>Time.</b> A group inside a task, or inside another group of its thread, has no more time
 * than that one. If the task is asked to stop, the members of its groups are cancelled at once.
 *
 * <p><b>Cancelling.</b> A member that somebody else cancels has not succeeded: that counts as a
 * failure with its {@link CancellationException}. What the group cancels is cancelled with {@link
 * CancelMode#INTERRUPT} and counts as nothing.
 */
public interface TaskGroup extends AutoCloseable {

  /**
   * Submits a member. If the group has been decided meanwhile, by a failure or a first success, the
   * body never runs and the future is cancelled.
   *
   * @param task the task
   * @param <T> the type of its result
   * @return its future
   * @throws TaskRejectedException if the executor cannot accept it
   * @throws IllegalStateException after {@link #join()} or {@link #close()}
   * @throws WrongThreadException from a thread that did not open the group
   */
  <T extends @Nullable Object> TaskFuture<T> submit(Task<T> task);

  /**
   * Submits a member that returns nothing, as {@link #submit(Task)}.
   *
   * @param action the action
   * @return its future, whose result is null
   * @throws TaskRejectedException if the executor cannot accept it
   * @throws IllegalStateException after {@link #join()} or {@link #close()}
   * @throws WrongThreadException from a thread that did not open the group
   */
  TaskFuture<Void> submit(Action action);

  /**
   * Submits a member that applies a function to an argument, as {@link #submit(Task)}.
   *
   * @param function the function
   * @param argument its argument, which may be null
   * @param <A> the type of the argument
   * @param <R> the type of the result
   * @return its future
   * @throws TaskRejectedException if the executor cannot accept it
   * @throws IllegalStateException after {@link #join()} or {@link #close()}
   * @throws WrongThreadException from a thread that did not open the group
   */
  <A extends @Nullable Object, R extends @Nullable Object> TaskFuture<R> submit(
      TaskFunction<A, R> function, A argument);

  /**
   * Submits a member with options, as {@link #submit(Task)}. Of its deadline and the group's the
   * tighter one counts.
   *
   * @param options what the member asks for
   * @param task the task
   * @param <T> the type of its result
   * @return its future
   * @throws TaskRejectedException if the executor cannot accept it
   * @throws IllegalStateException after {@link #join()} or {@link #close()}
   * @throws WrongThreadException from a thread that did not open the group
   */
  <T extends @Nullable Object> TaskFuture<T> submit(TaskOptions options, Task<T> task);

  /**
   * Submits a member that returns nothing, with options, as {@link #submit(TaskOptions, Task)}.
   *
   * @param options what the member asks for
   * @param action the action
   * @return its future, whose result is null
   * @throws TaskRejectedException if the executor cannot accept it
   * @throws IllegalStateException after {@link #join()} or {@link #close()}
   * @throws WrongThreadException from a thread that did not open the group
   */
  TaskFuture<Void> submit(TaskOptions options, Action action);

  /**
   * Waits until the futures of all members are done, which the policy may bring about early. Inside
   * a task the wait lends the task's slot. A second call says the same as the first.
   *
   * @throws ExecutionException if members failed and the policy does not allow that; the cause is
   *     the exception of the first, unchanged, and the later ones are suppressed in this exception
   * @throws TaskTimeoutException of the kind {@link TaskTimeoutException.Kind#DEADLINE} if the
   *     group's time was up before all were done
   * @throws CancellationException if the task in which the group was opened is asked to stop
   * @throws InterruptedException if this thread is interrupted meanwhile; the members are left
   *     alone until the group is closed
   * @throws TaskRejectedException inside a task, if no more slots may be lent, or if the wait could
   *     never end, because all members that could end it wait for that task
   * @throws IllegalStateException after {@link #close()}
   * @throws WrongThreadException from a thread that did not open the group
   */
  void join() throws ExecutionException, InterruptedException, TaskTimeoutException;

  /**
   * Returns the result of the member that succeeded first, in a group with the policy {@link
   * GroupOptions.Policy#FIRST_SUCCESS}.
   *
   * @param type the type of the result
   * @param <T> the type of the result
   * @return the result, which may be null
   * @throws IllegalStateException before {@link #join()} has returned, in a group with another
   *     policy, or without any member
   * @throws ClassCastException if the result is not of this type
   */
  <T> @Nullable T result(Class<T> type);

  /**
   * Ends the group: cancels the members that are not done, and waits until every body has really
   * stopped, also those whose futures were done before, by a cancel or a timeout. An interrupt does
   * not end the wait; the flag is set again afterwards. A second call has no effect.
   *
   * <p>Inside a task the wait lends the task's slot, so that a body which is told to stop may wait
   * for a new task to clean up. If no more slots may be lent the wait goes on without: then such a
   * body stops only once another task gives a slot back.
   *
   * @throws TaskRejectedException inside a task, if a body would never stop because it waits for
   *     that task; all are cancelled then, and the group is closed
   * @throws IllegalStateException after all this, if members were submitted and {@link #join()} was
   *     not called, or if a group that was opened inside this one was still open, which is then
   *     closed too
   * @throws WrongThreadException from a thread that did not open the group
   */
  @Override
  void close();

  /**
   * Describes the group for people: its state, and how many of its members are not done.
   *
   * @return one line
   */
  @Override
  String toString();
}
