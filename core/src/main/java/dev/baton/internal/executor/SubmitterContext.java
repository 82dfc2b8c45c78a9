package dev.baton.internal.executor;

import dev.baton.internal.context.ThreadValues;
import dev.baton.internal.task.Budget;
import dev.baton.internal.task.LoggingContext;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a task takes from the thread that submits it, for those that another thread submits in its
 * stead.
 *
 * @param budget the time that the body on that thread had, or null
 * @param entries its logging context, or null
 * @param values what Micrometer's context-propagation knew of it
 */
record SubmitterContext(
    @Nullable Budget budget, @Nullable Map<String, String> entries, ThreadValues values) {

  static SubmitterContext ofThisThread() {
    return new SubmitterContext(
        Budget.ofCurrentTask(), LoggingContext.capture(), ThreadValues.capture());
  }

  /** Calls while this thread has what that one had, but for the time. */
  <T> T get(Supplier<T> call) {
    @Nullable Map<String, String> before = LoggingContext.capture();
    LoggingContext.install(entries);
    try {
      return values.get(call);
    } finally {
      LoggingContext.install(before);
    }
  }
}
