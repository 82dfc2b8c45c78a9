package dev.baton;

import dev.baton.event.BatonListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The options that every backend has, because core keeps them: an immutable value.
 *
 * @param timeout the {@link TaskOptions#timeout} of each task that has none of its own, or null
 * @param limit how many tasks may be begun and not over at once, open stages included, or null for
 *     no limit beyond the backend's own
 * @param lend how many slots may be lent at once by tasks that wait for other tasks; 0 for none
 * @param isPortable whether tasks, arguments, results and exceptions are copied as if they went to
 *     another JVM, on backends where they do not
 * @param resources what each worker makes once for its tasks, by type
 * @param listeners who hears of the executor's events, in order
 * @see BackendOptions.Fluent
 */
public record CommonOptions(
    @Nullable Duration timeout,
    @Nullable Integer limit,
    int lend,
    boolean isPortable,
    Map<Class<?>, Task<?>> resources,
    List<BatonListener> listeners) {

  /**
   * Checks the values and copies the collections.
   *
   * @throws IllegalArgumentException if the timeout or the limit is not positive, or lend negative
   */
  public CommonOptions {
    Durations.checkPositive("timeout", timeout);
    if (limit != null && limit < 1) {
      throw new IllegalArgumentException("limit must be at least 1: " + limit);
    }
    if (lend < 0) {
      throw new IllegalArgumentException("lend must not be negative: " + lend);
    }
    resources = Collections.unmodifiableMap(new LinkedHashMap<>(resources));
    listeners = List.copyOf(listeners);
  }

  /**
   * Returns options that limit nothing and lend as many slots as given.
   *
   * @param lend how many slots may be lent at once; not negative
   * @return the value to start from
   */
  public static CommonOptions lending(int lend) {
    return new CommonOptions(null, null, lend, false, Map.of(), List.of());
  }

  CommonOptions timeout(Duration newTimeout) {
    return new CommonOptions(
        Objects.requireNonNull(newTimeout, "timeout"),
        limit,
        lend,
        isPortable,
        resources,
        listeners);
  }

  CommonOptions limit(int newLimit) {
    return new CommonOptions(timeout, newLimit, lend, isPortable, resources, listeners);
  }

  CommonOptions lend(int newLend) {
    return new CommonOptions(timeout, limit, newLend, isPortable, resources, listeners);
  }

  CommonOptions portable(boolean newPortable) {
    return new CommonOptions(timeout, limit, lend, newPortable, resources, listeners);
  }

  <R> CommonOptions resource(Class<R> type, Task<? extends R> factory) {
    Map<Class<?>, Task<?>> more = new LinkedHashMap<>(resources);
    more.put(Objects.requireNonNull(type, "type"), Objects.requireNonNull(factory, "factory"));
    return new CommonOptions(timeout, limit, lend, isPortable, more, listeners);
  }

  CommonOptions listener(BatonListener listener) {
    List<BatonListener> more = new ArrayList<>(listeners);
    more.add(Objects.requireNonNull(listener, "listener"));
    return new CommonOptions(timeout, limit, lend, isPortable, resources, more);
  }
}
