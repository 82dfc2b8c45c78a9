package dev.baton;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A function that may throw and is serializable: what {@link Baton#map(TaskFunction, Iterable)} and
 * {@link Baton#bind(TaskFunction)} take.
 *
 * @param <A> the type of the argument, which may be null
 * @param <R> the type of the result, which may be null
 */
@FunctionalInterface
public interface TaskFunction<A extends @Nullable Object, R extends @Nullable Object>
    extends Serializable {

  /**
   * Applies the function.
   *
   * @param argument the argument
   * @return the result, which may be null
   * @throws Exception whatever the function throws; it fails the task's future as it is
   */
  R apply(A argument) throws Exception;
}
