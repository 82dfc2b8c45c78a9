package dev.baton.support;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Keeps what a logger is given, in place of the console. */
public final class Log implements AutoCloseable {

  private final Logger logger;
  private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          events.add(event);
        }
      };

  private Log(Logger logger) {
    this.logger = logger;
    appender.start();
    logger.addAppender(appender);
    logger.setAdditive(false);
  }

  /** Begins to listen to the logger of a class. */
  public static Log of(Class<?> type) {
    return of(type.getName());
  }

  /** Begins to listen to a logger. */
  public static Log of(String name) {
    return new Log((Logger) LoggerFactory.getLogger(name));
  }

  /** Returns each event so far, as its level and message. */
  public List<String> lines() {
    return events.stream().map(e -> e.getLevel() + " " + e.getFormattedMessage()).toList();
  }

  /** Returns the exception of the last event at a level, or null. */
  public @Nullable Throwable lastException(Level level) {
    return events.stream()
        .filter(event -> event.getLevel() == level)
        .reduce((before, after) -> after)
        .map(
            event ->
                event.getThrowableProxy() instanceof ThrowableProxy p ? p.getThrowable() : null)
        .orElse(null);
  }

  @Override
  public void close() {
    logger.setAdditive(true);
    logger.detachAppender(appender);
  }
}
