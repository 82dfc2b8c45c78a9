package dev.baton.internal.group;

import dev.baton.TaskFuture;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The failures of one group's members, in the order in which they came. Guarded by the lock of its
 * {@link Members}, which hand out copies.
 */
final class Failures {

  /** So many are kept; of the rest only the number, for a million may fail. */
  private static final int MOST_KEPT = 32;

  private final List<TaskFuture<?>> kept = new ArrayList<>();
  private int count;

  Failures copy() {
    Failures copy = new Failures();
    copy.kept.addAll(kept);
    copy.count = count;
    return copy;
  }

  void add(TaskFuture<?> member) {
    count++;
    if (kept.size() < MOST_KEPT) {
      kept.add(member);
    }
  }

  /**
   * Makes one exception of all: its cause is the first, unchanged, and the others are suppressed in
   * it, because a member's own exception has to stay as its body threw it.
   *
   * @return the exception, or null if nothing failed
   */
  @Nullable ExecutionException toException(String group) {
    if (kept.isEmpty()) {
      return null;
    }
    ExecutionException first = exceptionOf(kept.get(0));
    String others = count == 1 ? "" : ", and " + (count - 1) + " more failed";
    ExecutionException all =
        new ExecutionException(
            group + " failed" + others + ". " + first.getMessage(), first.getCause());
    suppress(kept.subList(1, kept.size()), all);
    return all;
  }

  /** Attaches the failures to an exception, each once. */
  void addSuppressedTo(Throwable all) {
    suppress(kept, all);
  }

  /** Attaches members' failures to an exception, each once, and its own cause not at all. */
  private static void suppress(List<TaskFuture<?>> members, Throwable all) {
    List<Throwable> seen = new ArrayList<>();
    seen.add(all);
    if (all.getCause() != null) {
      seen.add(all.getCause());
    }
    for (TaskFuture<?> member : members) {
      Throwable failure = exceptionOf(member).getCause();
      if (failure != null && seen.stream().noneMatch(known -> known == failure)) {
        seen.add(failure);
        all.addSuppressed(failure);
      }
    }
  }

  private static ExecutionException exceptionOf(TaskFuture<?> member) {
    try {
      member.get();
    } catch (ExecutionException failed) {
      return failed;
    } catch (CancellationException cancelled) {
      return new ExecutionException(cancelled.getMessage(), cancelled);
    } catch (InterruptedException impossible) {
      throw new AssertionError("A future that is done is not waited for.", impossible);
    }
    throw new AssertionError("It was seen to fail: " + member);
  }
}
