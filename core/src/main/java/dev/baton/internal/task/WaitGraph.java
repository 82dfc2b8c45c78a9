package dev.baton.internal.task;

import dev.baton.TaskRejectedException;
import dev.baton.internal.future.Awaited;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Knows which task of this JVM waits, without a time limit, for what, and finds tasks that wait for
 * each other in a circle.
 *
 * <p>A wait is noted before its circle is looked for: of the tasks of a circle that begin to wait
 * at the same time, at least the last to be noted sees it whole. Only what has to be done before a
 * wait can be over is followed, so that what is found will not come apart by itself.
 */
final class WaitGraph {

  private WaitGraph() {}

  /**
   * Notes that the body of a task is about to wait.
   *
   * @return what it waits for already, to be given to {@link #end}
   * @throws TaskRejectedException if the wait would never end; it is then not noted
   */
  static @Nullable Awaited begin(SubmittedTask<?> task, Awaited awaited) {
    Awaited before = task.waitsFor;
    task.waitsFor = awaited;
    List<SubmittedTask<?>> circle = isPlain(task, awaited) ? null : circleFrom(task, awaited);
    if (circle != null) {
      end(task, before);
      throw new TaskRejectedException(refusal(task, circle));
    }
    return before;
  }

  /** Tells at once of the usual case, a wait for another task that does not wait itself. */
  private static boolean isPlain(SubmittedTask<?> task, Awaited awaited) {
    return awaited instanceof SubmittedTask<?> needed
        && needed != task
        && needed.runner() != Thread.currentThread()
        && needed.waitsFor == null;
  }

  /** Notes that a wait is over. */
  static void end(SubmittedTask<?> task, @Nullable Awaited before) {
    task.waitsFor = before;
  }

  /** Returns the tasks from the given one to the one that waits for it, or null. */
  private static @Nullable List<SubmittedTask<?>> circleFrom(
      SubmittedTask<?> start, Awaited awaited) {
    Map<SubmittedTask<?>, SubmittedTask<?>> waiters = new HashMap<>();
    Deque<SubmittedTask<?>> toFollow = new ArrayDeque<>();
    toFollow.add(start);
    for (SubmittedTask<?> waiter; (waiter = toFollow.poll()) != null; ) {
      Awaited next = waiter == start ? awaited : waiter.waitsFor;
      for (SubmittedTask<?> needed : tasksBehind(next)) {
        if (needed == start || needed.runner() == Thread.currentThread()) {
          return path(start, waiter, waiters, needed);
        }
        if (waiters.putIfAbsent(needed, waiter) == null && needed.waitsFor != null) {
          toFollow.add(needed);
        }
      }
    }
    return null;
  }

  private static List<SubmittedTask<?>> path(
      SubmittedTask<?> start,
      SubmittedTask<?> last,
      Map<SubmittedTask<?>, SubmittedTask<?>> waiters,
      SubmittedTask<?> end) {
    Deque<SubmittedTask<?>> path = new ArrayDeque<>();
    path.addFirst(end);
    for (SubmittedTask<?> t = last; t != null && t != start; t = waiters.get(t)) {
      path.addFirst(t);
    }
    path.addFirst(start);
    return List.copyOf(path);
  }

  /** Returns the tasks that have to be done before a wait can be over. */
  private static List<SubmittedTask<?>> tasksBehind(@Nullable Awaited awaited) {
    if (awaited == null) {
      return List.of();
    }
    List<SubmittedTask<?>> tasks = new ArrayList<>();
    Deque<Awaited> open = new ArrayDeque<>();
    Set<Awaited> seen = new HashSet<>();
    open.add(awaited);
    for (Awaited next; (next = open.poll()) != null; ) {
      if (next instanceof SubmittedTask<?> task && !task.isDone()) {
        tasks.add(task);
      } else if (next instanceof SubmittedTask.BodyEnd bodyEnd && !bodyEnd.isMet()) {
        tasks.add(bodyEnd.task());
      } else if (seen.add(next) && !next.isMet()) {
        open.addAll(next.needs());
      }
    }
    return tasks;
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
