package dev.baton;

import java.io.Serializable;
import java.util.concurrent.CompletionException;

/**
 * A piece of work without a result, which may throw: the shape a void lambda takes in {@link
 * Baton#submit(Action)} and {@link Baton#execute(Action)}.
 *
 * <p>It is a {@link Runnable} that is serializable. Baton calls {@link #perform()}, so a checked
 * exception reaches the future as it is.
 */
@FunctionalInterface
public interface Action extends Runnable, Serializable {

  /**
   * Does the work.
   *
   * @throws Exception whatever the work throws; it becomes the cause of the {@link
   *     java.util.concurrent.ExecutionException} that {@link TaskFuture#get()} throws
   */
  void perform() throws Exception;

  /**
   * Does the work for a caller that knows only {@link Runnable}.
   *
   * @throws CompletionException with the checked exception as its cause, if {@link #perform()}
   *     throws one; unchecked exceptions and errors pass as they are
   */
  @Override
  @SuppressWarnings("FunctionalInterfaceMethodChanged") // run() only wraps what perform() throws
  default void run() {
    try {
      perform();
    } catch (RuntimeException unchecked) {
      throw unchecked;
    } catch (Exception checked) {
      throw new CompletionException(checked);
    }
  }
}
