package dev.baton.internal.task;

import dev.baton.internal.future.Awaited;
import dev.baton.internal.future.Needs;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One look at who waits for what, from a task on that waits.
 *
 * <p>First all that the task waits for is gathered, then what may end is told from what cannot: a
 * task that does not wait may end; so may what needs only such things, or one of them where one is
 * enough. If the task is not among these, those that are left wait for each other.
 *
 * <p>Others go on meanwhile, which does no harm: what was seen not to be done, and to wait for
 * others of which the same was seen, has not been done before, and nothing here can end it.
 */
final class CircleSearch {

  /** Something that is waited for, and whether it may come about. */
  private static final class Node {
    final Awaited awaited;
    final List<Node> needs = new ArrayList<>();
    final List<Node> waiters = new ArrayList<>();

    /** How many of the needs are yet to be found possible until this is. */
    int missing;

    boolean isPossible;

    /** Where the way from the start came from. */
    @Nullable Node before;

    Node(Awaited awaited) {
      this.awaited = awaited;
    }
  }

  private final SubmittedTask<?> start;
  private final IdentityHashMap<Awaited, Node> nodes = new IdentityHashMap<>();
  private final Deque<Node> toExpand = new ArrayDeque<>();
  private final Deque<Node> possible = new ArrayDeque<>();

  private final boolean isLate;

  private CircleSearch(SubmittedTask<?> start, boolean isLate) {
    this.start = start;
    this.isLate = isLate;
  }

  /**
   * Returns the tasks of a circle, from the given one back to itself, or to one whose body is
   * further down on this stack; or null if the wait may end.
   *
   * @param isLate whether tasks that were asked to stop have had the time to do so; else an
   *     interrupt may be about to end their waits
   */
  static @Nullable List<SubmittedTask<?>> from(SubmittedTask<?> start, boolean isLate) {
    return new CircleSearch(start, isLate).circle();
  }

  private @Nullable List<SubmittedTask<?>> circle() {
    Node first = node(start);
    for (Node next; (next = toExpand.poll()) != null; ) {
      expand(next);
    }
    for (Node next; (next = possible.poll()) != null; ) {
      next.waiters.forEach(this::hasOneMore);
    }
    return first.isPossible ? null : wayRound(first);
  }

  private Node node(Awaited awaited) {
    return nodes.computeIfAbsent(
        awaited,
        added -> {
          Node node = new Node(added);
          toExpand.add(node);
          return node;
        });
  }

  private void expand(Node node) {
    SubmittedTask<?> task = taskOf(node);
    if (node.awaited != start // whose future may be done though its body waits
        && (node.awaited.isMet() || (task != null && isStopping(task)))) {
      isPossible(node);
      return;
    }
    if (task != null && task != start && runsHere(task)) {
      node.missing = 1; // which never comes: this thread is about to wait
      return;
    }
    Needs needs = node.awaited.needs();
    List<Awaited> doubtful = new ArrayList<>();
    for (Awaited need : needs.of()) {
      if (!isFree(need)) {
        doubtful.add(need);
      }
    }
    boolean isOneFree = doubtful.size() < needs.of().size();
    if (doubtful.isEmpty() || (needs.isOneEnough() && isOneFree)) {
      isPossible(node);
      return;
    }
    node.missing = needs.isOneEnough() ? 1 : doubtful.size();
    for (Awaited need : doubtful) {
      Node needed = node(need);
      node.needs.add(needed);
      needed.waiters.add(node);
    }
  }

  /**
   * Tells at once of the usual case: a task that is to run, or runs elsewhere and does not wait.
   */
  private static boolean isFree(Awaited needed) {
    return needed.isMet()
        || (needed instanceof SubmittedTask<?> task && task.waitsFor == null && !runsHere(task));
  }

  private static boolean runsHere(SubmittedTask<?> task) {
    return task.runner() == Thread.currentThread();
  }

  private boolean isStopping(SubmittedTask<?> task) {
    return !isLate && task != start && task.isAskedToStop() && !runsHere(task);
  }

  private void isPossible(Node node) {
    node.isPossible = true;
    possible.add(node);
  }

  private void hasOneMore(Node node) {
    if (!node.isPossible && --node.missing == 0) {
      isPossible(node);
    }
  }

  private static @Nullable SubmittedTask<?> taskOf(Node node) {
    if (node.awaited instanceof SubmittedTask<?> task) {
      return task;
    }
    return node.awaited instanceof SubmittedTask.BodyEnd bodyEnd ? bodyEnd.task() : null;
  }

  /** Returns the shortest way round, or null if the circle is one of others. */
  private @Nullable List<SubmittedTask<?>> wayRound(Node first) {
    Deque<Node> toFollow = new ArrayDeque<>(List.of(first));
    for (Node next; (next = toFollow.poll()) != null; ) {
      for (Node needed : next.needs) {
        if (needed.isPossible) {
          continue;
        }
        SubmittedTask<?> task = taskOf(needed);
        if (task != null && runsHere(task)) {
          return way(next, task);
        }
        if (needed.before == null) {
          needed.before = next;
          toFollow.add(needed);
        }
      }
    }
    return null;
  }

  private List<SubmittedTask<?>> way(Node last, SubmittedTask<?> end) {
    Deque<SubmittedTask<?>> way = new ArrayDeque<>(List.of(end));
    for (Node node = last; node != null; node = node.before) {
      SubmittedTask<?> task = taskOf(node);
      if (task != null) {
        way.addFirst(task);
      }
    }
    return List.copyOf(way);
  }
}
