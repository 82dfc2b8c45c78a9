package dev.baton.internal.executor;

import dev.baton.TaskRejectedException;
import dev.baton.internal.future.Awaited;
import dev.baton.internal.task.SubmittedTask;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts the slots that waiting tasks of one executor have lent, and knows who waits for what. */
final class Lending {

  private final String executor;
  private final int bound;

  /** Slots lent just now; raised by compare-and-set, so that it never passes the bound. */
  private final AtomicInteger lent = new AtomicInteger();

  private final Map<SubmittedTask<?>, Wait> waits = new ConcurrentHashMap<>();

  /**
   * What a task waits for.
   *
   * @param id the id of the task that it waits for, or 0 if it is not one task
   * @param awaited names it by its text
   */
  record Wait(long id, Object awaited) {

    static Wait of(Awaited awaited) {
      return new Wait(awaited instanceof SubmittedTask<?> task ? task.id() : 0, awaited);
    }

    @Override
    public String toString() {
      return awaited instanceof SubmittedTask<?> task ? task.name() : awaited.toString();
    }
  }

  Lending(String executor, int bound) {
    this.executor = executor;
    this.bound = bound;
  }

  int lent() {
    return lent.get();
  }

  /** Lends a slot; throws if all that may be lent are. */
  void lend(SubmittedTask<?> task, Wait wait) {
    if (lent.getAndUpdate(n -> n < bound ? n + 1 : n) >= bound) {
      throw new TaskRejectedException(refusal(task, wait));
    }
    waits.put(task, wait);
  }

  void resume(SubmittedTask<?> task) {
    waits.remove(task);
    lent.decrementAndGet();
  }

  private String refusal(SubmittedTask<?> task, Wait wait) {
    return "Task "
        + task.name()
        + " cannot wait for "
        + wait
        + ": all "
        + bound
        + " slots that executor "
        + executor
        + " may lend are lent. Raise the option lend, or do not nest so deeply. The waits: "
        + chainTo(task)
        + wait
        + ".";
  }

  /** Follows the waits upwards, from the task to the one that nobody waits for. */
  private String chainTo(SubmittedTask<?> task) {
    Deque<String> names = new ArrayDeque<>();
    int shown = 8;
    int hidden = 0;
    for (SubmittedTask<?> t = task; t != null; t = waiterFor(t)) {
      if (names.size() < shown) {
        names.addFirst(t.name());
      } else if (++hidden > bound) {
        break;
      }
    }
    return (hidden > 0 ? "(" + hidden + " more) > " : "") + String.join(" > ", names) + " > ";
  }

  private @Nullable SubmittedTask<?> waiterFor(SubmittedTask<?> task) {
    for (Map.Entry<SubmittedTask<?>, Wait> wait : waits.entrySet()) {
      if (wait.getValue().id() == task.id()) {
        return wait.getKey();
      }
    }
    return null;
  }
}
