package dev.baton.process.worker;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Gives threads the logging context of a task, in the SLF4J that users log with. */
final class LoggingContext {

  /** Sets it in an SLF4J of the application's own; null if users log with the worker's. */
  private final @Nullable MethodHandle ofApplication;

  private LoggingContext(@Nullable MethodHandle ofApplication) {
    this.ofApplication = ofApplication;
  }

  /** Returns that of the worker's SLF4J. */
  static LoggingContext ofWorker() {
    return new LoggingContext(null);
  }

  /** Returns that of the SLF4J that the application's loader finds. */
  static LoggingContext of(ClassLoader application) {
    try {
      Class<?> mdc = application.loadClass(MDC.class.getName());
      MethodType type = MethodType.methodType(void.class, Map.class);
      return new LoggingContext(
          MethodHandles.publicLookup().findStatic(mdc, "setContextMap", type));
    } catch (ReflectiveOperationException noMdc) {
      LoggerFactory.getLogger(LoggingContext.class)
          .warn("The application's SLF4J has no logging context for tasks", noMdc);
      return ofWorker();
    }
  }

  /** Gives this thread exactly these entries. */
  void install(Map<String, String> entries) {
    MDC.setContextMap(entries);
    if (ofApplication != null) {
      try {
        ofApplication.invokeExact(entries);
      } catch (Throwable failure) {
        LoggerFactory.getLogger(LoggingContext.class)
            .warn("The application's logging backend takes no logging context", failure);
      }
    }
  }
}
