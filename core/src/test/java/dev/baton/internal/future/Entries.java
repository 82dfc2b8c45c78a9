package dev.baton.internal.future;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.baton.TaskFuture;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/** Looks into a future's list of callbacks. */
final class Entries {

  private static final int FEW = 64;

  private Entries() {}

  /** Asserts that what has become pointless does not pile up; a few may wait to be swept out. */
  static void assertFew(TaskFuture<?> future) {
    int count = of(future);
    assertTrue(count <= FEW, () -> count + " entries are left in the list of " + future);
  }

  /** Counts the entries, dead ones included. */
  static int of(TaskFuture<?> future) {
    int count = 0;
    for (Callback entry = head(future); entry != null; entry = entry.next) {
      count++;
    }
    return count;
  }

  private static @Nullable Callback head(TaskFuture<?> future) {
    try {
      Field callbacks = BatonFuture.class.getDeclaredField("callbacks");
      callbacks.setAccessible(true);
      return (Callback) callbacks.get(future);
    } catch (ReflectiveOperationException renamed) {
      throw new LinkageError("BatonFuture keeps its callbacks elsewhere now.", renamed);
    }
  }
}
