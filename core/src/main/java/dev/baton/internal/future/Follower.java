package dev.baton.internal.future;

import org.jspecify.annotations.Nullable;

/**
 * An entry of ours that is told of a future's end after the alarms have rung, in its turn among the
 * callbacks, or beside those that are added when the future is done.
 */
public abstract class Follower extends Callback {

  /** Prepares to follow one future. */
  protected Follower() {}

  /** Is told that the future is done; must not throw. */
  protected abstract void ended();

  /**
   * Tells whether {@link #ended()} is brief now that the future is done, so that a thread may call
   * it that must not be held up and leaves callbacks to others.
   */
  protected boolean isBrief() {
    return false;
  }

  @Override
  final @Nullable BatonFuture<?> fire() {
    ended();
    return null;
  }
}
