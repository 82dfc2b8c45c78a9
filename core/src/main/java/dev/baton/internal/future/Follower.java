package dev.baton.internal.future;

import org.jspecify.annotations.Nullable;

/** An entry that is told of a future's end in its turn among the callbacks. */
public abstract class Follower extends Callback {

  /** Prepares to follow one future. */
  protected Follower() {}

  /** Is told that the future is done; must not throw. */
  protected abstract void ended();

  @Override
  final @Nullable BatonFuture<?> fire() {
    ended();
    return null;
  }
}
