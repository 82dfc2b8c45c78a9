package dev.baton.internal.task;

import dev.baton.TaskRejectedException;
import dev.baton.internal.future.Awaited;
import java.util.List;

/**
 * Refuses waits of tasks for each other in a circle.
 *
 * <p>A wait is noted in its task before its circle is looked for: of the tasks of a circle that
 * begin to wait at the same time, at least the last to be noted sees it whole. A wait that may end
 * in several ways is looked at again while it goes on, for the last way out may close without a
 * wait that begins.
 */
final class WaitGraph {

  private WaitGraph() {}

  /**
   * Looks whether the wait of a body that was noted may end.
   *
   * @param isLate whether others that were asked to stop have had the time to do so
   * @throws TaskRejectedException if it never could
   */
  static void refuseCircle(SubmittedTask<?> task, Awaited awaited, boolean isLate) {
    List<SubmittedTask<?>> circle = isPlain(task, awaited) ? null : CircleSearch.from(task, isLate);
    if (circle != null) {
      throw new TaskRejectedException(refusal(task, circle));
    }
  }

  /** Tells at once of the usual case, a wait for another task that does not wait itself. */
  private static boolean isPlain(SubmittedTask<?> task, Awaited awaited) {
    return awaited instanceof SubmittedTask<?> needed
        && needed != task
        && needed.runner() != Thread.currentThread()
        && needed.waitsFor == null;
  }

  private static String refusal(SubmittedTask<?> task, List<SubmittedTask<?>> circle) {
    List<String> names = circle.stream().map(WaitGraph::describe).toList();
    return "Task "
        + describe(task)
        + " cannot wait for "
        + names.get(1)
        + ", because that could never end: each of these tasks would wait for the next: "
        + String.join(" > ", names)
        + ". Wait with a time limit, or pass the result on with a callback.";
  }

  private static String describe(SubmittedTask<?> task) {
    return task.name() + " of " + task.owner().name();
  }
}
