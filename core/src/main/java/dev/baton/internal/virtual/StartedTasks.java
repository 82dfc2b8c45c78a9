package dev.baton.internal.virtual;

import dev.baton.internal.task.SubmittedTask;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that were started and whose threads have not ended. A task has a place by its id, which
 * it takes and leaves by one compare-and-set each; only if an older one is still there does it go
 * where those go that are many at once or take long.
 */
final class StartedTasks {

  private static final int BITS = 10;
  private static final int MASK = (1 << BITS) - 1;

  /**
   * Neighbours in the array are so many ids apart: they share a cache line, and should not meet.
   */
  private static final int STRIDE_BITS = 4;

  private final AtomicReferenceArray<@Nullable TaskThread> places =
      new AtomicReferenceArray<>(MASK + 1);

  private final Set<TaskThread> others = ConcurrentHashMap.newKeySet();

  private static int placeOf(TaskThread entry) {
    int turn = (int) entry.task.id() & MASK;
    return (turn << STRIDE_BITS | turn >>> (BITS - STRIDE_BITS)) & MASK;
  }

  void add(TaskThread entry) {
    if (!places.compareAndSet(placeOf(entry), null, entry)) {
      others.add(entry);
    }
  }

  void remove(TaskThread entry) {
    if (!places.compareAndSet(placeOf(entry), entry, null)) {
      others.remove(entry);
    }
  }

  /** Visits all tasks that are here from the begin of the visit to its end. */
  void forEach(Consumer<SubmittedTask<?>> visitor) {
    for (int place = 0; place <= MASK; place++) {
      if (places.get(place) instanceof TaskThread entry) {
        visitor.accept(entry.task);
      }
    }
    others.forEach(entry -> visitor.accept(entry.task));
  }
}
