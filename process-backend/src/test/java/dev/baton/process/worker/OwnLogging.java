package dev.baton.process.worker;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.MDC;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** A logging backend that an application brings along: it prints. */
public final class OwnLogging implements SLF4JServiceProvider {

  private final MDCAdapter contexts = new BasicMDCAdapter();
  private final IMarkerFactory markers = new BasicMarkerFactory();

  /** Makes one, for SLF4J. */
  public OwnLogging() {}

  @Override
  public ILoggerFactory getLoggerFactory() {
    return name -> new Printer();
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

  private static final class Printer extends LegacyAbstractLogger {
    @Serial private static final long serialVersionUID = 1L;

    @Override
    public boolean isTraceEnabled() {
      return false;
    }

    @Override
    public boolean isDebugEnabled() {
      return false;
    }

    @Override
    public boolean isInfoEnabled() {
      return true;
    }

    @Override
    public boolean isWarnEnabled() {
      return true;
    }

    @Override
    public boolean isErrorEnabled() {
      return true;
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
      System.err.println("own: " + message + " " + MDC.getCopyOfContextMap());
    }
  }

  /** The parent's loader, where the application's logging is found. */
  static final class Loader extends ClassLoader {

    Loader() {
      super(Objects.requireNonNull(OwnLogging.class.getClassLoader()));
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
      return name.equals("META-INF/services/" + SLF4JServiceProvider.class.getName())
          ? new ByteArrayInputStream(OwnLogging.class.getName().getBytes(StandardCharsets.UTF_8))
          : super.getResourceAsStream(name);
    }
  }
}
