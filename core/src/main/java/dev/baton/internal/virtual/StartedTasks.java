package dev.baton.internal.virtual;

import dev.baton.internal.task.SubmittedTask;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The tasks that were started and whose threads have not ended, in lists that run through the
 * entries themselves. There are many lists, and tasks take turns at them, so that the thread that
 * adds one rarely meets one that takes itself out.
 */
final class StartedTasks {

  /** More than will be added or taken out at the same time; a power of two. */
  private static final int PARTS =
      Integer.highestOneBit(Runtime.getRuntime().availableProcessors()) * 16;

  /** One of the lists. */
  private static final class Part {
    /** Guards the list: its first entry, and the neighbours of each. */
    final ReentrantLock lock = new ReentrantLock();

    @Nullable TaskThread first;
  }

  private final List<Part> parts;

  StartedTasks() {
    List<Part> all = new ArrayList<>();
    for (int i = 0; i < PARTS; i++) {
      all.add(new Part());
    }
    parts = List.copyOf(all);
  }

  private Part partOf(TaskThread entry) {
    return parts.get((int) (entry.task.id() & (PARTS - 1)));
  }

  void add(TaskThread entry) {
    Part part = partOf(entry);
    part.lock.lock();
    try {
      TaskThread next = part.first;
      entry.after = next;
      if (next != null) {
        next.before = entry;
      }
      part.first = entry;
    } finally {
      part.lock.unlock();
    }
  }

  void remove(TaskThread entry) {
    Part part = partOf(entry);
    part.lock.lock();
    try {
      TaskThread before = entry.before;
      TaskThread after = entry.after;
      if (after != null) {
        after.before = before;
      }
      if (before != null) {
        before.after = after;
      } else {
        part.first = after;
      }
    } finally {
      part.lock.unlock();
    }
  }

  /** Visits all tasks, while no lock is held. */
  void forEach(Consumer<SubmittedTask<?>> visitor) {
    for (Part part : parts) {
      copyOf(part).forEach(visitor);
    }
  }

  private static List<SubmittedTask<?>> copyOf(Part part) {
    List<SubmittedTask<?>> copy = new ArrayList<>();
    part.lock.lock();
    try {
      for (TaskThread entry = part.first; entry != null; entry = entry.after) {
        copy.add(entry.task);
      }
    } finally {
      part.lock.unlock();
    }
    return copy;
  }
}
