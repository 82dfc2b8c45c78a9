package dev.baton.process.worker;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * What SLF4J logs with in a worker. The command line names it, {@code -Dslf4j.provider}, so that
 * the application's logging backend and its files stay with the parent.
 */
public final class LogProvider implements SLF4JServiceProvider, ILoggerFactory {

  /** Names the provider to SLF4J. */
  static final String PROPERTY = "slf4j.provider";

  private final Map<String, Logger> loggers = new ConcurrentHashMap<>();
  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter contexts = new ThreadMdc();

  /** Makes a provider, for SLF4J. */
  public LogProvider() {}

  @Override
  public Logger getLogger(String name) {
    Logger present = loggers.get(name);
    if (present != null) {
      return present;
    }
    Logger made = new RelayedLogger(name);
    Logger other = loggers.putIfAbsent(name, made);
    return other == null ? made : other;
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return this;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return contexts;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }

  @Override
  public void initialize() {
    // all is there
  }
}
