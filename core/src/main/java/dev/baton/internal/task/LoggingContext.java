package dev.baton.internal.task;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.helpers.NOPMDCAdapter;

/** Carries SLF4J's MDC from the thread that submits a task to the one that runs it. */
public final class LoggingContext {

  /** Without a logging backend that keeps an MDC there is nothing to carry, and nothing is paid. */
  private static final boolean PRESENT = !(MDC.getMDCAdapter() instanceof NOPMDCAdapter);

  private LoggingContext() {}

  /** Returns a copy of this thread's entries, or null if there are none. */
  public static @Nullable Map<String, String> capture() {
    if (!PRESENT) {
      return null;
    }
    Map<String, String> entries = MDC.getCopyOfContextMap();
    return entries == null || entries.isEmpty() ? null : entries;
  }

  /** Gives this thread exactly these entries. */
  public static void install(@Nullable Map<String, String> entries) {
    if (!PRESENT) {
      return;
    }
    if (entries == null) {
      MDC.clear();
    } else {
      MDC.setContextMap(entries);
    }
  }
}
