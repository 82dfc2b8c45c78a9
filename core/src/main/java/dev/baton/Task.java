package dev.baton;

import java.io.Serializable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A piece of work with a result, and the shape a bare lambda takes in {@link Baton#submit(Task)}.
 *
 * <p>It is a {@link Callable} that is serializable, so that the same lambda runs on a thread and in
 * a worker JVM. What it captures has to be serializable too where the backend {@linkplain
 * Capabilities#encodes() encodes} its tasks; elsewhere nothing is ever serialized.
 *
 * @param <T> the type of the result, which may be null
 */
@FunctionalInterface
public interface Task<T extends @Nullable Object> extends Callable<T>, Serializable {

  /**
   * Does the work.
   *
   * @return the result, which may be null
   * @throws Exception whatever the work throws; it becomes the cause of the {@link
   *     java.util.concurrent.ExecutionException} that {@link TaskFuture#get()} throws
   */
  @Override
  T call() throws Exception;
}
