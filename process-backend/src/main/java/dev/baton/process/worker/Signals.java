package dev.baton.process.worker;

import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Makes the worker deaf to what a terminal sends to all processes at once, so that the parent can
 * finish its work. Where a shell starts the worker, the shell does this.
 */
final class Signals {

  private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

  private Signals() {}

  /** Ignores them, by reflection: the JDK's class has no supported name, and may be missing. */
  static void ignore() {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object ignored = handler.getField("SIG_IGN").get(null);
      for (String name : NAMES) {
        Object named = signal.getConstructor(String.class).newInstance(name);
        signal.getMethod("handle", signal, handler).invoke(null, named, ignored);
      }
    } catch (ReflectiveOperationException | RuntimeException unavailable) {
      LoggerFactory.getLogger(Signals.class)
          .debug("Signals cannot be ignored on this JVM", unavailable);
    }
  }
}
