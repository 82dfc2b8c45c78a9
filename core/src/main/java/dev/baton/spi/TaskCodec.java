package dev.baton.spi;

import dev.baton.TaskEncodingException;
import org.jspecify.annotations.Nullable;

/**
 * Turns what travels to another JVM into bytes and back: tasks, arguments, results and exceptions.
 * Codecs are found by {@link java.util.ServiceLoader}: name yours in {@code provides} of the module
 * and in {@code META-INF/services}.
 *
 * <p>The bytes stand for themselves: whoever has them, the classes and a codec of the same name can
 * decode them. Decoding what was encoded gives an equal copy; an object that is reached in two ways
 * is one object in the copy too.
 *
 * <p>A codec is used by any number of threads at once.
 */
public interface TaskCodec {

  /**
   * Names the codec, for settings and messages.
   *
   * @return a name of the characters {@code a-z} and {@code 0-9}
   */
  String name();

  /**
   * Encodes a value.
   *
   * @param value a task, that is a {@link java.util.concurrent.Callable} such as a {@link
   *     TaskCall}, or any other value
   * @return the bytes
   * @throws TaskEncodingException if it cannot be encoded; the message names the object in the way
   *     and how it is reached
   */
  byte[] encode(@Nullable Object value);

  /**
   * Decodes a value.
   *
   * @param encoded what {@link #encode} returned, here or in another JVM
   * @param loader finds the classes; no other loader is asked for those of the application
   * @return the value
   * @throws TaskEncodingException if the bytes are damaged, a class is not found, or an object
   *     refuses to be decoded
   */
  @Nullable Object decode(byte[] encoded, ClassLoader loader);
}
