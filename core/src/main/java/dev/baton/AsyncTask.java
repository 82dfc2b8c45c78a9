package dev.baton;

import java.io.Serializable;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work that begins something and returns a stage that completes with its result.
 *
 * @param <T> the type of the result, which may be null
 * @see Baton#submitAsync(AsyncTask)
 */
@FunctionalInterface
public interface AsyncTask<T extends @Nullable Object> extends Serializable {

  /**
   * Begins the work.
   *
   * @return the stage that ends with the result; never null
   * @throws Exception if the work cannot be begun; it fails the future as it is
   */
  CompletionStage<T> begin() throws Exception;
}
