package dev.baton.internal.context;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Micrometer's context-propagation library, as one class loader has it. It is called by reflection:
 * core does not depend on it, and in a worker JVM it is there for the application's loader alone.
 */
final class ContextLibrary {

  private static final Logger LOG = LoggerFactory.getLogger(ContextLibrary.class);

  /** The one that was found last, for a thread that has the same loader; any order does. */
  private static volatile WeakReference<@Nullable ContextLibrary> latest =
      new WeakReference<>(null);

  private final @Nullable ClassLoader loader;
  private final Object registry;
  private final MethodHandle accessors;
  private final MethodHandle key;
  private final MethodHandle get;
  private final MethodHandle set;
  private final MethodHandle unset;
  private final MethodHandle restore;
  private final MethodHandle clear;

  private ContextLibrary(@Nullable ClassLoader loader) throws Throwable {
    Class<?> registryType = Class.forName("io.micrometer.context.ContextRegistry", true, loader);
    Class<?> accessor = Class.forName("io.micrometer.context.ThreadLocalAccessor", true, loader);
    Lookup lookup = MethodHandles.publicLookup();
    MethodType oneValue = MethodType.methodType(void.class, Object.class);
    this.loader = loader;
    this.registry =
        Objects.requireNonNull(
            lookup
                .findStatic(registryType, "getInstance", MethodType.methodType(registryType))
                .invoke());
    this.accessors =
        lookup.findVirtual(
            registryType, "getThreadLocalAccessors", MethodType.methodType(List.class));
    this.key = lookup.findVirtual(accessor, "key", MethodType.methodType(Object.class));
    this.get = lookup.findVirtual(accessor, "getValue", MethodType.methodType(Object.class));
    this.set = lookup.findVirtual(accessor, "setValue", oneValue);
    this.unset = lookup.findVirtual(accessor, "setValue", MethodType.methodType(void.class));
    this.restore = lookup.findVirtual(accessor, "restore", oneValue);
    this.clear = lookup.findVirtual(accessor, "restore", MethodType.methodType(void.class));
  }

  /** Returns the library that this thread's loader or else core's has, or null. */
  static @Nullable ContextLibrary find() {
    ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
    ContextLibrary found = latest.get();
    if (found == null || found.loader != ofThread) {
      found = find(ofThread);
      if (found == null) {
        return find(ContextLibrary.class.getClassLoader());
      }
      latest = new WeakReference<>(found);
    }
    return found;
  }

  private static @Nullable ContextLibrary find(@Nullable ClassLoader loader) {
    try {
      return new ContextLibrary(loader);
    } catch (ClassNotFoundException absent) {
      return null;
    } catch (Throwable unusable) {
      LOG.warn(
          "Micrometer's context-propagation is there but cannot be used, so what it knows of a"
              + " thread does not travel with a task; version 1.0.3 or newer is needed",
          unusable);
      return null;
    }
  }

  /** Returns the values that this thread has, by their keys. */
  Map<Object, Object> capture() {
    Map<Object, Object> values = new HashMap<>();
    for (Object accessor : known()) {
      try {
        Object value = get.invoke(accessor);
        if (value != null) {
          values.put(key.invoke(accessor), value);
        }
      } catch (Throwable broken) {
        LOG.warn("{} could not tell this thread's value, which does not travel", accessor, broken);
      }
    }
    return values;
  }

  /** Calls a body while this thread has the values, and gives it back what it had. */
  <T extends @Nullable Object> T call(Map<?, ?> values, Callable<T> body) throws Exception {
    Map<Object, Optional<Object>> before = install(values, false);
    try {
      return body.call();
    } finally {
      before.forEach(this::giveBack);
    }
  }

  /** Asks while this thread has the values and no others, and gives it back what it had. */
  <T> T get(Map<?, ?> values, Supplier<T> call) {
    Map<Object, Optional<Object>> before = install(values, true);
    try {
      return call.get();
    } finally {
      before.forEach(this::giveBack);
    }
  }

  /**
   * Returns what the thread had, by accessor.
   *
   * @param takesOthers whether values that are not among these are taken away
   */
  private Map<Object, Optional<Object>> install(Map<?, ?> values, boolean takesOthers) {
    Map<Object, Optional<Object>> before = new LinkedHashMap<>();
    for (Object accessor : known()) {
      try {
        Object value = values.get(key.invoke(accessor));
        if (value == null && !takesOthers) {
          continue;
        }
        Object present = get.invoke(accessor);
        if (value != null) {
          before.put(accessor, Optional.ofNullable(present));
          set.invoke(accessor, value);
        } else if (present != null) {
          before.put(accessor, Optional.of(present));
          unset.invoke(accessor);
        }
      } catch (Throwable broken) {
        LOG.warn("{} could not set a task's value", accessor, broken);
      }
    }
    return before;
  }

  private void giveBack(Object accessor, Optional<Object> before) {
    try {
      if (before.isPresent()) {
        restore.invoke(accessor, before.get());
      } else {
        clear.invoke(accessor);
      }
    } catch (Throwable broken) {
      LOG.warn("{} could not give a thread back what it had", accessor, broken);
    }
  }

  /** Lists the accessors that are registered at this moment. */
  private List<?> known() {
    try {
      return (List<?>) accessors.invoke(registry);
    } catch (Throwable broken) {
      LOG.warn("Micrometer's registry of thread-local values cannot be read", broken);
      return List.of();
    }
  }
}
