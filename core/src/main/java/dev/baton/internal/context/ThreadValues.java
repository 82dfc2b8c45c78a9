package dev.baton.internal.context;

import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The values that Micrometer's context-propagation knew of a thread; none where it is not there.
 */
public final class ThreadValues {

  private final @Nullable ContextLibrary library;
  private final Map<Object, Object> values;

  private ThreadValues(@Nullable ContextLibrary library, Map<Object, Object> values) {
    this.library = library;
    this.values = values;
  }

  /** Returns this thread's. */
  public static ThreadValues capture() {
    ContextLibrary library = ContextLibrary.find();
    return new ThreadValues(library, library == null ? Map.of() : library.capture());
  }

  /** Calls while this thread has the values and no others, and gives it back what it had. */
  public <T> T get(Supplier<T> call) {
    return library == null ? call.get() : library.get(values, call);
  }
}
