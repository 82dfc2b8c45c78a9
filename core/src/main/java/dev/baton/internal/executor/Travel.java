package dev.baton.internal.executor;

import dev.baton.BackendException;
import dev.baton.internal.task.TravellingBody;
import dev.baton.spi.TaskCodec;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Sends the bodies of one executor through a codec, to show whether they could go elsewhere. */
record Travel(TaskCodec codec, ClassLoader loader) {

  /** Finds the codec, with the thread's loader and with Baton's own. */
  static Travel find() {
    ClassLoader own = Objects.requireNonNull(Travel.class.getClassLoader(), "loaded by a loader");
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    ClassLoader loader = context == null ? own : context;
    try {
      TaskCodec codec =
          ServiceLoader.load(TaskCodec.class, loader)
              .findFirst()
              .or(() -> ServiceLoader.load(TaskCodec.class, own).findFirst())
              .orElseThrow(Travel::missing);
      return new Travel(codec, loader);
    } catch (ServiceConfigurationError broken) {
      throw new BackendException("A codec could not be loaded: " + broken.getMessage(), broken);
    }
  }

  private static BackendException missing() {
    return new BackendException(
        "The option portable needs a codec, and none is found."
            + " Add dev.baton:baton-process to the class path.");
  }

  <T extends @Nullable Object> Callable<T> around(Callable<? extends T> body) {
    return new TravellingBody<>(codec, loader, body);
  }
}
