package dev.baton.internal.context;

import dev.baton.spi.TaskCall;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Gives the bodies of one executor the values that their submitter's thread had.
 *
 * @param library knows the values
 * @param travels whether bodies are encoded, and their values with them
 */
public record ContextPropagation(ContextLibrary library, boolean travels) {

  /** Returns one if the library is there, else null: then nothing is looked for at any submit. */
  public static @Nullable ContextPropagation find(boolean travels) {
    ContextLibrary library = ContextLibrary.find();
    return library == null ? null : new ContextPropagation(library, travels);
  }

  /** Returns the body with what this thread has now; itself if there is nothing. */
  @SuppressWarnings("serial") // a stage's task is wrapped where it stays in this JVM
  public <T extends @Nullable Object> Callable<? extends T> around(Callable<? extends T> body) {
    Map<Object, Object> values = library.capture();
    if (values.isEmpty()) {
      return body;
    }
    if (travels) {
      Map<String, byte[]> encoded = EncodedValues.of(values);
      return encoded.isEmpty() ? body : new TaskCall.InContext<>(body, encoded);
    }
    if (body instanceof TaskCall.OfStage<? extends T> of) {
      return new TaskCall.OfStage<>(() -> library.call(values, of::begin));
    }
    return new BodyInContext<>(library, values, body);
  }

  private record BodyInContext<T extends @Nullable Object>(
      ContextLibrary library, Map<Object, Object> values, Callable<? extends T> body)
      implements Callable<T> {

    @Override
    public T call() throws Exception {
      return library.call(values, body);
    }

    @Override
    public String toString() {
      return body.toString();
    }
  }
}
