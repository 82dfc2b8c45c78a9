package dev.baton.process.worker;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** A logger whose events the parent logs. */
final class RelayedLogger extends LegacyAbstractLogger {

  @Serial private static final long serialVersionUID = 1L;

  RelayedLogger(String name) {
    this.name = name;
  }

  @Override
  public boolean isTraceEnabled() {
    return LogRelay.INSTANCE.isEnabled(Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return LogRelay.INSTANCE.isEnabled(Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return LogRelay.INSTANCE.isEnabled(Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return LogRelay.INSTANCE.isEnabled(Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return LogRelay.INSTANCE.isEnabled(Level.ERROR);
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      @Nullable String pattern,
      @Nullable Object @Nullable [] arguments,
      @Nullable Throwable throwable) {
    String message = MessageFormatter.basicArrayFormat(pattern, arguments);
    LogRelay.INSTANCE.log(level, name, String.valueOf(message), throwable);
  }
}
