package dev.baton.internal.map;

import dev.baton.internal.future.BatonFuture;
import org.jspecify.annotations.Nullable;

/** One input and what is to come of it. Two places are the same if they are one object. */
final class Place<A extends @Nullable Object, R extends @Nullable Object> {

  private final long index;
  private final A input;
  private final BatonFuture<R> future;
  private final @Nullable Object key;

  /**
   * Makes a place.
   *
   * @param index its number among the inputs, counted from 0
   * @param key under which its result is to be kept in the journal, or null if it is not
   */
  Place(long index, A input, BatonFuture<R> future, @Nullable Object key) {
    this.index = index;
    this.input = input;
    this.future = future;
    this.key = key;
  }

  long index() {
    return index;
  }

  /** Returns the input as users see it. */
  @Nullable Object givenInput() {
    return input instanceof Both<?, ?> both ? both.asList() : input;
  }

  A input() {
    return input;
  }

  BatonFuture<R> future() {
    return future;
  }

  @Nullable Object key() {
    return key;
  }
}
