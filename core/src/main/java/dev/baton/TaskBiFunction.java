package dev.baton;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A function of two arguments that may throw and is serializable.
 *
 * @param <A> the type of the first argument, which may be null
 * @param <B> the type of the second argument, which may be null
 * @param <R> the type of the result, which may be null
 */
@FunctionalInterface
public interface TaskBiFunction<
        A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
    extends Serializable {

  /**
   * Applies the function.
   *
   * @param first the first argument
   * @param second the second argument
   * @return the result, which may be null
   * @throws Exception whatever the function throws; it fails the task's future as it is
   */
  R apply(A first, B second) throws Exception;
}
