package dev.baton.internal.map;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** What an item must not leave behind for the next one on its thread. */
@SuppressWarnings("ReferenceEquality") // whether anybody has set it, equal or not
record ThreadTraits(
    String name, @Nullable ClassLoader loader, @Nullable Map<String, String> loggingContext) {

  /** Takes down how the thread is now. */
  static ThreadTraits ofThisThread() {
    Thread thread = Thread.currentThread();
    return new ThreadTraits(
        thread.getName(), thread.getContextClassLoader(), MDC.getCopyOfContextMap());
  }

  /** Makes the thread as it was, with its interrupt flag clear. */
  void restore() {
    Thread thread = Thread.currentThread();
    Thread.interrupted();
    if (thread.getName() != name) {
      thread.setName(name);
    }
    if (thread.getContextClassLoader() != loader) {
      thread.setContextClassLoader(loader);
    }
    if (loggingContext == null || loggingContext.isEmpty()) {
      MDC.clear();
    } else {
      MDC.setContextMap(loggingContext);
    }
  }
}
