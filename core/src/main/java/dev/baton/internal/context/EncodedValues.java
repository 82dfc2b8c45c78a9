package dev.baton.internal.context;

import dev.baton.internal.encoding.Codecs;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Context values on their way to another JVM: each on its own, for not all of them can travel. */
public final class EncodedValues {

  private static final Logger LOG = LoggerFactory.getLogger(EncodedValues.class);

  /** The keys of which the log has said that they stay here. There are as many as accessors. */
  private static final Set<Object> STAYING = ConcurrentHashMap.newKeySet();

  private EncodedValues() {}

  /** Encodes the values that can be encoded and have a string as their key. */
  static Map<String, byte[]> of(Map<Object, Object> values) {
    Map<String, byte[]> encoded = new HashMap<>();
    values.forEach(
        (key, value) -> {
          try {
            encoded.put((String) key, Codecs.preferred().encode(value));
          } catch (RuntimeException | Error cannotTravel) {
            if (STAYING.add(key)) {
              LOG.info("The context value of {} stays in this JVM", key, cannotTravel);
            }
          }
        });
    return encoded;
  }

  /**
   * Calls a body while this thread has the values, if the context-propagation library is here.
   *
   * @throws Exception what the body throws
   */
  public static <T extends @Nullable Object> T call(Map<String, byte[]> encoded, Callable<T> body)
      throws Exception {
    ContextLibrary library = ContextLibrary.find();
    return library == null ? body.call() : library.call(decode(encoded), body);
  }

  private static Map<Object, Object> decode(Map<String, byte[]> encoded) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    Map<Object, Object> values = new HashMap<>();
    encoded.forEach(
        (key, bytes) -> {
          try {
            Object value = Codecs.preferred().decode(bytes, loader);
            if (value != null) {
              values.put(key, value);
            }
          } catch (RuntimeException | Error unreadable) {
            LOG.warn("The context value of {} cannot be decoded here", key, unreadable);
          }
        });
    return values;
  }
}
