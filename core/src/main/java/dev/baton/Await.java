package dev.baton;

import dev.baton.internal.Entry;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Ways to wait inside a task that are right on every backend: on an event loop they are the places
 * where a task lets others run; everywhere else, and outside any task, they simply block.
 */
public final class Await {

  private Await() {}

  /**
   * Waits for a stage and returns its result.
   *
   * @param stage what to wait for
   * @param <T> the type of the result
   * @return the result
   * @throws ExecutionException with the stage's exception as its cause, if the stage fails
   * @throws CancellationException if the stage is cancelled
   * @throws InterruptedException if this thread is interrupted meanwhile; the stage is left alone
   * @throws TaskRejectedException if the stage is a task of the same executor and no slot may be
   *     lent
   */
  public static <T extends @Nullable Object> T on(CompletionStage<T> stage)
      throws ExecutionException, InterruptedException {
    return Entry.awaitStage(stage);
  }

  /**
   * Waits for a time.
   *
   * @param time how long; zero lets others run, as {@link #yield()}
   * @throws IllegalArgumentException if the time is negative
   * @throws InterruptedException if this thread is interrupted meanwhile
   */
  public static void sleep(Duration time) throws InterruptedException {
    Entry.awaitTime(time);
  }

  /**
   * Makes a call that may block its thread. On an event loop others run meanwhile, and the call may
   * be made on another thread.
   *
   * @param call the call
   * @param <T> the type of its result
   * @return what the call returns
   * @throws Exception what the call throws; an {@link InterruptedException} also if this thread is
   *     interrupted before another has begun the call, which is then not made
   */
  public static <T extends @Nullable Object> T blocking(Callable<T> call) throws Exception {
    return Entry.awaitBlocking(call);
  }

  /**
   * Lets others run.
   *
   * @throws InterruptedException if this thread is interrupted
   */
  @SuppressWarnings(
      "NamedLikeContextualKeyword") // the field's word, and always called as Await.yield()
  public static void yield() throws InterruptedException {
    Entry.awaitTurn();
  }
}
